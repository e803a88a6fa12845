package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.architecture.ParameterSpec.Kind;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.latent.FiniteScalarQuantization;
import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.latent.LatentKernel;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.Quantizer;
import io.github.autoencoder4j.latent.VectorQuantization;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.output.OutputKernel;
import io.github.autoencoder4j.output.OutputKernel.Link;
import java.util.List;

/**
 * Stages and an output that a user might write, each of which needs another thing of the library.
 */
final class OpenStages {

  private OpenStages() {}

  /**
   * Mixes several numbers into each number of the code by weights that it learns, and adds the mean
   * square of the code to the objective.
   */
  record Mixture(int numbers) implements LatentStage {

    @Override
    public ImageShape fedBy(ImageShape code) {
      return code.times(numbers);
    }

    @Override
    public List<ParameterSpec> learned(ImageShape code) {
      return List.of(
          new ParameterSpec(
              "mix",
              List.of(numbers, code.size()),
              Kind.WEIGHT,
              (index, random) -> 0.3 + 0.2 * random.nextGaussian()),
          new ParameterSpec("shift", List.of(code.size()), Kind.BIAS, (index, random) -> 0));
    }

    @Override
    public List<String> terms() {
      return List.of("power");
    }

    @Override
    public String describe() {
      return "mixture";
    }

    @Override
    public LatentKernel kernel(ImageShape code) {
      int size = code.size();
      return new LatentKernel() {

        @Override
        public void forward(LatentBatch batch) {
          double[] mix = batch.arrays().get(0);
          double[] shift = batch.arrays().get(1);
          for (int i = 0; i < batch.n(); i++) {
            for (int j = 0; j < size; j++) {
              double sum = shift[j];
              for (int k = 0; k < numbers; k++) {
                sum += mix[k * size + j] * batch.input()[(i * numbers + k) * size + j];
              }
              batch.output()[i * size + j] = sum;
              batch.addTerm(0, sum * sum / 2);
            }
          }
        }

        @Override
        public void backward(LatentBatch batch) {
          double[] mix = batch.arrays().get(0);
          for (int i = 0; i < batch.n(); i++) {
            for (int j = 0; j < size; j++) {
              double delta =
                  batch.outputGradient()[i * size + j]
                      + batch.gradientScale() * batch.output()[i * size + j];
              batch.gradients().get(1)[j] += delta;
              for (int k = 0; k < numbers; k++) {
                int at = (i * numbers + k) * size + j;
                batch.gradients().get(0)[k * size + j] += delta * batch.input()[at];
                batch.inputGradient()[at] = delta * mix[k * size + j];
              }
            }
          }
        }
      };
    }
  }

  /** Takes off the running mean of the codes, which no gradient moves. */
  record Centering(double rate) implements LatentStage {

    @Override
    public List<ParameterSpec> learned(ImageShape code) {
      return List.of(
          new ParameterSpec("mean", List.of(code.size()), Kind.STATE, (index, random) -> 0.5),
          new ParameterSpec("count", List.of(1), Kind.STATE, (index, random) -> 0));
    }

    @Override
    public String describe() {
      return "centering";
    }

    @Override
    public LatentKernel kernel(ImageShape code) {
      int size = code.size();
      return new LatentKernel() {

        @Override
        public void forward(LatentBatch batch) {
          for (int i = 0; i < batch.output().length; i++) {
            batch.output()[i] = batch.input()[i] - batch.arrays().get(0)[i % size];
          }
        }

        @Override
        public void backward(LatentBatch batch) {
          for (int i = 0; i < batch.output().length; i++) {
            batch.inputGradient()[i] = batch.outputGradient()[i];
            batch.gradients().get(0)[i % size] += batch.input()[i];
          }
          batch.gradients().get(1)[0] += batch.n();
        }

        @Override
        public void updateState(List<double[]> arrays, List<double[]> sums) {
          double n = sums.get(1)[0];
          for (int j = 0; j < size; j++) {
            double mean = sums.get(0)[j] / n;
            arrays.get(0)[j] += rate * (mean - arrays.get(0)[j]);
          }
          arrays.get(1)[0] += n;
        }
      };
    }
  }

  /** Real numbers, judged by {@code ln cosh(y - t)}, with a scale of its own for each. */
  record Robust() implements Output {

    @Override
    public ValueRange range() {
      return ValueRange.REALS;
    }

    @Override
    public ImageShape fedBy(ImageShape sample) {
      return sample.times(2);
    }

    @Override
    public String describe() {
      return "robust";
    }

    @Override
    public OutputKernel kernel() {
      return new OutputKernel() {

        @Override
        public Link link() {
          return Link.IDENTITY;
        }

        @Override
        public double lossAndGradient(double[] fed, double[] targets, double[] gradient, int n) {
          int size = targets.length / n;
          double sum = 0;
          for (int i = 0; i < n; i++) {
            for (int j = 0; j < size; j++) {
              double logScale = fed[(2 * i + 1) * size + j];
              double u = (fed[2 * i * size + j] - targets[i * size + j]) * Math.exp(-logScale);
              sum += Math.log(Math.cosh(u)) + logScale;
              gradient[2 * i * size + j] = Math.tanh(u) * Math.exp(-logScale);
              gradient[(2 * i + 1) * size + j] = 1 - u * Math.tanh(u);
            }
          }
          return sum;
        }
      };
    }
  }

  /**
   * What the gradients of a quantiser are those of: a stage in which the way from what is rounded
   * to what comes out is what it was in the first batch, and so are the entries of the term.
   */
  record Frozen(Quantizer quantizer) implements LatentStage {

    @Override
    public List<ParameterSpec> learned(ImageShape code) {
      return quantizer.learned(code);
    }

    @Override
    public List<String> terms() {
      return quantizer.terms();
    }

    @Override
    public String describe() {
      return "frozen";
    }

    private double rounded(double number) {
      return quantizer instanceof FiniteScalarQuantization ? Math.tanh(number) : number;
    }

    @Override
    public LatentKernel kernel(ImageShape code) {
      return new LatentKernel() {

        private double[] entries;
        private double[] ways;

        @Override
        public int kept() {
          return quantizer.kernel(code).kept();
        }

        @Override
        public void forward(LatentBatch batch) {
          if (entries == null) {
            quantizer.kernel(code).forward(batch);
            entries = batch.output().clone();
            ways = new double[entries.length];
            for (int i = 0; i < ways.length; i++) {
              ways[i] = entries[i] - rounded(batch.input()[i]);
            }
            return;
          }
          for (int i = 0; i < ways.length; i++) {
            double number = batch.input()[i];
            batch.output()[i] = rounded(number) + ways[i];
            if (quantizer instanceof VectorQuantization learned) {
              batch.addTerm(0, learned.commitment() * Math.pow(number - entries[i], 2));
            }
          }
        }

        @Override
        public void backward(LatentBatch batch) {
          // Only objectives are asked for.
        }
      };
    }
  }
}
