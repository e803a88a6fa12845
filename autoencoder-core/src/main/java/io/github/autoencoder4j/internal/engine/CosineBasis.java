package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Axes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Orthonormal functions on blocks of pixels, strongest first: products of cosines in space, and in
 * colour, for images of three channels, of grey and two differences.
 */
final class CosineBasis {

  /**
   * How strong the coefficients of photos are against those of grey at the same frequency, measured
   * on dogs: the colours of a photo vary little.
   */
  private static final double[] COLOR_POWER = {1, 0.1, 0.03};

  private static final double[][] COLORS = {
    {1 / Math.sqrt(3), 1 / Math.sqrt(3), 1 / Math.sqrt(3)},
    {1 / Math.sqrt(2), 0, -1 / Math.sqrt(2)},
    {1 / Math.sqrt(6), -2 / Math.sqrt(6), 1 / Math.sqrt(6)}
  };

  private final Axes axes;

  /** How wide a block is. */
  private final int block;

  private final int colors;
  private final double[][] functions;
  private final double[] powers;

  private CosineBasis(Axes axes, int block, int colors, double[][] functions, double[] powers) {
    this.axes = axes;
    this.block = block;
    this.colors = colors;
    this.functions = functions;
    this.powers = powers;
  }

  /** The pixels themselves. */
  static CosineBasis pixels(int colors, Axes axes) {
    double[][] identity = new double[colors][colors];
    double[] powers = new double[colors];
    for (int i = 0; i < colors; i++) {
      identity[i][i] = 1;
      powers[i] = 1;
    }
    return new CosineBasis(axes, 1, colors, identity, powers);
  }

  /** The strongest functions on a block that is larger by a stride, at most {@code size}. */
  CosineBasis larger(int stride, int size) {
    return of(axes, block * stride, colors, size);
  }

  /** The strongest functions on a block of a width, at most {@code size}. */
  static CosineBasis of(Axes axes, int block, int colors, int size) {
    int area = axes.area(block);
    boolean colored = isColored(axes, colors);
    List<Integer> order =
        IntStream.range(0, colors * area)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -power(i / area, i % area, block, colored)))
            .limit(size)
            .toList();
    double[][] functions = new double[order.size()][];
    double[] powers = new double[order.size()];
    for (int i = 0; i < functions.length; i++) {
      int color = order.get(i) / area;
      int frequency = order.get(i) % area;
      functions[i] = function(axes, color, frequency, block, colors);
      powers[i] = power(color, frequency, block, colored);
    }
    return new CosineBasis(axes, block, colors, functions, powers);
  }

  /** Channels of sequences are not colours, however many there are. */
  private static boolean isColored(Axes axes, int channels) {
    return axes == Axes.BOTH && channels == 3;
  }

  /** Falls with the square of the frequency, as in natural images (Field, JOSA A 1987). */
  private static double power(int color, int frequency, int block, boolean colored) {
    int u = frequency / block;
    int v = frequency % block;
    return (colored ? COLOR_POWER[color] : 1) / (1 + u * u + v * v);
  }

  private static double[] function(Axes axes, int color, int frequency, int block, int colors) {
    int height = axes.height(block);
    int u = frequency / block;
    int v = frequency % block;
    boolean colored = isColored(axes, colors);
    double[] values = new double[colors * height * block];
    for (int c = 0; c < colors; c++) {
      double weight = colored ? COLORS[color][c] : c == color ? 1 : 0;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < block; x++) {
          values[(c * height + y) * block + x] =
              weight * cosine(u, y, height) * cosine(v, x, block);
        }
      }
    }
    return values;
  }

  private static double cosine(int frequency, int position, int block) {
    return Math.sqrt((frequency == 0 ? 1.0 : 2.0) / block)
        * Math.cos(Math.PI * (2 * position + 1) * frequency / (2.0 * block));
  }

  int size() {
    return functions.length;
  }

  /**
   * These functions as sums of those of a smaller block, of which a block of {@code stride} makes
   * one of these; columns as a rearrangement orders them. What the smaller ones cannot say is left
   * out.
   */
  double[][] from(CosineBasis small, int stride) {
    int strideHeight = axes.height(stride);
    double[][] matrix = new double[size()][small.size() * strideHeight * stride];
    for (int row = 0; row < size(); row++) {
      for (int j = 0; j < small.size(); j++) {
        for (int dy = 0; dy < strideHeight; dy++) {
          for (int dx = 0; dx < stride; dx++) {
            matrix[row][(j * strideHeight + dy) * stride + dx] =
                product(functions[row], small.functions[j], small.block, dy, dx);
          }
        }
      }
    }
    return matrix;
  }

  private double product(double[] large, double[] small, int side, int dy, int dx) {
    int height = axes.height(block);
    int rows = axes.height(side);
    double sum = 0;
    for (int c = 0; c < colors; c++) {
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < side; x++) {
          sum +=
              large[(c * height + dy * rows + y) * block + dx * side + x]
                  * small[(c * rows + y) * side + x];
        }
      }
    }
    return sum;
  }

  /**
   * Factors that bring coefficients halfway to equal power, which is how the best linear code for a
   * noisy channel shares power out.
   */
  double[] equalizingGains(int count) {
    double[] gains = new double[count];
    for (int i = 0; i < count; i++) {
      gains[i] = i < powers.length ? Math.pow(powers[i], -0.25) : 1;
    }
    return gains;
  }
}
