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

  @Override
  public boolean couplesSamples() {
    return false;
  }

  @Override
  public void infer(double[] codes, int n, long first) {
    if (noise.phase() != Phase.TRAINING) {
      add(codes, n, first, stream + "/inference");
    }
  }

  @Override
  public void train(double[] codes, int n, int first, int iteration) {
    if (noise.phase() != Phase.INFERENCE) {
      add(codes, n, first, stream + "/" + iteration);
    }
  }

  /** Depends on the position of a sample and not on how its batch was cut. */
  private void add(double[] codes, int n, long first, String name) {
    int length = codes.length / n;
    for (int i = 0; i < n; i++) {
      noise.addTo(codes, i * length, length, RandomStream.of(seed, name, first + i));
    }
  }

  @Override
  public void back(double[] codes, double[] gradient, int n) {
    // What is added does not depend on the code.
  }
}
