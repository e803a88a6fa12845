package io.github.autoencoder4j.spark;

import java.io.Serializable;

/**
 * A partition that has samples.
 *
 * @param partition its number among all partitions
 * @param samples how many; at least 1
 * @param digest tells them from others
 */
record Worker(int partition, int samples, String digest) implements Serializable {}
