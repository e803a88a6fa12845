package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.model.ModelDescription;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.model.TrainingRun;
import io.github.autoencoder4j.training.EpochEnd;
import java.util.List;
import java.util.Locale;

/** What a file says of itself to those who open it by hand. */
final class ModelCard {

  private ModelCard() {}

  static String of(ModelDescription model) {
    StringBuilder card = new StringBuilder("# An autoencoder\n\n```\n").append(model);
    card.append("```\n\n## Training\n\n");
    if (model.runs().isEmpty()) {
      card.append(
          model.steps() > 0
              ? String.format(
                  Locale.ROOT,
                  "It was written after %,d steps, in a run that had not ended.\n",
                  model.steps())
              : model.hasImportedWeights()
                  ? "Its weights were imported, and have not been trained here.\n"
                  : "Its weights came from another autoencoder.\n");
    } else {
      card.append("| samples | epochs | batch | ended | best epoch | last training loss");
      card.append(" | last validation loss | data |\n|---|---|---|---|---|---|---|---|\n");
      model.runs().forEach(run -> card.append(line(run)));
      if (model.hasImportedWeights()) {
        card.append("\nThe first of these runs began with imported weights.\n");
      }
      card.append(
          "\nLosses are means per pixel, without penalties. The data are told apart by the");
      card.append(" first digits of a SHA-256;\nwhole ones are in `history.json`.\n");
    }
    card.append("\n## Use\n\n```java\n");
    card.append("Autoencoder autoencoder = Autoencoder.load(Path.of(\"this.aemodel\"));\n");
    card.append(use(model.part())).append("```\n\n");
    card.append("It knows what its training data showed it and nothing else; how well it does on");
    card.append(" other data is for `evaluate` to say.\n");
    return card.toString();
  }

  private static String use(Part part) {
    return switch (part) {
      case WHOLE -> "float[][] reconstructions = autoencoder.reconstruct(samples);\n";
      case ENCODER -> "float[][] codes = autoencoder.encode(samples);\n";
      case DECODER -> "float[][] samples = autoencoder.decode(codes);\n";
    };
  }

  private static String line(TrainingRun run) {
    List<EpochEnd> epochs = run.history().epochs();
    String training = "";
    String validation = "";
    if (!epochs.isEmpty()) {
      EpochEnd last = epochs.get(epochs.size() - 1);
      training = number(last.trainingLoss());
      validation =
          last.validationLoss().isPresent() ? number(last.validationLoss().getAsDouble()) : "";
    }
    return String.format(
        Locale.ROOT,
        "| %d | %d of %d | %d | %s | %d | %s | %s | `%s` |\n",
        run.samples(),
        epochs.size(),
        run.epochs(),
        run.batchSize(),
        run.history().stopReason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        run.history().bestEpoch(),
        training,
        validation,
        run.fingerprint().substring(0, Math.min(12, run.fingerprint().length())));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5g", value);
  }
}
