package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.data.ImageSource;

/**
 * Some samples of a partition, as many as are worked on at once. Lives within a task.
 *
 * @param first the number of the first of them
 * @param samples at least one
 */
record SampleBlock(long first, ImageSource samples) {}
