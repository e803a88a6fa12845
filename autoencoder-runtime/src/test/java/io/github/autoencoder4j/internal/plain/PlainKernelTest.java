package io.github.autoencoder4j.internal.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Axes;
import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.Node;
import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Every layer against its definition, value by value, in 64 bits. */
class PlainKernelTest {

  private final RandomStream random = RandomStream.of(3, "layers");

  /** Numbers for a layer, as files have them. */
  private Weights weights(Node node) {
    List<Network.Entry> entries = new ArrayList<>();
    int offset = 3;
    for (ParameterSpec spec : node.learned()) {
      entries.add(new Network.Entry(node, spec, offset));
      offset += (int) spec.length();
    }
    float[] all = new float[offset];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) (0.5 * random.nextGaussian());
    }
    return new Weights(all, entries);
  }

  private float[][] rows(int channels, int length) {
    float[][] rows = new float[channels][length];
    for (float[] row : rows) {
      for (int i = 0; i < length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  private static float[][] run(LayerPlan plan, Weights weights, float[][] in, int samples) {
    ImageShape out = plan.output();
    boolean flat = plan.isFlat();
    float[][] rows =
        new float[flat ? out.size() : out.channels()]
            [samples * (flat ? 1 : out.height() * out.width())];
    PlainLayer.of(plan, weights).apply(in, rows, samples, new Room());
    return rows;
  }

  private static void assertClose(float[][] actual, int channel, int at, double expected) {
    assertThat((double) actual[channel][at])
        .as("channel %d, place %d", channel, at)
        .isCloseTo(expected, offset(1e-4 * (1 + Math.abs(expected))));
  }

  /** The value of a pixel, or zero outside. */
  private static double pixel(float[][] rows, ImageShape shape, int n, int c, int y, int x) {
    return y < 0 || x < 0 || y >= shape.height() || x >= shape.width()
        ? 0
        : rows[c][(n * shape.height() + y) * shape.width() + x];
  }

  @Property(tries = 60)
  void aConvolutionIsTheSumOfWhatItsKernelSees(
      @ForAll Axes axes,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 0, max = 2) int padding,
      @ForAll @IntRange(min = 1, max = 5) int height,
      @ForAll @IntRange(min = 1, max = 5) int width,
      @ForAll @IntRange(min = 1, max = 6) int in,
      @ForAll @IntRange(min = 1, max = 6) int out,
      @ForAll @IntRange(min = 1, max = 3) int samples) {
    int side = stride + 2 * padding;
    int high = axes.height(side);
    int down = axes.height(stride);
    int above = axes == Axes.BOTH ? padding : 0;
    ImageShape input = new ImageShape(height * down, width * stride, in);
    ConvLayerPlan plan =
        new ConvLayerPlan(
            "a",
            input,
            new ImageShape(height, width, out),
            axes,
            side,
            stride,
            false,
            Activation.IDENTITY);
    Weights weights = weights(plan);
    float[][] rows = rows(in, samples * input.height() * input.width());
    float[][] actual = run(plan, weights, rows, samples);

    for (int n = 0; n < samples; n++) {
      for (int o = 0; o < out; o++) {
        for (int place = 0; place < height * width; place++) {
          int y = place / width * down - above;
          int x = place % width * stride - padding;
          double sum = weights.copy("bias")[o];
          for (int w = 0; w < in * high * side; w++) {
            sum +=
                weights.copy("weight")[o * in * high * side + w]
                    * pixel(rows, input, n, w / (high * side), y + w / side % high, x + w % side);
          }
          assertClose(actual, o, n * height * width + place, sum);
        }
      }
    }
  }

  @Property(tries = 60)
  void aTransposedConvolutionSpreadsEveryPixel(
      @ForAll Axes axes,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(min = 0, max = 2) int padding,
      @ForAll @IntRange(min = 1, max = 5) int height,
      @ForAll @IntRange(min = 1, max = 5) int width,
      @ForAll @IntRange(min = 1, max = 6) int in,
      @ForAll @IntRange(min = 1, max = 6) int out,
      @ForAll @IntRange(min = 1, max = 3) int samples) {
    int side = stride + 2 * padding;
    int high = axes.height(side);
    int down = axes.height(stride);
    int above = axes == Axes.BOTH ? padding : 0;
    ImageShape input = new ImageShape(height, width, in);
    ImageShape output = new ImageShape(height * down, width * stride, out);
    ConvLayerPlan plan =
        new ConvLayerPlan("a", input, output, axes, side, stride, true, Activation.IDENTITY);
    Weights weights = weights(plan);
    float[][] rows = rows(in, samples * height * width);
    float[][] actual = run(plan, weights, rows, samples);

    int area = output.height() * output.width();
    double[][] expected = new double[out][samples * area];
    float[] kernel = weights.copy("weight");
    for (int o = 0; o < out; o++) {
      Arrays.fill(expected[o], weights.copy("bias")[o]);
      for (int i = 0; i < in; i++) {
        for (int at = 0; at < samples * height * width; at++) {
          int y = at / width % height * down - above;
          int x = at % width * stride - padding;
          int sample = at / (width * height);
          for (int w = 0; w < high * side; w++) {
            int row = y + w / side;
            int column = x + w % side;
            if (row >= 0 && column >= 0 && row < output.height() && column < output.width()) {
              expected[o][sample * area + row * output.width() + column] +=
                  kernel[(i * out + o) * high * side + w] * rows[i][at];
            }
          }
        }
      }
    }
    for (int o = 0; o < out; o++) {
      for (int at = 0; at < samples * area; at++) {
        assertClose(actual, o, at, expected[o][at]);
      }
    }
  }

  @Property(tries = 30)
  void aDenseLayerIsTheSameForOneSampleAndForMany(
      @ForAll @IntRange(min = 1, max = 70) int in,
      @ForAll @IntRange(min = 1, max = 70) int out,
      @ForAll @IntRange(min = 1, max = 9) int samples,
      @ForAll Activation activation) {
    DenseLayerPlan plan =
        new DenseLayerPlan("a", ImageShape.vector(in), ImageShape.vector(out), activation, 0);
    Weights weights = weights(plan);
    float[][] rows = rows(in, samples);
    float[][] many = run(plan, weights, rows, samples);

    PlainDense layer = (PlainDense) PlainLayer.of(plan, weights);
    for (int n = 0; n < samples; n++) {
      float[] sample = new float[in];
      for (int i = 0; i < in; i++) {
        sample[i] = rows[i][n];
      }
      float[] one = new float[out];
      layer.apply(sample, one, new Room());
      for (int o = 0; o < out; o++) {
        assertClose(many, o, n, one[o]);
      }
      if (activation == Activation.IDENTITY) {
        double sum = weights.copy("bias")[0];
        for (int i = 0; i < in; i++) {
          sum += weights.copy("weight")[i] * sample[i];
        }
        assertClose(many, 0, n, sum);
      }
    }
  }

  @Property(tries = 20)
  void rearrangementsUndoEachOther(
      @ForAll Axes axes,
      @ForAll @IntRange(min = 2, max = 4) int block,
      @ForAll @IntRange(min = 1, max = 3) int height,
      @ForAll @IntRange(min = 1, max = 3) int width,
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = 1, max = 3) int samples) {
    int high = axes.height(block);
    ImageShape wide = new ImageShape(height * high, width * block, channels);
    RearrangementPlan down = new RearrangementPlan("a", wide, axes, block, true);
    RearrangementPlan up = new RearrangementPlan("b", down.output(), axes, block, false);
    Weights none = new Weights(new float[0], List.of());
    float[][] rows = rows(channels, samples * wide.height() * wide.width());
    float[][] deep = run(down, none, rows, samples);

    assertThat(run(up, none, deep, samples)).isDeepEqualTo(rows);
    // Pixel (y, x) of the block and channel c become channel (c * high + y) * block + x.
    int last = deep.length - 1;
    assertThat(deep[last][0]).isEqualTo(rows[channels - 1][(high - 1) * wide.width() + block - 1]);
  }

  @Property(tries = 20)
  void aBlockAddsToItsInput(@ForAll Axes axes, @ForAll @IntRange(min = 1, max = 5) int channels) {
    ImageShape shape = new ImageShape(4, 5, channels);
    ResidualBlockPlan plan = new ResidualBlockPlan("a", shape, axes, 3, Activation.RELU);
    Weights weights = weights(plan);
    float[][] rows = rows(channels, 2 * 20);
    for (Network.Entry entry : weights.entries()) {
      if (entry.spec().name().endsWith("-2")) {
        Arrays.fill(weights.all(), entry.offset(), entry.end(), 0);
      }
    }
    assertThat(run(plan, weights, rows, 2)).isDeepEqualTo(rows);
  }

  @Property(tries = 20)
  void activationsAreTheirFormulas(@ForAll Activation activation) {
    IntToDoubleFunction formula =
        i -> {
          double z = (i - 40) / 5.0;
          return switch (activation) {
            case RELU -> Math.max(0, z);
            case LEAKY_RELU -> z > 0 ? z : 0.01 * z;
            case ELU -> z > 0 ? z : Math.exp(z) - 1;
            case SILU -> z / (1 + Math.exp(-z));
            case TANH -> Math.tanh(z);
            case SIGMOID -> 1 / (1 + Math.exp(-z));
            default -> z;
          };
        };
    if (switch (activation) {
      case PRELU, GDN, INVERSE_GDN -> true;
      default -> false;
    }) {
      return;
    }
    float[][] rows = new float[1][81];
    for (int i = 0; i < 81; i++) {
      rows[0][i] = (i - 40) / 5f;
    }
    PlainActivation.of(activation, 1, new Weights(new float[0], List.of()))
        .apply(rows, 81, new Room());
    for (int i = 0; i < 81; i++) {
      assertThat((double) rows[0][i]).isCloseTo(formula.applyAsDouble(i), offset(1e-6));
    }
  }

  @Property(tries = 20)
  void normalizationDividesByTheRootOfSquares(@ForAll @IntRange(min = 1, max = 6) int channels) {
    ImageShape shape = new ImageShape(1, 3, channels);
    ConvLayerPlan plan =
        new ConvLayerPlan("a", shape, shape, Axes.BOTH, 1, 1, false, Activation.GDN);
    Weights weights = weights(plan);
    float[][] rows = rows(channels, 3);
    float[][] before = new float[channels][];
    for (int i = 0; i < channels; i++) {
      before[i] = rows[i].clone();
    }
    PlainActivation.of(Activation.GDN, channels, weights).apply(rows, 3, new Room());

    float[] beta = weights.copy("beta");
    float[] gamma = weights.copy("gamma");
    for (int i = 0; i < channels; i++) {
      for (int p = 0; p < 3; p++) {
        double least = Math.sqrt(1e-6 + 0x1p-36);
        double sum = Math.pow(Math.max(beta[i], least), 2) - 0x1p-36;
        for (int j = 0; j < channels; j++) {
          double root = Math.max(gamma[i * channels + j], 0x1p-18);
          sum += (root * root - 0x1p-36) * before[j][p] * before[j][p];
        }
        assertClose(rows, i, p, before[i][p] / Math.sqrt(sum));
      }
    }
  }
}
