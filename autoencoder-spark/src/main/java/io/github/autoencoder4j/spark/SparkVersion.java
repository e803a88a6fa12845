package io.github.autoencoder4j.spark;

/** The versions of Spark that this module runs on. */
final class SparkVersion {

  private static final int OLDEST = 4;

  private SparkVersion() {}

  /** Refuses others. */
  static void require(String version) {
    int dot = version.indexOf('.');
    String major = dot < 0 ? version : version.substring(0, dot);
    if (!major.chars().allMatch(Character::isDigit)
        || major.isEmpty()
        || Integer.parseInt(major) < OLDEST) {
      throw new IllegalStateException(
          "this is Spark %s, but Autoencoder4J needs Spark 4.0 or newer: Spark 3 brings a Jackson that is too old, and no cluster of it has Java 17 by default; run on Spark 4"
              .formatted(version));
    }
  }
}
