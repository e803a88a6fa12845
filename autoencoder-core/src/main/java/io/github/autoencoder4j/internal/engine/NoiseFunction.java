package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.LatentNoise.Phase;
import io.github.autoencoder4j.random.RandomStream;

/**
 * Adds Gaussian noise, fresh in every step of training.
 *
 * @param noise how much and when
 * @param stream the name of its stream of random numbers
 * @param seed the seed of the network
 */
record NoiseFunction(LatentNoise noise, String stream, long seed) implements StageFunction {

  @Override
  public boolean isNoise() {
    return true;
  }

  /** Depends on the sample and not on its batch. */
  @Override
  public void infer(double[] codes, int n, long first) {
    if (noise.phase() == Phase.TRAINING) {
      return;
    }
    int length = codes.length / n;
    for (int i = 0; i < n; i++) {
      RandomStream random = RandomStream.of(seed, stream + "/inference", first + i);
      noise.addTo(codes, i * length, length, random);
    }
  }

  @Override
  public void train(double[] codes, int n, int iteration) {
    if (noise.phase() != Phase.INFERENCE) {
      noise.addTo(codes, 0, codes.length, RandomStream.of(seed, stream, iteration));
    }
  }

  @Override
  public void back(double[] codes, double[] gradient, int n) {
    // What is added does not depend on the code.
  }
}
