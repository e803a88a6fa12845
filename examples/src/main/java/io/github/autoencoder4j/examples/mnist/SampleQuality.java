package io.github.autoencoder4j.examples.mnist;

import com.google.common.primitives.Ints;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.metric.FilledShare;
import io.github.autoencoder4j.sampling.Box;
import io.github.autoencoder4j.study.Difference;
import java.util.List;
import java.util.Optional;

/**
 * What comes out when the code is drawn evenly from the box that the training codes fill.
 *
 * @param box where codes were drawn: the 1 % to 99 % quantiles of each coordinate
 * @param filledShare the share of the 20 x 20 cells of the box with at least ten training codes
 * @param classCounts how many of the samples that the classifier is at least 90 % sure of fall in
 *     each class
 * @param filled how many samples lie in these cells
 * @param recognisedInFilled how many of those the classifier is at least 90 % sure of
 * @param spread the mean standard deviation of the training codes over the coordinates
 */
record SampleQuality(
    Box box,
    double filledShare,
    List<Integer> classCounts,
    int filled,
    int recognisedInFilled,
    double spread) {

  static final int SAMPLES = 2_000;

  /** A class counts as seen with one sample in two hundred. */
  static final int SEEN = SAMPLES / 200;

  static SampleQuality of(
      Autoencoder autoencoder, float[][] trainingCodes, DigitClassifier judge, long seed) {
    Box box = Box.quantiles(trainingCodes);
    float[][] drawn = box.sample(SAMPLES, seed);
    float[][] probabilities = judge.classify(autoencoder.decode(drawn));
    boolean[][] cells = filledCells(trainingCodes, box);
    int[] counts = new int[probabilities[0].length];
    int filled = 0;
    int recognisedInFilled = 0;
    for (int i = 0; i < SAMPLES; i++) {
      int best = DigitClassifier.mostLikely(probabilities[i]);
      boolean recognised = probabilities[i][best] >= DigitClassifier.CONFIDENCE;
      boolean inFilled = cells[inside(cell(drawn[i], box, 0))][inside(cell(drawn[i], box, 1))];
      counts[best] += recognised ? 1 : 0;
      filled += inFilled ? 1 : 0;
      recognisedInFilled += recognised && inFilled ? 1 : 0;
    }
    return new SampleQuality(
        box,
        FilledShare.of(trainingCodes, box.lower(), box.upper()),
        Ints.asList(counts),
        filled,
        recognisedInFilled,
        spread(trainingCodes));
  }

  /** How many samples the classifier is at least 90 % sure of. */
  int recognised() {
    return classCounts.stream().mapToInt(Integer::intValue).sum();
  }

  double recognisedShare() {
    return (double) recognised() / SAMPLES;
  }

  /**
   * The share of samples that are recognised, from those in the gaps to those in filled cells;
   * empty if all are of one kind.
   */
  Optional<Difference> whereCodesAre() {
    return filled == 0 || filled == SAMPLES
        ? Optional.empty()
        : Optional.of(
            Difference.ofShares(
                recognised() - recognisedInFilled, SAMPLES - filled, recognisedInFilled, filled));
  }

  /** Which cells {@link FilledShare} counts. */
  private static boolean[][] filledCells(float[][] codes, Box box) {
    int[][] counts = new int[FilledShare.CELLS][FilledShare.CELLS];
    for (float[] code : codes) {
      int x = cell(code, box, 0);
      int y = cell(code, box, 1);
      if (x == inside(x) && y == inside(y)) {
        counts[x][y]++;
      }
    }
    boolean[][] filled = new boolean[FilledShare.CELLS][FilledShare.CELLS];
    for (int x = 0; x < FilledShare.CELLS; x++) {
      for (int y = 0; y < FilledShare.CELLS; y++) {
        filled[x][y] = counts[x][y] >= FilledShare.MINIMUM_COUNT;
      }
    }
    return filled;
  }

  private static int cell(float[] code, Box box, int axis) {
    double lower = box.lower()[axis];
    return (int) Math.floor((code[axis] - lower) / (box.upper()[axis] - lower) * FilledShare.CELLS);
  }

  /** A sample is drawn in the box, but rounded to a float it may lie a hair outside. */
  private static int inside(int cell) {
    return Math.max(0, Math.min(FilledShare.CELLS - 1, cell));
  }

  private static double spread(float[][] codes) {
    int dimensions = codes[0].length;
    double total = 0;
    for (int j = 0; j < dimensions; j++) {
      double sum = 0;
      double squares = 0;
      for (float[] code : codes) {
        sum += code[j];
        squares += (double) code[j] * code[j];
      }
      double mean = sum / codes.length;
      total += Math.sqrt(squares / codes.length - mean * mean);
    }
    return total / dimensions;
  }
}
