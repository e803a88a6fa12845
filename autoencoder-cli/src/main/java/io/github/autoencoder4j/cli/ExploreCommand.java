package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.viz.page.LatentExplorer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    description = "Writes a page in which the codes of pictures can be walked with the mouse.")
final class ExploreCommand implements Callable<Integer> {

  @Mixin private final ModelAndData input = new ModelAndData();
  @Mixin private final Answer answer = new Answer();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.html",
      description = "Where the page goes.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    Path page = Objects.requireNonNull(out);
    try (Autoencoder model = input.model()) {
      Data data = input.data(model);
      LatentExplorer.of(model, data.samples()).save(page);
      data.report(answer);
      answer.put("written", page.toString()).print();
      return 0;
    }
  }
}
