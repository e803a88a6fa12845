package io.github.autoencoder4j.viz.page;

import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The twin of the page's {@code decoder.js}: decodes with the numbers that the page gets, so that
 * what rounding costs is known when the page is written. Slow; for a few codes.
 */
final class PlainDecoder {

  private final List<PageLayer> layers;
  private final boolean sigmoid;

  PlainDecoder(List<PageLayer> layers, boolean sigmoid) {
    this.layers = layers;
    this.sigmoid = sigmoid;
  }

  float[] decode(float[] code) {
    double[] values = new double[code.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = code[i];
    }
    for (PageLayer layer : layers) {
      values = run(layer, values);
    }
    float[] sample = new float[layers.get(layers.size() - 1).output().size()];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (float) (sigmoid ? 1 / (1 + Math.exp(-values[i])) : values[i]);
    }
    return sample;
  }

  private static double[] run(PageLayer layer, double[] x) {
    ImageShape in = layer.input();
    Map<String, float[]> a = layer.arrays();
    return switch (layer.kind()) {
      case DENSE -> activate(layer, dense(x, array(a, "weight"), array(a, "bias")));
      case CONVOLUTION, TRANSPOSED ->
          activate(layer, convolve(layer, x, array(a, "weight"), array(a, "bias")));
      case RESIDUAL -> {
        double[] inner = activate(layer, convolve(layer, x, array(a, "weight"), array(a, "bias")));
        double[] y = convolve(layer, inner, array(a, "weight-2"), array(a, "bias-2"));
        for (int i = 0; i < y.length; i++) {
          y[i] += x[i];
        }
        yield y;
      }
      case TO_SPACE -> rearrange(layer.output(), layer.kernel(), x, false);
      case TO_DEPTH -> rearrange(in, layer.kernel(), x, true);
    };
  }

  private static float[] array(Map<String, float[]> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  private static double[] dense(double[] x, float[] weight, float[] bias) {
    double[] y = new double[bias.length];
    for (int o = 0; o < y.length; o++) {
      double sum = bias[o];
      for (int i = 0; i < x.length; i++) {
        sum += weight[o * x.length + i] * x[i];
      }
      y[o] = sum;
    }
    return y;
  }

  /** Every product goes from a pixel of the smaller image to a kernel's square of the larger. */
  private static double[] convolve(PageLayer layer, double[] x, float[] weight, float[] bias) {
    ImageShape in = layer.input();
    ImageShape out = layer.output();
    boolean transposed = layer.kind() == PageLayer.Kind.TRANSPOSED;
    ImageShape small = transposed ? in : out;
    ImageShape large = transposed ? out : in;
    int kernel = layer.kernel();
    int padding = (kernel - layer.stride()) / 2;
    int plane = out.height() * out.width();
    double[] y = new double[out.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = bias[i / plane];
    }
    for (int s = 0; s < small.channels(); s++) {
      for (int l = 0; l < large.channels(); l++) {
        // [out, in, k, k], and [in, out, k, k] if transposed: the smaller image's channel is first.
        int base = (s * large.channels() + l) * kernel * kernel;
        for (int row = 0; row < small.height(); row++) {
          for (int column = 0; column < small.width(); column++) {
            int place = (s * small.height() + row) * small.width() + column;
            for (int k = 0; k < kernel * kernel; k++) {
              int top = row * layer.stride() - padding + k / kernel;
              int left = column * layer.stride() - padding + k % kernel;
              if (top >= 0 && top < large.height() && left >= 0 && left < large.width()) {
                int other = (l * large.height() + top) * large.width() + left;
                if (transposed) {
                  y[other] += weight[base + k] * x[place];
                } else {
                  y[place] += weight[base + k] * x[other];
                }
              }
            }
          }
        }
      }
    }
    return y;
  }

  private static double[] rearrange(ImageShape large, int block, double[] x, boolean toDepth) {
    double[] y = new double[x.length];
    int height = large.height() / block;
    int width = large.width() / block;
    for (int i = 0; i < x.length; i++) {
      int column = i % large.width();
      int row = i / large.width() % large.height();
      int channel = i / large.width() / large.height();
      int deep =
          ((channel * block + row % block) * block + column % block) * height * width
              + row / block * width
              + column / block;
      if (toDepth) {
        y[deep] = x[i];
      } else {
        y[i] = x[deep];
      }
    }
    return y;
  }

  private static double[] activate(PageLayer layer, double[] z) {
    int channels = layer.kind() == PageLayer.Kind.DENSE ? z.length : layer.output().channels();
    int plane = z.length / channels;
    Map<String, float[]> a = layer.arrays();
    return switch (layer.activation()) {
      case IDENTITY -> z;
      case GDN -> normalize(z, channels, array(a, "beta"), array(a, "gamma"), false);
      case INVERSE_GDN -> normalize(z, channels, array(a, "beta"), array(a, "gamma"), true);
      case PRELU -> {
        float[] slope = array(a, "slope");
        for (int i = 0; i < z.length; i++) {
          z[i] = z[i] > 0 ? z[i] : slope[i / plane] * z[i];
        }
        yield z;
      }
      case RELU, LEAKY_RELU, ELU, SILU, TANH, SIGMOID -> {
        for (int i = 0; i < z.length; i++) {
          z[i] = pointwise(layer, z[i]);
        }
        yield z;
      }
    };
  }

  private static double pointwise(PageLayer layer, double z) {
    return switch (layer.activation()) {
      case RELU -> Math.max(0, z);
      case LEAKY_RELU -> z > 0 ? z : 0.01 * z;
      case ELU -> z > 0 ? z : Math.expm1(z);
      case SILU -> z / (1 + Math.exp(-z));
      case TANH -> Math.tanh(z);
      case SIGMOID -> 1 / (1 + Math.exp(-z));
      default -> throw new IllegalStateException("not of one number: " + layer.activation());
    };
  }

  private static double[] normalize(
      double[] z, int channels, float[] beta, float[] gamma, boolean inverse) {
    int plane = z.length / channels;
    double[] y = new double[z.length];
    for (int i = 0; i < channels; i++) {
      for (int p = 0; p < plane; p++) {
        double sum = beta[i];
        for (int j = 0; j < channels; j++) {
          double other = z[j * plane + p];
          sum += gamma[i * channels + j] * other * other;
        }
        double root = Math.sqrt(sum);
        int place = i * plane + p;
        y[place] = inverse ? z[place] * root : z[place] / root;
      }
    }
    return y;
  }
}
