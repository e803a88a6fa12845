package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.data.ImageShape;
import java.util.ArrayList;
import java.util.List;

/**
 * A transposed convolution of stride {@code s}, as {@code s * s} convolutions of stride 1: the
 * outputs whose row and column leave the same rests by {@code s} see the same weights, those that
 * leave zeros out.
 */
final class TransposedKernel {

  private final ConvLayerPlan plan;

  /** By the rests of row and column. */
  private final List<Kernel> phases = new ArrayList<>();

  TransposedKernel(ConvLayerPlan plan, Weights weights) {
    this.plan = plan;
    float[] bias = weights.copy("bias");
    for (int y = 0; y < plan.stride(); y++) {
      for (int x = 0; x < plan.stride(); x++) {
        phases.add(phase(y, x, weights, bias));
      }
    }
  }

  private Kernel phase(int y, int x, Weights weights, float[] bias) {
    ImageShape input = plan.input();
    int side = plan.kernel();
    int stride = plan.stride();
    List<Shift> taps = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = (y + plan.padding()) % stride; i < side; i += stride) {
      for (int j = (x + plan.padding()) % stride; j < side; j += stride) {
        taps.add(
            new Shift(
                input.height(),
                input.width(),
                1,
                (y + plan.padding() - i) / stride,
                (x + plan.padding() - j) / stride));
        places.add(i * side + j);
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

  /** Some weights of {@code [in, out, kernel, kernel]} as {@code [out, in, places]}. */
  private float[] gathered(List<Integer> places, float[] all, int from) {
    int in = plan.input().channels();
    int out = plan.output().channels();
    int area = plan.kernel() * plan.kernel();
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
    int wide = width * stride;
    for (int row = 0; row * width < length; row++) {
      int target = (row * stride + y) * wide + x;
      int source = row * width;
      for (int i = 0; i < width; i++) {
        to[target + i * stride] = from[source + i];
      }
    }
  }
}
