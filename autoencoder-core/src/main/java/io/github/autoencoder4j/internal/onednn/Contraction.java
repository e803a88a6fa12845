package io.github.autoencoder4j.internal.onednn;

import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.network.Network;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;

/**
 * Adds to the gradient of the one layer of an encoder that of its rows' squared norms, {@code 2 g_j
 * W_j}, which a latent stage leaves behind.
 */
final class Contraction {

  private final FloatBuffer weights;
  private final FloatBuffer gradient;
  private final List<LatentBatch> pieces;
  private final int rows;
  private final int width;
  private final int counted;

  /**
   * Finds the numbers.
   *
   * @param layer its weights, row-major, and where their gradient is when they are added
   * @param pieces the batches of the stage, one for each piece of a batch
   */
  Contraction(Network table, Parameters.Parameter layer, List<LatentBatch> pieces) {
    this.pieces = pieces;
    rows = table.encoder().get(0).output().size();
    width = table.input().size();
    counted = table.sample().size();
    weights = layer.value().capacity((long) rows * width).asBuffer();
    gradient = Objects.requireNonNull(layer.gradient()).capacity((long) rows * width).asBuffer();
  }

  int rows() {
    return rows;
  }

  /** Adds those of some rows. */
  void addGradient(int from, int to) {
    float[] weight = new float[counted];
    float[] sum = new float[counted];
    for (int row = from; row < to; row++) {
      double pull = 0;
      for (LatentBatch piece : pieces) {
        pull += 2 * piece.rowNormGradients()[row];
      }
      weights.get(row * width, weight);
      gradient.get(row * width, sum);
      for (int i = 0; i < counted; i++) {
        sum[i] += (float) pull * weight[i];
      }
      gradient.put(row * width, sum);
    }
  }
}
