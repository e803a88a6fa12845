package io.github.autoencoder4j.sampling;

/** Scales the draws of another sampler to a mean square of 1. */
final class PowerNormalizedSampler implements LatentSampler {

  /** Keeps a draw of zeros from becoming NaN. */
  private static final double SMALLEST_NORM = 1e-8;

  private final LatentSampler sampler;

  PowerNormalizedSampler(LatentSampler sampler) {
    this.sampler = sampler;
  }

  @Override
  public int latentSize() {
    return sampler.latentSize();
  }

  @Override
  public float[][] sample(int n, long seed) {
    float[][] codes = sampler.sample(n, seed);
    for (float[] code : codes) {
      double scale = Math.sqrt(code.length) / Math.max(Interpolation.norm(code), SMALLEST_NORM);
      for (int i = 0; i < code.length; i++) {
        code[i] = (float) (code[i] * scale);
      }
    }
    return codes;
  }

  @Override
  public LatentSampler powerNormalized() {
    return this;
  }
}
