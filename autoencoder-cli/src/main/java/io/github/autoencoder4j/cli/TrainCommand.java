package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.viz.ImageGrid;
import io.github.autoencoder4j.viz.page.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Trains an autoencoder on a folder of pictures, IDX files or a table.")
final class TrainCommand implements Callable<Integer> {

  /** Pictures that a report shows. */
  private static final int SHOWN = 8;

  @Parameters(index = "0", paramLabel = "DATA", description = "What to train on.")
  private @Nullable Path path;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE.aemodel",
      description = "Where the model goes.")
  private @Nullable Path model;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Also writes a page with curves and reconstructions.")
  private @Nullable Path report;

  @Mixin private final NetworkOptions network = new NetworkOptions();

  @Option(names = "--epochs", description = "At most (default: ${DEFAULT-VALUE}).")
  private int epochs = 20;

  @Option(
      names = "--batch",
      paramLabel = "SAMPLES",
      description = "Samples of a step (default: ${DEFAULT-VALUE}).")
  private int batch = 64;

  @Option(
      names = "--held-out",
      paramLabel = "SHARE",
      description =
          "The share of the samples that judges and stops training early, or 0 (default:"
              + " ${DEFAULT-VALUE}).")
  private double heldOut = 0.1;

  @Mixin private final Answer answer = new Answer();

  @Override
  public Integer call() {
    Path file = Objects.requireNonNull(model);
    requireFolder("--model", file);
    if (report != null) {
      requireFolder("--report", report);
    }
    if (!(heldOut >= 0 && heldOut < 1)) {
      throw new IllegalArgumentException(
          "--held-out must be at least 0 and below 1, such as 0.1, but was " + heldOut);
    }
    Data data = Data.toTrainOn(Objects.requireNonNull(path), network.size());
    data.report(answer);
    int held = (int) Math.round(heldOut * data.samples().size());
    if (held >= data.samples().size()) {
      throw new UnusableDataException(
          "holding out %s of %s samples leaves none to train on; set --held-out 0"
              .formatted(held, data.samples().size()));
    }
    int[] order = RandomStream.of(network.seed(), "held out").permutation(data.samples().size());
    ImageSource judged = data.samples().select(Arrays.copyOf(order, held));
    ImageSource train = data.samples().select(Arrays.copyOfRange(order, held, order.length));
    Training training = Training.epochs(epochs).batchSize(batch).cosineDecay().progress();
    if (held > 0) {
      training = training.validation(judged).earlyStopping(Math.max(3, epochs / 5));
    }
    try (Autoencoder autoencoder = network.build(data);
        Interrupt interrupt = new Interrupt()) {
      History history = autoencoder.fit(train, training.cancelWhen(interrupt::isWished));
      if (!autoencoder.isTrained()) {
        answer.note("stopped before the first step; nothing was saved");
        return Cli.STOPPED;
      }
      autoencoder.save(file);
      tell(autoencoder, history, held > 0 ? judged : train, held > 0);
      return history.stopReason() == StopReason.CANCELLED ? Cli.STOPPED : 0;
    }
  }

  private static void requireFolder(String option, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "%s %s cannot be written, because there is no folder %s; create it first"
              .formatted(option, file, folder));
    }
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException("%s %s is a folder; name a file".formatted(option, file));
    }
  }

  private void tell(
      Autoencoder autoencoder, History history, ImageSource judged, boolean isHeldOut) {
    Evaluation evaluation = autoencoder.evaluate(judged);
    String on = isHeldOut ? "held-out" : "training";
    answer
        .put("input", autoencoder.inputShape().toString())
        .put("code", autoencoder.latentShape().toString())
        .put("parameters", autoencoder.parameters().length)
        .put("epochs", history.epochs().size())
        .put("stopped", history.stopReason().name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .put(on + " loss", evaluation.reconstructionLoss())
        .put(on + " mse", evaluation.meanSquaredError())
        .put(on + " psnr db", evaluation.psnr().mean())
        .put("model", Objects.requireNonNull(model).toString());
    Path page = report;
    if (page != null) {
      Report made =
          Report.titled("Autoencoder of " + Objects.requireNonNull(path).getFileName())
              .fact("input", autoencoder.inputShape().toString())
              .fact("code", autoencoder.latentShape().toString())
              .fact(
                  on + " loss", String.format(Locale.ROOT, "%.4f", evaluation.reconstructionLoss()))
              .history(history);
      if (!autoencoder.inputShape().isVector()) {
        made.figure(pictures(autoencoder, judged), "Pictures and their reconstructions.");
      }
      made.listing(autoencoder.summary()).save(page);
      answer.put("report", page.toString());
    }
    answer.print();
  }

  private static io.github.autoencoder4j.viz.Picture pictures(
      Autoencoder autoencoder, ImageSource judged) {
    ImageSource some = judged.slice(0, Math.min(SHOWN, judged.size()));
    return ImageGrid.of(some.shape())
        .row("picture", some)
        .row("reconstruction", autoencoder.reconstruct(some))
        .magnify(Math.max(1, 96 / some.shape().height()))
        .draw();
  }
}
