package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;

/**
 * A layer over some samples side by side. Each channel is an array of its own, {@code
 * float[channels][samples * height * width]}: loops run over as many numbers as there are pixels in
 * all samples together, and all arrays of a loop are read at the same index, which is what lets
 * HotSpot vectorise it. A dense layer is one whose values are channels of one pixel.
 */
interface PlainLayer {

  /**
   * Computes the layer.
   *
   * @param in what it is fed; may be overwritten
   * @param out receives what it yields
   * @param samples how many
   * @param room for what lies between
   */
  void apply(float[][] in, float[][] out, int samples, Room room);

  /**
   * Makes a layer.
   *
   * @param weights its numbers
   * @return for any number of threads
   */
  static PlainLayer of(LayerPlan plan, Weights weights) {
    PlainActivation activation =
        PlainActivation.of(plan.activation(), plan.output().channels(), weights);
    return plan.match(
        new LayerPlan.Cases<PlainLayer>() {
          @Override
          public PlainLayer dense(DenseLayerPlan dense) {
            return new PlainDense(
                dense,
                weights,
                PlainActivation.of(dense.activation(), dense.output().size(), weights));
          }

          @Override
          public PlainLayer convolution(ConvLayerPlan convolution) {
            return new PlainConvolution(convolution, weights, activation);
          }

          @Override
          public PlainLayer residual(ResidualBlockPlan block) {
            return new PlainResidual(block, weights, activation);
          }

          @Override
          public PlainLayer rearrangement(RearrangementPlan rearrangement) {
            return new PlainRearrangement(rearrangement);
          }
        });
  }
}
