package io.github.autoencoder4j;

import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.metric.CrossEntropySummary;
import io.github.autoencoder4j.metric.Psnr;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * An {@link Evaluation} of a part of a data set, to be added to those of the other parts, wherever
 * they were made.
 *
 * <pre>{@code
 * PartialEvaluation first = autoencoder.evaluatePart(data.slice(0, 600), 0);
 * PartialEvaluation rest = autoencoder.evaluatePart(data.slice(600, 1_000), 600);
 * Evaluation all = first.plus(rest).evaluation(); // that of data, but for rounding
 * }</pre>
 *
 * <p>Immutable. Takes 8 bytes for each sample where values lie in [0, 1], since percentiles need
 * all of them, and little elsewhere.
 */
public final class PartialEvaluation implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int images;
  private final double loss;
  private final double objectiveLoss;

  @SuppressWarnings("serial") // Always a LinkedHashMap.
  private final Map<String, Double> terms;

  private final double crossEntropy;
  private final double floor;
  private final int imageSize;
  private final double squares;
  private final double[] errors;
  private final double penalty;

  /**
   * Takes an evaluation apart.
   *
   * @param errors the mean squared error of each image; empty where values may lie outside [0, 1]
   */
  PartialEvaluation(Evaluation whole, double[] errors) {
    this(
        whole.images(),
        whole.reconstructionLoss() * whole.images(),
        whole.objective().reconstruction() * whole.images(),
        times(whole.objective().terms(), whole.images()),
        whole.binaryCrossEntropy().perPixel() * whole.images(),
        whole.binaryCrossEntropy().floorPerPixel() * whole.images(),
        whole.binaryCrossEntropy().imageSize(),
        whole.meanSquaredError() * whole.images(),
        errors,
        whole.penalty());
  }

  private PartialEvaluation(
      int images,
      double loss,
      double objectiveLoss,
      Map<String, Double> terms,
      double crossEntropy,
      double floor,
      int imageSize,
      double squares,
      double[] errors,
      double penalty) {
    this.images = images;
    this.loss = loss;
    this.objectiveLoss = objectiveLoss;
    this.terms = terms;
    this.crossEntropy = crossEntropy;
    this.floor = floor;
    this.imageSize = imageSize;
    this.squares = squares;
    this.errors = errors;
    this.penalty = penalty;
  }

  private static Map<String, Double> times(Map<String, Double> values, double factor) {
    Map<String, Double> products = new LinkedHashMap<>();
    values.forEach((name, value) -> products.put(name, value * factor));
    return products;
  }

  /**
   * Adds another part.
   *
   * @param other of the same autoencoder
   * @return both parts
   * @throws IllegalArgumentException if it is of another autoencoder
   * @throws ArithmeticException if there are more samples than can be counted
   */
  public PartialEvaluation plus(PartialEvaluation other) {
    if (other.imageSize != imageSize
        || other.penalty != penalty
        || !new TreeSet<>(other.terms.keySet()).equals(new TreeSet<>(terms.keySet()))) {
      throw new IllegalArgumentException(
          "these are evaluations of two autoencoders, with samples of %s and %s values; add those of one"
              .formatted(imageSize, other.imageSize));
    }
    Map<String, Double> sums = new LinkedHashMap<>(terms);
    other.terms.forEach((name, value) -> sums.merge(name, value, Double::sum));
    double[] all = new double[Math.addExact(errors.length, other.errors.length)];
    System.arraycopy(errors, 0, all, 0, errors.length);
    System.arraycopy(other.errors, 0, all, errors.length, other.errors.length);
    return new PartialEvaluation(
        Math.addExact(images, other.images),
        loss + other.loss,
        objectiveLoss + other.objectiveLoss,
        sums,
        crossEntropy + other.crossEntropy,
        floor + other.floor,
        imageSize,
        squares + other.squares,
        all,
        penalty);
  }

  /**
   * Returns the figures over all parts.
   *
   * @return those of the whole, but for rounding
   */
  public Evaluation evaluation() {
    return new Evaluation(
        images,
        loss / images,
        new Objective(objectiveLoss / images, times(terms, 1.0 / images)),
        new CrossEntropySummary(crossEntropy / images, floor / images, imageSize),
        squares / images,
        errors.length == 0 ? Judge.none(images) : Psnr.summary(errors),
        penalty);
  }
}
