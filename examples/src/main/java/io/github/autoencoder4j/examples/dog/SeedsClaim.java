package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.study.Difference;

/**
 * What dog.5 shows over several seeds, from training without noise to training with the judged one.
 *
 * @param seeds how many there were; at least 2
 * @param gain mean PSNR at that noise, seed by seed
 * @param price mean PSNR without noise, seed by seed
 */
record SeedsClaim(int seeds, Difference gain, Difference price) {}
