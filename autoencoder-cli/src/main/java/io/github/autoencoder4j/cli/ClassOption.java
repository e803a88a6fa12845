package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.latent.Condition;
import io.github.autoencoder4j.network.Spec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Tells a model that is conditioned on classes which one is meant. */
final class ClassOption {

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "The class of all samples, for models that were trained by class.")
  private @Nullable String name;

  /** Decodes codes, as samples of the class if there are classes. */
  float[][] decode(Autoencoder model, float[][] codes) {
    Optional<Condition> condition = condition(model);
    if (condition.isPresent() && name == null) {
      throw new IllegalArgumentException(
          "this model was trained by class, and has to be told which one to decode: add --class NAME, with one of "
              + condition.get().listed());
    }
    return name == null ? model.decode(codes) : model.decode(codes, name);
  }

  /** Gives samples the class that was named; those of models without classes are as they were. */
  ImageSource told(Autoencoder model, ImageSource samples) {
    Optional<Condition> condition = condition(model);
    if (name != null) {
      return LabeledImageSource.of(samples, new int[samples.size()], List.of(name));
    }
    condition.ifPresent(known -> requireClasses(known, samples));
    return samples;
  }

  /** What a single sample lacks the library tells; here it is about data that have no class. */
  private static void requireClasses(Condition known, ImageSource samples) {
    if (!(samples instanceof LabeledImageSource labeled)) {
      throw new UnusableDataException(
          "this model was trained by class, and rows of a table have none: add --class NAME, with one of "
              + known.listed());
    }
    if (labeled.classNames().stream().noneMatch(known.classes()::contains)) {
      throw new UnusableDataException(
          "this model was trained by class, and knows none of those of the data (%s): put pictures into folders of its names, or add --class NAME, with one of %s"
              .formatted(String.join(", ", labeled.classNames()), known.listed()));
    }
  }

  /** The classes of a model, of which the one that was named must be. */
  private Optional<Condition> condition(Autoencoder model) {
    Optional<Condition> condition = model.spec().flatMap(Spec::condition);
    if (name != null) {
      condition
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "--class %s was given, but this model was not trained by class; leave it out, or train one with --by-class"
                          .formatted(name)))
          .indexOf(name);
    }
    return condition;
  }
}
