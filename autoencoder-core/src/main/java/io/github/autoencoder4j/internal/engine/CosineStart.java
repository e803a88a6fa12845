package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.output.OutputKernel.Link;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * First weights that make a residual sub-pixel network a transform coder: encoder and decoder start
 * as the discrete cosine transform of blocks (Ahmed et al., IEEE Trans. Computers 1974) that keeps
 * the strongest coefficients of natural images, so that training starts within a decibel of the
 * best linear code instead of spending its first epochs on the way there. Of sequences the blocks
 * are one row high, and the lowest frequencies of each channel are kept.
 *
 * <p>Possible because such a network is linear while its residual blocks are the identity. The
 * middle tap of each kernel carries the transform; the other taps start close to zero.
 */
final class CosineStart {

  /**
   * What is left of the random weights, which tell apart channels that the transform leaves out.
   */
  static final float RANDOM_SHARE = 0.03f;

  /**
   * The slope of the logit of a pixel: 4 at middle grey, more towards black and white; 5 is best on
   * photos, where it costs 0.4 dB against a linear output.
   */
  private static final double LOGIT_SLOPE = 5;

  private static final double MIDDLE_GREY = 0.5;

  /** In the order of the levels, the encoder's first. */
  private final Map<ConvLayerPlan, double[][]> taps = new LinkedHashMap<>();

  private final double middle;

  private CosineStart(ConvArchitecture architecture, Link link) {
    boolean grey = link == Link.SIGMOID;
    middle = grey ? MIDDLE_GREY : 0;
    List<ConvLayerPlan> encoder = linear(architecture.encoder());
    List<ConvLayerPlan> decoder = linear(architecture.decoder());
    int colors = architecture.input().channels();
    CosineBasis before = CosineBasis.pixels(colors, architecture.axes());
    int levels = architecture.strides().size();
    for (int i = 0; i < levels; i++) {
      int stride = architecture.strides().get(i);
      int width =
          i < architecture.widths().size()
              ? architecture.widths().get(i)
              : architecture.latent().channels();
      CosineBasis after = before.larger(stride, width);
      double[][] down = after.from(before, stride);
      put(encoder.get(i), down, 1);
      ConvLayerPlan up = decoder.get(decoder.size() - 1 - i);
      put(up, transposed(down), i == 0 && grey ? LOGIT_SLOPE : 1);
      before = after;
    }
    if (encoder.size() > levels) {
      // Codes of about the same size: as far as the best linear code for a noisy channel goes.
      double[] gains = before.equalizingGains(architecture.latent().channels());
      put(encoder.get(levels), diagonal(gains, before.size(), false), 1);
      put(decoder.get(0), transposed(diagonal(gains, before.size(), true)), 1);
    }
  }

  static boolean fits(ConvArchitecture architecture) {
    return architecture.resampling() == Resampling.SUBPIXEL && architecture.residualBlocks() > 0;
  }

  static CosineStart of(ConvArchitecture architecture, Link link) {
    return new CosineStart(architecture, link);
  }

  private static List<ConvLayerPlan> linear(List<LayerPlan> plans) {
    List<ConvLayerPlan> convolutions = new ArrayList<>();
    for (LayerPlan plan : plans) {
      if (plan instanceof ConvLayerPlan convolution) {
        convolutions.add(convolution);
      }
    }
    return convolutions;
  }

  private void put(ConvLayerPlan plan, double[][] matrix, double factor) {
    double[][] scaled = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      scaled[i] = matrix[i].clone();
      for (int j = 0; j < scaled[i].length; j++) {
        scaled[i][j] *= factor;
      }
    }
    taps.put(plan, scaled);
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] result = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        result[j][i] = matrix[i][j];
      }
    }
    return result;
  }

  /** {@code gains.length} rows of {@code columns} values. */
  private static double[][] diagonal(double[] gains, int columns, boolean inverse) {
    double[][] matrix = new double[gains.length][columns];
    for (int i = 0; i < Math.min(gains.length, columns); i++) {
      matrix[i][i] = inverse ? 1 / gains[i] : gains[i];
    }
    return matrix;
  }

  /** Changes freshly drawn weights and zero biases of the whole network. */
  void apply(Network network, float[] values) {
    double zero = middle;
    for (Map.Entry<ConvLayerPlan, double[][]> tap : taps.entrySet()) {
      int offset = network.parameters(tap.getKey()).get(0).offset();
      apply(tap.getKey(), tap.getValue(), values, offset, zero);
      zero = 0;
    }
  }

  /** Changes one layer, laid out biases first, such that inputs are counted from {@code zero}. */
  private static void apply(
      ConvLayerPlan conv, double[][] matrix, float[] values, int offset, double zero) {
    int area = conv.kernelHeight() * conv.kernel();
    int in = conv.input().channels();
    int out = conv.output().channels();
    for (int row = 0; row < out; row++) {
      double sum = 0;
      for (int column = 0; column < in; column++) {
        int weights = offset + out + (row * in + column) * area;
        for (int i = 0; i < area; i++) {
          values[weights + i] *= RANDOM_SHARE;
        }
        double tap = row < matrix.length && column < matrix[row].length ? matrix[row][column] : 0;
        values[weights + area / 2] += (float) tap;
        sum += tap;
      }
      values[offset + row] = (float) (-zero * sum);
    }
  }
}
