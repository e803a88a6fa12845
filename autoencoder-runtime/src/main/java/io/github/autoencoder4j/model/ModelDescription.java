package io.github.autoencoder4j.model;

import io.github.autoencoder4j.architecture.Initialization;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.training.EpochEnd;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a model file says of its model. Its {@link #toString()} tells the most of it in a few lines.
 *
 * <pre>{@code
 * ModelDescription model = Autoencoder.inspect(Path.of("dogs.aemodel"));
 * log.info("{} trained for {} steps", model.spec().architecture().latent(), model.steps());
 * }</pre>
 *
 * @param part how much of the autoencoder is there
 * @param spec every choice that made the whole autoencoder
 * @param optimizer how weights followed gradients, in words
 * @param steps how many steps it was trained; with the state of the optimiser, how many that made;
 *     0 if its weights came from elsewhere
 * @param hasOptimizerState whether training can continue as if it had never stopped
 * @param hasImportedWeights whether its weights were imported, and trained since by the runs if
 *     there are any
 * @param runs the latest runs of training, in order; immutable
 * @param provenance where and when it was saved
 */
public record ModelDescription(
    Part part,
    Spec spec,
    String optimizer,
    int steps,
    boolean hasOptimizerState,
    boolean hasImportedWeights,
    List<TrainingRun> runs,
    Provenance provenance) {

  /**
   * Copies the lists.
   *
   * @param part how much of the autoencoder is there
   * @param spec every choice that made the whole autoencoder
   * @param optimizer how weights followed gradients, in words
   * @param steps how many steps it was trained; with the state of the optimiser, how many that
   *     made; 0 if its weights came from elsewhere
   * @param hasOptimizerState whether training can continue as if it had never stopped
   * @param hasImportedWeights whether its weights were imported, and trained since by the runs if
   *     there are any
   * @param runs the latest runs of training, in order; immutable
   * @param provenance where and when it was saved
   */
  public ModelDescription {
    runs = List.copyOf(runs);
  }

  /**
   * The model in a few lines of text.
   *
   * @return lines that end in a line feed
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    line(text, "holds", part == Part.WHOLE ? "encoder and decoder" : lower(part) + " only");
    line(
        text,
        "shapes",
        format(
            "%s to codes of %s, %,d parameters",
            spec.architecture().input(),
            spec.architecture().latent(),
            (long) Network.of(spec).size()));
    line(text, "layers", spec.architecture().toString());
    if (!spec.stages().isEmpty()) {
      line(
          text,
          "latent",
          String.join(", ", spec.stages().stream().map(LatentStage::describe).toList()));
    }
    spec.corruption().ifPresent(noise -> line(text, "corruption", noise.toString()));
    line(text, "output", spec.output().describe());
    line(text, "penalty", "l1 %s, l2 %s".formatted(spec.penalty().l1(), spec.penalty().l2()));
    line(text, "optimiser", optimizer + (hasOptimizerState ? ", its state is there" : ""));
    if (spec.initialization() != Initialization.AUTOMATIC) {
      line(text, "start", lower(spec.initialization()).replace('_', ' '));
    }
    line(text, "seed", Long.toString(spec.seed()));
    line(
        text,
        "trained",
        format("%,d steps in %d runs", steps, runs.size())
            + (hasImportedWeights ? ", from imported weights" : ""));
    lastEpoch()
        .ifPresent(
            epoch ->
                line(
                    text,
                    "last loss",
                    format("training %.5g", epoch.trainingLoss())
                        + (epoch.validationLoss().isPresent()
                            ? format(", validation %.5g", epoch.validationLoss().getAsDouble())
                            : "")));
    line(
        text,
        "saved",
        "%s by Autoencoder4J %s on Java %s, %s, %s"
            .formatted(
                provenance.saved(),
                provenance.library(),
                provenance.java(),
                provenance.os(),
                provenance.cpu()));
    return text.toString();
  }

  private Optional<EpochEnd> lastEpoch() {
    return runs.stream().flatMap(run -> run.history().epochs().stream()).reduce((a, b) -> b);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(format("%-11s", name)).append(value).append('\n');
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
