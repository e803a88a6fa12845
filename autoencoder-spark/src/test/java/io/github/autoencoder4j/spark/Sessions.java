package io.github.autoencoder4j.spark;

import org.apache.spark.sql.SparkSession;

/** The one session of the tests of this JVM. */
final class Sessions {

  private Sessions() {}

  /** Two workers in this process. */
  static synchronized SparkSession local() {
    return configured(SparkSession.builder().master("local[2]")).getOrCreate();
  }

  /** Whatever the master is: nothing is to be heard of it outside of this machine. */
  static SparkSession.Builder configured(SparkSession.Builder builder) {
    return builder
        .appName("autoencoder4j")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2");
  }
}
