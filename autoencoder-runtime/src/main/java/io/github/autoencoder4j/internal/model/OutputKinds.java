package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.output.CalibratedGaussianOutput;
import io.github.autoencoder4j.output.DiscretizedLogisticOutput;
import io.github.autoencoder4j.output.GaussianOutput;
import io.github.autoencoder4j.output.HeteroscedasticGaussianOutput;
import io.github.autoencoder4j.output.LaplaceOutput;
import io.github.autoencoder4j.output.Output;

/** The outputs that a file describes by more than the name of a loss. */
final class OutputKinds {

  /** All but the columns of tables, which lie in a tensor. */
  static final Kinds<Output> ALL =
      new Kinds<Output>("output")
          .with(
              "gaussian",
              GaussianOutput.class,
              (gaussian, values) -> values.put("variance", gaussian.variance()),
              fields -> new GaussianOutput(fields.number("variance")))
          .with(
              "heteroscedastic_gaussian",
              HeteroscedasticGaussianOutput.class,
              (gaussian, values) -> values.put("least_variance", gaussian.leastVariance()),
              fields -> new HeteroscedasticGaussianOutput(fields.number("least_variance")))
          .with(
              "calibrated_gaussian",
              CalibratedGaussianOutput.class,
              (gaussian, values) -> {},
              fields -> new CalibratedGaussianOutput())
          .with(
              "laplace",
              LaplaceOutput.class,
              (laplace, values) -> values.put("scale", laplace.scale()),
              fields -> new LaplaceOutput(fields.number("scale")))
          .with(
              "discretized_logistic",
              DiscretizedLogisticOutput.class,
              (logistic, values) -> {},
              fields -> new DiscretizedLogisticOutput());

  private OutputKinds() {}
}
