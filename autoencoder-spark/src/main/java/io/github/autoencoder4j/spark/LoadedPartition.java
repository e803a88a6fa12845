package io.github.autoencoder4j.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A partition, or what is wrong with it, which no repetition would mend. No record, which the Kryo
 * of Spark does not know.
 */
final class LoadedPartition implements Serializable {

  private static final long serialVersionUID = 1L;

  private final PartitionRows rows;
  private final @Nullable String problem;

  LoadedPartition(PartitionRows rows, @Nullable String problem) {
    this.rows = rows;
    this.problem = problem;
  }

  /** The samples up to the problem, if there is one. */
  PartitionRows rows() {
    return rows;
  }

  /** What the driver has to know of it, with so many of its samples. */
  PartitionSummary summary(int spread) {
    return new PartitionSummary(rows, rows.spread(spread), problem);
  }
}
