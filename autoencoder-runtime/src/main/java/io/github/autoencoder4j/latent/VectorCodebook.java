package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;
import java.util.Objects;

/** A list of vectors. */
final class VectorCodebook extends GroupedCodebook {

  private final float[][] vectors;

  VectorCodebook(float[][] vectors, ImageShape code) {
    super(vectors.length, Groups.of(code, dimension(vectors)));
    this.vectors = new float[vectors.length][];
    for (int i = 0; i < vectors.length; i++) {
      this.vectors[i] = Objects.requireNonNull(vectors[i], "vector").clone();
      if (vectors[i].length != dimension()) {
        throw new IllegalArgumentException(
            "vector %s of the codebook has %s numbers, but the first has %s"
                .formatted(i, vectors[i].length, dimension()));
      }
      for (float value : vectors[i]) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException(
              "vector " + i + " of the codebook holds " + value + "; it must be finite");
        }
      }
    }
  }

  private static int dimension(float[][] vectors) {
    if (vectors.length == 0 || vectors[0].length == 0) {
      throw new IllegalArgumentException(
          "a codebook must have at least one vector of at least one number");
    }
    return vectors[0].length;
  }

  @Override
  int nearest(float[] vector) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < vectors.length; i++) {
      double sum = 0;
      for (int d = 0; d < vector.length; d++) {
        double difference = (double) vector[d] - vectors[i][d];
        sum += difference * difference;
      }
      if (sum < least) {
        least = sum;
        nearest = i;
      }
    }
    return nearest;
  }

  @Override
  void write(int index, float[] vector) {
    System.arraycopy(vectors[index], 0, vector, 0, vector.length);
  }
}
