package io.github.autoencoder4j.anomaly;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.inference.SampleColumns;
import io.github.autoencoder4j.internal.samples.ParallelReading;
import java.util.Arrays;

/**
 * Gives what an autoencoder makes of rows, always the same of the same row, and finite however far
 * off it lies.
 */
final class Reconstructor {

  /** How many times its range among normal rows a column may leave that range. */
  private static final float FAR = 10;

  private final Autoencoder autoencoder;
  private final ImageShape shape;
  private final float[] least;
  private final float[] greatest;

  /** Rows and what became of them, all {@code [n][values]}. */
  static final class Rows {

    final float[][] inputs;
    final float[][] reconstructions;

    /** Inputs less reconstructions. */
    final float[][] residuals;

    private Rows(float[][] inputs, float[][] reconstructions, float[][] residuals) {
      this.inputs = inputs;
      this.reconstructions = reconstructions;
      this.residuals = residuals;
    }

    int size() {
      return inputs.length;
    }

    Rows select(int... indices) {
      return new Rows(
          select(inputs, indices), select(reconstructions, indices), select(residuals, indices));
    }

    private static float[][] select(float[][] rows, int... indices) {
      return Arrays.stream(indices).mapToObj(i -> rows[i]).toArray(float[][]::new);
    }
  }

  /** Remembers the ranges of normal rows, of the length of its input and finite. */
  Reconstructor(Autoencoder autoencoder, float[][] normal) {
    this.autoencoder = autoencoder;
    this.shape = autoencoder.inputShape();
    this.least = normal[0].clone();
    this.greatest = normal[0].clone();
    for (float[] row : normal) {
      for (int j = 0; j < row.length; j++) {
        least[j] = Math.min(least[j], row[j]);
        greatest[j] = Math.max(greatest[j], row[j]);
      }
    }
    float widest = 0;
    for (int j = 0; j < least.length; j++) {
      widest = Math.max(widest, greatest[j] - least[j]);
    }
    // Where the autoencoder has a range of its own, it refuses what lies outside.
    boolean bounded = autoencoder.spec().orElseThrow().output().range().isBounded();
    for (int j = 0; j < least.length; j++) {
      float range = greatest[j] - least[j];
      float margin = bounded ? Float.MAX_VALUE : FAR * (range > 0 ? range : widest);
      least[j] = Math.max(-Float.MAX_VALUE, least[j] - margin);
      greatest[j] = Math.min(Float.MAX_VALUE, greatest[j] + margin);
    }
  }

  ImageShape shape() {
    return shape;
  }

  static void requireFit(Autoencoder autoencoder, ImageSource samples) {
    ImageShape expected = autoencoder.inputShape();
    if (!expected.accepts(samples.shape())) {
      throw new IllegalArgumentException(
          "the samples have shape %s, but this autoencoder was built for %s"
              .formatted(samples.shape(), expected));
    }
    SampleColumns.require("samples", samples, autoencoder.spec().orElseThrow().output());
  }

  void requireFit(ImageSource samples) {
    requireFit(autoencoder, samples);
  }

  /** Reconstructs rows; those far outside of the normal ranges as if they lay nearer. */
  Rows reconstruct(float[][] rows) {
    NormalRows.requireAll(rows, shape.size());
    // By way of the codes, where noise that a stage adds at inference is left out.
    float[][] near = new float[rows.length][];
    ParallelReading.forEach(rows.length, i -> near[i] = near(rows[i]));
    float[][] reconstructions = autoencoder.decode(autoencoder.encode(near));
    float[][] residuals = new float[rows.length][shape.size()];
    ParallelReading.forEach(
        rows.length,
        i -> {
          for (int j = 0; j < residuals[i].length; j++) {
            float residual = rows[i][j] - reconstructions[i][j];
            residuals[i][j] = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, residual));
          }
        });
    return new Rows(rows, reconstructions, residuals);
  }

  private float[] near(float[] row) {
    for (int j = 0; j < row.length; j++) {
      if (row[j] < least[j] || row[j] > greatest[j]) {
        float[] nearer = row.clone();
        for (int l = j; l < row.length; l++) {
          nearer[l] = Math.max(least[l], Math.min(greatest[l], row[l]));
        }
        return nearer;
      }
    }
    return row;
  }
}
