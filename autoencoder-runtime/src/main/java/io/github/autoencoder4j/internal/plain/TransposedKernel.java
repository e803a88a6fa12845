package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.data.ImageShape;
import java.util.ArrayList;
import java.util.List;

/**
 * A transposed convolution, as one convolution of stride 1 for each place of a block of {@code
 * strideHeight x stride} outputs: those whose row and column leave the same rests by the strides
 * see the same weights, those that leave zeros out.
 */
final class TransposedKernel {

  private final ConvLayerPlan plan;

  /** By the rests of row and column. */
  private final List<Kernel> phases = new ArrayList<>();

  TransposedKernel(ConvLayerPlan plan, Weights weights) {
    this.plan = plan;
    float[] bias = weights.copy("bias");
    for (int y = 0; y < plan.strideHeight(); y++) {
      for (int x = 0; x < plan.stride(); x++) {
        phases.add(phase(y, x, weights, bias));
      }
    }
  }

  private Kernel phase(int y, int x, Weights weights, float[] bias) {
    ImageShape input = plan.input();
    int rowStride = plan.strideHeight();
    int stride = plan.stride();
    int top = y + plan.paddingHeight();
    int left = x + plan.padding();
    List<Shift> taps = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = top % rowStride; i < plan.kernelHeight(); i += rowStride) {
      for (int j = left % stride; j < plan.kernel(); j += stride) {
        taps.add(
            new Shift(
                input.height(), input.width(), 1, 1, (top - i) / rowStride, (left - j) / stride));
        places.add(i * plan.kernel() + j);
      }
    }
    return new Kernel(
        input,
        plan.output().channels(),
        taps,
        gathered(places, weights.all(), weights.offset("weight")),
        0,
        bias);
  }

  /** Some weights of {@code [in, out, height, width]} as {@code [out, in, places]}. */
  private float[] gathered(List<Integer> places, float[] all, int from) {
    int in = plan.input().channels();
    int out = plan.output().channels();
    int area = plan.kernelHeight() * plan.kernel();
    float[] weights = new float[out * in * places.size()];
    int at = 0;
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        for (int place : places) {
          weights[at++] = all[from + (i * out + o) * area + place];
        }
      }
    }
    return weights;
  }

  /** Computes it. */
  void apply(float[][] in, float[][] out, int samples, Room room) {
    int channels = plan.output().channels();
    int length = samples * plan.input().height() * plan.input().width();
    float[][] phase = room.rows(Room.Use.PHASE, channels, length);
    int stride = plan.stride();
    for (int i = 0; i < phases.size(); i++) {
      phases.get(i).apply(in, phase, samples, length, room);
      for (int c = 0; c < channels; c++) {
        spread(phase[c], out[c], i / stride, i % stride, length);
      }
    }
  }

  /** Writes what has the same rests to its places. Samples lie one below the other. */
  private void spread(float[] from, float[] to, int y, int x, int length) {
    int width = plan.input().width();
    int stride = plan.stride();
    int rowStride = plan.strideHeight();
    int wide = width * stride;
    for (int row = 0; row * width < length; row++) {
      int target = (row * rowStride + y) * wide + x;
      int source = row * width;
      for (int i = 0; i < width; i++) {
        to[target + i * stride] = from[source + i];
      }
    }
  }
}
