package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.architecture.Activation;

/**
 * Measures how much codes depend on their samples: from the weights of the one layer there is, or
 * from the codes of samples that were moved a small step.
 *
 * @param size how many numbers a code has
 */
record ContractiveKernel(double weight, Activation activation, int size) implements LatentKernel {

  private double code(double fed) {
    return switch (activation) {
      case SIGMOID -> 1 / (1 + Math.exp(-fed));
      case TANH -> Math.tanh(fed);
      default -> fed;
    };
  }

  /** {@code s'}, from the code. */
  private double slope(double code) {
    return switch (activation) {
      case SIGMOID -> code * (1 - code);
      case TANH -> 1 - code * code;
      default -> 1;
    };
  }

  /** {@code s''}, from the code. */
  private double curvature(double code) {
    return switch (activation) {
      case SIGMOID -> slope(code) * (1 - 2 * code);
      case TANH -> -2 * code * slope(code);
      default -> 0;
    };
  }

  @Override
  public void forward(LatentBatch batch) {
    double[] codes = batch.output();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = code(batch.input()[i]);
    }
    if (batch.mode().hasTerms()) {
      double square = batch.rowNorms().length > 0 ? ofOneLayer(batch) : ofDifferences(batch);
      batch.addTerm(0, weight * square);
    }
  }

  private double ofOneLayer(LatentBatch batch) {
    double sum = 0;
    for (int i = 0; i < batch.output().length; i++) {
      double slope = slope(batch.output()[i]);
      sum += slope * slope * batch.rowNorms()[i % size];
    }
    return sum;
  }

  private double ofDifferences(LatentBatch batch) {
    double sum = 0;
    for (int i = 0; i < batch.output().length; i++) {
      double along = (code(batch.moved()[i]) - batch.output()[i]) / Contractive.STEP;
      sum += along * along;
    }
    return sum;
  }

  @Override
  public void backward(LatentBatch batch) {
    double scale = weight * batch.gradientScale();
    if (batch.rowNorms().length > 0) {
      backOfOneLayer(batch, scale);
    } else {
      backOfDifferences(batch, scale);
    }
  }

  private void backOfOneLayer(LatentBatch batch, double scale) {
    for (int i = 0; i < batch.output().length; i++) {
      int row = i % size;
      double code = batch.output()[i];
      double slope = slope(code);
      batch.inputGradient()[i] =
          slope * (batch.outputGradient()[i] + 2 * scale * curvature(code) * batch.rowNorms()[row]);
      batch.rowNormGradients()[row] += scale * slope * slope;
    }
  }

  private void backOfDifferences(LatentBatch batch, double scale) {
    double steps = 2 * scale / ((double) Contractive.STEP * Contractive.STEP);
    for (int i = 0; i < batch.output().length; i++) {
      double code = batch.output()[i];
      double moved = code(batch.moved()[i]);
      double pull = steps * (moved - code);
      batch.inputGradient()[i] = slope(code) * (batch.outputGradient()[i] - pull);
      batch.movedGradient()[i] = slope(moved) * pull;
    }
  }
}
