package io.github.autoencoder4j.datasets.internal.table;

/** How the numbers of a column are scaled. */
public enum ScalingMethod {
  /** By mean and standard deviation. */
  STANDARD,
  /** By median and middle half. */
  ROBUST,
  /** By the distribution. */
  QUANTILE
}
