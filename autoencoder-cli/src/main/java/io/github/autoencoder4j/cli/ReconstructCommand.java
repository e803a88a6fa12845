package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "reconstruct",
    mixinStandardHelpOptions = true,
    description = "Encodes and decodes samples, and says how much was lost.")
final class ReconstructCommand implements Callable<Integer> {

  @Mixin private final ModelAndData input = new ModelAndData();
  @Mixin private final Answer answer = new Answer();
  @Mixin private final Samples samples = new Samples();

  @Override
  public Integer call() {
    try (Autoencoder model = input.model()) {
      Data data = input.data(model);
      samples.write(
          model,
          writer -> model.reconstruct(data.samples(), (index, sample) -> writer.write(sample)));
      data.report(answer);
      Evaluation evaluation = model.evaluate(data.samples());
      answer
          .put("reconstruction loss", evaluation.reconstructionLoss())
          .put("mean squared error", evaluation.meanSquaredError())
          .put("psnr db", evaluation.psnr().mean())
          .put("written", samples.where())
          .print();
      return 0;
    }
  }
}
