package io.github.autoencoder4j.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What the driver has to know of a partition. No record, which the Kryo of Spark does not know. */
final class PartitionSummary implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int partition;
  private final int size;
  private final String digest;
  private final float[][] spread;
  private final @Nullable String problem;

  PartitionSummary(PartitionRows rows, float[][] spread, @Nullable String problem) {
    this.partition = rows.partition();
    this.size = rows.size();
    this.digest = rows.digest();
    this.spread = spread;
    this.problem = problem;
  }

  /** Its number. */
  int partition() {
    return partition;
  }

  /** How many samples it has. */
  int size() {
    return size;
  }

  /** Tells them from others. */
  String digest() {
    return digest;
  }

  /** Some of them. */
  float[][] spread() {
    return spread;
  }

  /** What is wrong with one of its rows; null if nothing is. */
  @Nullable String problem() {
    return problem;
  }
}
