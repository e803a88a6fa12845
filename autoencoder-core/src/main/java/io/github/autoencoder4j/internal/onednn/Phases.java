package io.github.autoencoder4j.internal.onednn;

import java.util.function.IntUnaryOperator;

/**
 * One axis of a transposed convolution that is computed as a convolution of stride 1. Places of the
 * output that leave the same rest divided by the stride are a phase. Those of one phase see taps of
 * their own, a stride apart, so that each phase of each channel can be a channel of a convolution
 * over the input (Shi et al., Is the deconvolution layer the same as a convolutional layer?, 2016,
 * arXiv:1609.07009).
 *
 * @param kernel how many taps
 * @param stride how many phases
 * @param padding how many places of the output are cut off at either end, half of what the kernel
 *     has beyond the stride
 * @param in how many places the input has
 */
record Phases(int kernel, int stride, int padding, int in) {

  /** Whether there are several, each of as many taps. */
  boolean areAlike() {
    return stride > 1 && kernel % stride == 0;
  }

  /** How many taps each phase has. */
  int taps() {
    return kernel / stride;
  }

  /** The padding of the convolution. */
  int convolutionPadding() {
    return taps() - 1 - padding / stride;
  }

  /** How many places the convolution computes, some of which may be cut off. */
  int computed() {
    return in + 2 * convolutionPadding() - taps() + 1;
  }

  /** Which tap of the kernel a tap of the convolution is in one of the phases. */
  int tap(int phase, int tap) {
    return stride * (taps() - 1 - tap) + phase;
  }

  /** The first of the computed places that the output has. */
  int first(int phase) {
    return phase < padding % stride ? 1 : 0;
  }

  /** Where the output has it. */
  int firstOut(int phase) {
    return stride * first(phase) + phase - padding % stride;
  }

  /** How many places of the output belong to a phase. */
  int count(int phase) {
    int out = stride * (in - 1) + kernel - 2 * padding;
    return (out - 1 - firstOut(phase)) / stride + 1;
  }

  /**
   * Says which of the weights of a transposed convolution, {@code [in, out, height, width]}, those
   * of the convolution are, {@code [row phase, column phase, out, in, height, width]}.
   */
  static IntUnaryOperator weights(Phases rows, Phases columns, int out, int in) {
    return position -> {
      int rest = position;
      int column = rest % columns.taps();
      rest /= columns.taps();
      int row = rest % rows.taps();
      rest /= rows.taps();
      int from = rest % in;
      rest /= in;
      int to = rest % out;
      int phase = rest / out;
      int height = rows.tap(phase / columns.stride(), row);
      int width = columns.tap(phase % columns.stride(), column);
      return ((from * out + to) * rows.kernel() + height) * columns.kernel() + width;
    };
  }
}
