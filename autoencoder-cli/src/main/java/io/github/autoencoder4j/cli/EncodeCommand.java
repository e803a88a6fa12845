package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.Autoencoder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    description = "Writes the code of each sample as a row of a CSV file.")
final class EncodeCommand implements Callable<Integer> {

  @Mixin private final ModelAndData input = new ModelAndData();
  @Mixin private final Answer answer = new Answer();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.csv",
      description = "Where the codes go.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    try (Autoencoder model = input.model()) {
      Data data = input.data(model);
      int size = model.latentShape().size();
      RowsFile.write(
          Objects.requireNonNull(out),
          RowsFile.numbered("code", size, "sample"),
          writer ->
              model.encode(
                  data.samples(), (index, code) -> writer.write(RowsFile.cells(index + 1, code))));
      data.report(answer);
      answer.put("numbers of a code", size).put("written", out.toString()).print();
      return 0;
    }
  }
}
