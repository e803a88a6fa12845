package io.github.autoencoder4j.output;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ValueRange;

/**
 * Pixels of 8 bits, {@code t = k / 255}, as the level that a logistic distribution falls into,
 * whose mean {@code m = sigmoid(z)} and scale {@code s = least + exp(r)} the decoder tells for
 * every value. A level has the probability of half a step to either side of it, {@code P(t) =
 * sigmoid((t + 1/510 - m) / s) - sigmoid((t - 1/510 - m) / s)}; black and white have all that lies
 * beyond them too. The loss is {@code -ln P(t)} in nats (Kingma et al., "Improved variational
 * inference with inverse autoregressive flow", NIPS 2016; Salimans et al., "PixelCNN++", ICLR
 * 2017).
 *
 * <p>What it says of a sample is a probability, not a density: its logarithm to the base of 2,
 * divided by the number of values, is what the field calls bits per dimension.
 */
public record DiscretizedLogisticOutput() implements Output {

  private static final int LEVELS = 256;
  private static final double STEP = 1.0 / (LEVELS - 1);

  /** An eighth of a step. With less, the slope at a level that was missed has no bounds. */
  private static final double LEAST_SCALE = STEP / 8;

  @Override
  public ValueRange range() {
    return ValueRange.UNIT;
  }

  /** As many channels of means, then as many that tell scales. */
  @Override
  public ImageShape fedBy(ImageShape sample) {
    return sample.times(2);
  }

  @Override
  public OutputKernel kernel() {
    return new Kernel();
  }

  @Override
  public String describe() {
    return "logistic of learnt scales over 256 levels";
  }

  private record Kernel() implements OutputKernel {

    @Override
    public Link link() {
      return Link.SIGMOID;
    }

    /**
     * By {@code sigmoid(a) - sigmoid(b) = sigmoid(a) sigmoid(-b) (1 - exp(b - a))}, which loses no
     * digits far out.
     */
    @Override
    public double lossAndGradient(double[] fed, double[] targets, double[] gradient, int n) {
      int size = targets.length / n;
      double sum = 0;
      for (int i = 0; i < n; i++) {
        int mean = 2 * i * size;
        int spread = mean + size;
        for (int j = 0; j < size; j++) {
          double m = 1 / (1 + Math.exp(-fed[mean + j]));
          double free = Math.exp(fed[spread + j]);
          double scale = LEAST_SCALE + free;
          // Values between two levels count as the nearer one.
          long level = Math.round(targets[i * size + j] / STEP);
          double loss = 0;
          double byMean = 0;
          double byScale = 0;
          if (level < LEVELS - 1) {
            double above = ((level + 0.5) * STEP - m) / scale;
            double tail = 1 / (1 + Math.exp(above));
            loss += softplus(-above);
            byMean += tail;
            byScale += above * tail;
          }
          if (level > 0) {
            double below = ((level - 0.5) * STEP - m) / scale;
            double tail = 1 / (1 + Math.exp(-below));
            loss += softplus(below);
            byMean -= tail;
            byScale -= below * tail;
          }
          if (level > 0 && level < LEVELS - 1) {
            double width = STEP / scale;
            loss -= Math.log(-Math.expm1(-width));
            byScale += width / Math.expm1(width);
          }
          sum += loss;
          gradient[mean + j] = byMean / scale * m * (1 - m);
          gradient[spread + j] = byScale * free / scale;
        }
      }
      return sum;
    }

    /** {@code ln(1 + exp(x))}. */
    private static double softplus(double x) {
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
  }
}
