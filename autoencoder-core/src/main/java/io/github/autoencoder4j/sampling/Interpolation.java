package io.github.autoencoder4j.sampling;

/**
 * Walks between two codes.
 *
 * <p>On a straight line the middle of two codes of equal power has less power than either, so a
 * model with a power-normalised latent should be walked {@linkplain #spherical spherically}.
 *
 * <pre>{@code
 * float[][] walk = Interpolation.linear(codes[0], codes[1], 10);
 * float[][] images = autoencoder.decode(walk);
 * }</pre>
 */
public final class Interpolation {

  private Interpolation() {}

  /**
   * Evenly spaced codes on the straight line, both ends included.
   *
   * @param from the first code, finite
   * @param to the last code, as many values
   * @param steps how many codes; at least 2
   * @return {@code [steps][d]}
   * @throws IllegalArgumentException if the codes are empty, differ in length or are not finite, or
   *     {@code steps} is below 2
   */
  public static float[][] linear(float[] from, float[] to, int steps) {
    require(from, to, steps);
    float[][] walk = new float[steps][];
    for (int s = 0; s < steps; s++) {
      double t = (double) s / (steps - 1);
      walk[s] = combine(1 - t, from, t, to);
    }
    return walk;
  }

  /**
   * Codes on the arc between two codes, both ends included, at evenly spaced angles; the norm moves
   * evenly from one end's to the other's (Shoemake, "Animating Rotation with Quaternion Curves",
   * SIGGRAPH 1985). Between two codes of unit power every step has unit power.
   *
   * @param from the first code, finite, not zero
   * @param to the last code, as many values, not zero and not opposite to {@code from}
   * @param steps how many codes; at least 2
   * @return {@code [steps][d]}
   * @throws IllegalArgumentException if the codes are empty, differ in length, are not finite, are
   *     zero or point in opposite directions, or {@code steps} is below 2
   */
  public static float[][] spherical(float[] from, float[] to, int steps) {
    require(from, to, steps);
    double fromNorm = norm(from);
    double toNorm = norm(to);
    if (fromNorm == 0 || toNorm == 0) {
      throw new IllegalArgumentException("a code of zeros has no direction to start from or reach");
    }
    double cosine = 0;
    for (int i = 0; i < from.length; i++) {
      cosine += from[i] / fromNorm * (to[i] / toNorm);
    }
    double angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
    double sine = Math.sin(angle);
    if (sine < 1e-6 && cosine < 0) {
      throw new IllegalArgumentException(
          "the codes point in opposite directions, so no arc between them is the shortest");
    }
    float[][] walk = new float[steps][];
    for (int s = 0; s < steps; s++) {
      double t = (double) s / (steps - 1);
      // Where the arc is so short that its sine vanishes, it is a straight line.
      double a = sine < 1e-6 ? 1 - t : Math.sin((1 - t) * angle) / sine;
      double b = sine < 1e-6 ? t : Math.sin(t * angle) / sine;
      double norm = (1 - t) * fromNorm + t * toNorm;
      walk[s] = combine(a * norm / fromNorm, from, b * norm / toNorm, to);
    }
    return walk;
  }

  static double norm(float[] code) {
    double sum = 0;
    for (float value : code) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  private static float[] combine(double a, float[] from, double b, float[] to) {
    float[] code = new float[from.length];
    for (int i = 0; i < code.length; i++) {
      code[i] = (float) (a * from[i] + b * to[i]);
    }
    return code;
  }

  private static void require(float[] from, float[] to, int steps) {
    Codes.require(new float[][] {from, to}, 2);
    if (steps < 2) {
      throw new IllegalArgumentException("a walk needs at least 2 steps, but was " + steps);
    }
  }
}
