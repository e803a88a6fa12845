package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.latent.Condition;
import io.github.autoencoder4j.model.ModelDescription;
import io.github.autoencoder4j.network.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Says what a model file holds, without loading the weights.")
final class InspectCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec command;

  @Parameters(index = "0", paramLabel = "MODEL", description = "A model file.")
  private @Nullable Path model;

  @Mixin private final Answer answer = new Answer();

  @Override
  public Integer call() {
    ModelDescription what = Autoencoder.inspect(Objects.requireNonNull(model));
    if (!answer.isJson()) {
      Objects.requireNonNull(command).commandLine().getOut().print(what);
      Objects.requireNonNull(command).commandLine().getOut().flush();
      return 0;
    }
    answer
        .put("part", what.part().name().toLowerCase(Locale.ROOT))
        .put("input", what.spec().architecture().input().toString())
        .put("code", what.spec().architecture().latent().toString())
        .put("parameters", Network.of(what.spec()).size())
        .put("output", what.spec().output().describe())
        .put("classes", what.spec().condition().map(Condition::classes).orElse(List.of()))
        .put("steps", what.steps())
        .put("seed", what.spec().seed())
        .print();
    return 0;
  }
}
