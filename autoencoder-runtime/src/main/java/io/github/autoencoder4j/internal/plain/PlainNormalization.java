package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.architecture.PositiveParameter;
import java.util.Arrays;

/**
 * Generalised divisive normalisation, {@code y_i = x_i / r_i} with {@code r_i = sqrt(beta_i + sum_j
 * gamma_ij x_j^2)}, or its inverse {@code y_i = x_i r_i}. Stored are roots: see {@link
 * PositiveParameter}.
 */
final class PlainNormalization implements PlainActivation {

  private final boolean inverse;
  private final int channels;
  private final float[] beta;
  private final float[] gamma;
  private final VectorProduct product;

  PlainNormalization(boolean inverse, int channels, Weights weights) {
    this.inverse = inverse;
    this.channels = channels;
    this.beta = positive(weights.copy("beta"), PositiveParameter.LEAST_BETA);
    this.gamma = positive(weights.copy("gamma"), 0);
    this.product = new VectorProduct(gamma, 0, channels, channels);
  }

  /** In place, for a gamma may be most of a model. */
  private static float[] positive(float[] stored, double least) {
    for (int i = 0; i < stored.length; i++) {
      stored[i] = (float) PositiveParameter.value(stored[i], least);
    }
    return stored;
  }

  @Override
  public void apply(float[][] rows, int length, Room room) {
    float[][] squares = room.rows(Room.Use.SQUARES, channels, length);
    float[][] sums = room.rows(Room.Use.SUMS, channels, length);
    for (int i = 0; i < channels; i++) {
      square(rows[i], squares[i], length);
      Arrays.fill(sums[i], 0, length, beta[i]);
    }
    RowProducts.add(sums, channels, squares, channels, gamma, 0, channels, 1, length);
    for (int i = 0; i < channels; i++) {
      scale(rows[i], sums[i], length);
    }
  }

  @Override
  public void apply(float[] values, Room room) {
    float[] squares = room.rows(Room.Use.SQUARES, 1, channels)[0];
    float[] sums = room.rows(Room.Use.SUMS, 1, channels)[0];
    square(values, squares, channels);
    System.arraycopy(beta, 0, sums, 0, channels);
    product.add(squares, sums);
    scale(values, sums, channels);
  }

  private static void square(float[] x, float[] squares, int n) {
    for (int p = 0; p < n; p++) {
      squares[p] = x[p] * x[p];
    }
  }

  private void scale(float[] x, float[] sums, int n) {
    if (inverse) {
      for (int p = 0; p < n; p++) {
        x[p] *= (float) Math.sqrt(sums[p]);
      }
    } else {
      for (int p = 0; p < n; p++) {
        x[p] /= (float) Math.sqrt(sums[p]);
      }
    }
  }
}
