package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.architecture.Axes;
import io.github.autoencoder4j.data.ImageShape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A convolution, {@code W * x + b}: a product of the weights with what each of them sees, some of
 * them at a time.
 */
final class Kernel {

  /** Numbers of what weights see, at a time: a quarter of a megabyte, for the second cache. */
  private static final int MOST_SEEN = 1 << 16;

  /** Weights at a time, however large the image: two steps of a product. */
  private static final int FEWEST_ROWS = 8;

  private final ImageShape input;
  private final int outputs;
  private final int size;
  private final List<Shift> taps;
  private final float[] weights;
  private final int weight;
  private final float[] bias;

  /**
   * Makes one.
   *
   * @param input what it is fed
   * @param outputs how many channels it yields
   * @param taps one for each weight between an input and an output channel
   * @param weights has them, {@code [outputs, channels, taps]}
   * @param weight where they begin
   * @param bias one for each output
   */
  Kernel(
      ImageShape input, int outputs, List<Shift> taps, float[] weights, int weight, float[] bias) {
    this.input = input;
    this.outputs = outputs;
    this.taps = List.copyOf(taps);
    this.size = this.taps.size();
    this.weights = weights;
    this.weight = weight;
    this.bias = bias;
  }

  /** What a kernel sees, row by row; its padding makes the sides change by exactly the stride. */
  static List<Shift> taps(ImageShape input, Axes axes, int width, int stride) {
    int above = (axes.height(width) - axes.height(stride)) / 2;
    int left = (width - stride) / 2;
    return IntStream.range(0, axes.area(width))
        .mapToObj(
            i ->
                new Shift(
                    input.height(),
                    input.width(),
                    axes.height(stride),
                    stride,
                    i / width - above,
                    i % width - left))
        .toList();
  }

  /**
   * Counts the weights between all inputs and an output that see their numbers at a time.
   *
   * @param weights how many there are
   * @param length how many numbers each sees
   * @return a multiple of four, or all
   */
  static int rows(int weights, int length) {
    return Math.min(weights, Math.max(FEWEST_ROWS, MOST_SEEN / length / 4 * 4));
  }

  /**
   * Computes it.
   *
   * @param in {@code [channels][samples * height * width]}
   * @param out receives {@code [outputs][length]}
   * @param samples how many
   * @param length how many numbers of each row of {@code out} count
   */
  void apply(float[][] in, float[][] out, int samples, int length, Room room) {
    for (int i = 0; i < outputs; i++) {
      Arrays.fill(out[i], 0, length, bias[i]);
    }
    int channels = input.channels();
    int down = channels * size;
    if (isPointwise()) {
      RowProducts.add(out, outputs, in, channels, weights, weight, down, 1, length);
      return;
    }
    int most = rows(down, length);
    float[][] rows = room.rows(Room.Use.TAPS, most, length);
    for (int first = 0; first < down; first += most) {
      int count = Math.min(most, down - first);
      for (int i = 0; i < count; i++) {
        taps.get((first + i) % size).copy(in[(first + i) / size], rows[i], samples);
      }
      RowProducts.add(out, outputs, rows, count, weights, weight + first, down, 1, length);
    }
  }

  private boolean isPointwise() {
    return size == 1 && taps.get(0).isNothing();
  }
}
