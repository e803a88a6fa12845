package io.github.autoencoder4j.anomaly;

import io.github.autoencoder4j.internal.numerics.NeighborSearch;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The distance to the k-th nearest of the normal rows, after a step that both go through. */
final class NeighborDistance implements AnomalyScorer {

  private final NeighborSearch search;
  private final UnaryOperator<float[]> before;
  private final int k;

  private NeighborDistance(float[][] points, UnaryOperator<float[]> before, int k) {
    if (k < 1 || k > points.length) {
      throw new IllegalArgumentException(
          "k must lie in 1 to %s, the number of normal rows, but was %s"
              .formatted(points.length, k));
    }
    this.search = NeighborSearch.of(points);
    this.before = before;
    this.k = k;
  }

  static NeighborDistance ofStandardized(float[][] normal, int k) {
    Standardization standardization = Standardization.fit(normal);
    return new NeighborDistance(standardization.apply(normal), standardization::apply, k);
  }

  /** Compares rows as they are; keeps them. */
  static NeighborDistance of(float[][] normal, int k) {
    return new NeighborDistance(normal, UnaryOperator.identity(), k);
  }

  @Override
  public int columns() {
    return search.dimensions();
  }

  @Override
  public double score(float[] row) {
    return scores(new float[][] {row})[0];
  }

  @Override
  public double[] scores(float[][] rows) {
    NormalRows.requireAll(rows, columns());
    float[][] queries = Arrays.stream(rows).map(before).toArray(float[][]::new);
    return Arrays.stream(search.nearest(queries, k))
        .mapToDouble(neighbors -> Math.sqrt(neighbors.squaredDistances[k - 1]))
        .toArray();
  }
}
