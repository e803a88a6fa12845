package io.github.autoencoder4j.examples.mnist;

import com.google.common.primitives.Ints;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.metric.FilledShare;
import io.github.autoencoder4j.sampling.Box;
import java.util.List;

/**
 * What comes out when the code is drawn evenly from the box that the training codes fill.
 *
 * @param box where codes were drawn: the 1 % to 99 % quantiles of each coordinate
 * @param filledShare the share of the 20 x 20 cells of the box with at least ten training codes
 * @param recognisedShare the share of samples that the classifier is at least 90 % sure of
 * @param classCounts how many of the recognised samples fall in each class
 * @param spread the mean standard deviation of the training codes over the coordinates
 */
record SampleQuality(
    Box box, double filledShare, double recognisedShare, List<Integer> classCounts, double spread) {

  private static final int SAMPLES = 2_000;

  static SampleQuality of(
      Autoencoder autoencoder, float[][] trainingCodes, DigitClassifier judge, long seed) {
    Box box = Box.quantiles(trainingCodes);
    float[][] samples = autoencoder.decode(box.sample(SAMPLES, seed));
    float[][] probabilities = judge.classify(samples);
    int[] counts = new int[probabilities[0].length];
    int recognised = 0;
    for (float[] each : probabilities) {
      int best = DigitClassifier.mostLikely(each);
      if (each[best] >= DigitClassifier.CONFIDENCE) {
        recognised++;
        counts[best]++;
      }
    }
    return new SampleQuality(
        box,
        FilledShare.of(trainingCodes, box.lower(), box.upper()),
        (double) recognised / samples.length,
        Ints.asList(counts),
        spread(trainingCodes));
  }

  /** How many classes at least one in two hundred samples belongs to. */
  int classesSeen() {
    int seen = 0;
    for (int count : classCounts) {
      if (count >= SAMPLES / 200) {
        seen++;
      }
    }
    return seen;
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
