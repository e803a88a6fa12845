package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.onnx.Onnx;
import io.github.autoencoder4j.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes a model as ONNX, for runtimes outside of Java.")
final class ExportCommand implements Callable<Integer> {

  private enum Part {
    ENCODER,
    DECODER,
    RECONSTRUCTION
  }

  @Parameters(index = "0", paramLabel = "MODEL", description = "A model file.")
  private @Nullable Path model;

  @Option(
      names = "--part",
      description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Part part = Part.RECONSTRUCTION;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.onnx",
      description = "Where the model goes.")
  private @Nullable Path out;

  @Mixin private final Answer answer = new Answer();

  @Override
  public Integer call() throws IOException {
    Path file = Objects.requireNonNull(out);
    try (Autoencoder autoencoder = Autoencoder.load(Objects.requireNonNull(model))) {
      OnnxModel exported =
          switch (part) {
            case ENCODER -> Onnx.encoder(autoencoder);
            case DECODER -> Onnx.decoder(autoencoder);
            case RECONSTRUCTION -> Onnx.reconstruction(autoencoder);
          };
      exported.save(file);
      answer.put("written", file.toString()).put("bytes", Files.size(file)).print();
      return 0;
    }
  }
}
