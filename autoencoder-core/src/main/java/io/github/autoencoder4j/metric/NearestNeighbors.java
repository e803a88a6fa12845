package io.github.autoencoder4j.metric;

import io.github.autoencoder4j.internal.numerics.NeighborSearch;
import java.util.Arrays;

/**
 * Classifies codes by the classes of their nearest training codes, to tell how well a latent space
 * keeps classes apart that the autoencoder was never told.
 *
 * <p>Euclidean distance, exact search, majority vote. Of equally near codes the one with the lower
 * index counts as nearer. If several classes have the most votes, the one among them whose nearest
 * member is nearest wins.
 *
 * <pre>{@code
 * NearestNeighbors neighbors = NearestNeighbors.of(trainCodes, train.labels());
 * double accuracy = neighbors.accuracy(testCodes, test.labels()).k10();
 * }</pre>
 *
 * <p>Instances are immutable and thread-safe as long as the codes are left alone: they are kept,
 * not copied.
 */
public final class NearestNeighbors {

  private final NeighborSearch search;
  private final int size;
  private final int[] labels;

  private NearestNeighbors(float[][] codes, int[] labels) {
    Codes.require(codes);
    this.search = NeighborSearch.of(codes);
    this.size = codes.length;
    this.labels = labels.clone();
  }

  /**
   * Takes the codes to compare with.
   *
   * @param codes {@code [n][d]}, finite; kept, not copied
   * @param labels the classes of the codes, {@code n} values
   * @return a classifier
   * @throws IllegalArgumentException if there is no code, codes differ in length or are not finite,
   *     or there are not as many labels
   */
  public static NearestNeighbors of(float[][] codes, int[] labels) {
    requireAsMany(codes, labels);
    return new NearestNeighbors(codes, labels);
  }

  /**
   * The classes of codes, by majority of their nearest training codes.
   *
   * @param codes {@code [m][d]}, finite
   * @param k how many neighbours vote; 1 to the number of training codes
   * @return {@code m} labels
   * @throws IllegalArgumentException if a code has another length or is not finite, or {@code k} is
   *     out of its range
   */
  public int[] classify(float[][] codes, int k) {
    return Arrays.stream(nearest(codes, k))
        .mapToInt(neighbors -> majority(neighbors.indices, k))
        .toArray();
  }

  /**
   * How many codes are classified correctly.
   *
   * @param codes {@code [m][d]}, finite
   * @param expected their true classes, {@code m} values
   * @param k how many neighbours vote; 1 to the number of training codes
   * @return right answers / {@code m}, in [0, 1]
   * @throws IllegalArgumentException if there is no code, a code has another length or is not
   *     finite, there are not as many labels, or {@code k} is out of its range
   */
  public double accuracy(float[][] codes, int[] expected, int k) {
    requireAsMany(codes, expected);
    return share(nearest(codes, k), expected, k);
  }

  /**
   * The accuracy with 1 and with 10 neighbours, from one search.
   *
   * @param codes {@code [m][d]}, finite
   * @param expected their true classes, {@code m} values
   * @return both shares of right answers
   * @throws IllegalArgumentException if there is no code, a code has another length or is not
   *     finite, there are not as many labels, or there are fewer than 10 training codes
   */
  public NearestNeighborAccuracy accuracy(float[][] codes, int[] expected) {
    requireAsMany(codes, expected);
    NeighborSearch.Neighbors[] neighbors = nearest(codes, 10);
    return new NearestNeighborAccuracy(
        share(neighbors, expected, 1), share(neighbors, expected, 10));
  }

  /**
   * How many training codes there are.
   *
   * @return the number of codes; at least 1
   */
  public int size() {
    return size;
  }

  private NeighborSearch.Neighbors[] nearest(float[][] codes, int k) {
    Codes.require(codes, search.dimensions());
    return search.nearest(codes, k);
  }

  private double share(NeighborSearch.Neighbors[] neighbors, int[] expected, int k) {
    int right = 0;
    for (int i = 0; i < neighbors.length; i++) {
      right += majority(neighbors[i].indices, k) == expected[i] ? 1 : 0;
    }
    return (double) right / neighbors.length;
  }

  private int majority(int[] nearest, int k) {
    int winner = labels[nearest[0]];
    int most = 0;
    for (int i = 0; i < k; i++) {
      int votes = 0;
      for (int j = 0; j < k; j++) {
        votes += labels[nearest[j]] == labels[nearest[i]] ? 1 : 0;
      }
      // Strictly more, from the nearest on: a tie stays with the class met first.
      if (votes > most) {
        most = votes;
        winner = labels[nearest[i]];
      }
    }
    return winner;
  }

  private static void requireAsMany(float[][] codes, int[] labels) {
    if (codes.length != labels.length || codes.length == 0) {
      throw new IllegalArgumentException(
          "there must be one label a code, and at least one code, but there are %s codes and %s labels"
              .formatted(codes.length, labels.length));
    }
  }
}
