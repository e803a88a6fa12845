package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.Autoencoder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description = "Turns codes back into pictures or rows.")
final class DecodeCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "MODEL", description = "A model file.")
  private @Nullable Path model;

  @Parameters(
      index = "1",
      paramLabel = "CODES.csv",
      description = "What \"autoencoder encode\" wrote.")
  private @Nullable Path codes;

  @Mixin private final Answer answer = new Answer();
  @Mixin private final Samples samples = new Samples();
  @Mixin private final ClassOption classes = new ClassOption();

  @Override
  public Integer call() {
    try (Autoencoder autoencoder = Autoencoder.load(Objects.requireNonNull(model))) {
      float[][] read =
          RowsFile.read(Objects.requireNonNull(codes), autoencoder.latentShape().size());
      float[][] decoded = classes.decode(autoencoder, read);
      samples.write(
          autoencoder,
          writer -> {
            for (float[] sample : decoded) {
              writer.write(sample);
            }
          });
      answer.put("samples", read.length).put("written", samples.where()).print();
      return 0;
    }
  }
}
