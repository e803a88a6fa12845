package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.model.TrainingRun;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.TrainingWarning;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The history of a model: its runs as JSON, their epochs as a table of numbers. A file keeps the
 * latest only, so that it never outgrows what a reader takes.
 */
final class RunsCodec {

  static final String DOCUMENT = "history.json";
  static final String TENSOR = "history";

  /** There, and true, if training began with imported weights. */
  private static final String IMPORTED = "imported_weights";

  static final int MAX_RUNS = 40;
  static final int MAX_EPOCHS = 5_000;
  private static final int MAX_COLUMNS = 207;

  static final int MAX_WARNINGS = 15;

  /** Up to six bytes a character make 45 KiB of a run's warnings, which a document holds. */
  private static final int MAX_WARNING = 500;

  private static final int MANY = Integer.MAX_VALUE;
  private static final double NANOS = 1e9;

  private static final List<String> COLUMNS =
      List.of(
          "epoch",
          "of_epochs",
          "training_loss",
          "validation_loss",
          "penalty",
          "learning_rate",
          "seconds");

  private static final Names<StopReason> REASONS =
      Names.of(
          Map.of(
              StopReason.COMPLETED, "completed",
              StopReason.EARLY_STOPPED, "early_stopped",
              StopReason.CANCELLED, "cancelled"));

  private static final Names<TrainingWarning.Kind> WARNINGS =
      Names.of(
          Map.of(
              TrainingWarning.Kind.COLLAPSE, "collapse",
              TrainingWarning.Kind.NO_BOTTLENECK, "no_bottleneck",
              TrainingWarning.Kind.CHECKPOINT_NOT_WRITTEN, "checkpoint_not_written",
              TrainingWarning.Kind.CHECKPOINT_DAMAGED, "checkpoint_damaged",
              TrainingWarning.Kind.OTHER_ENVIRONMENT, "other_environment"));

  private RunsCodec() {}

  static void write(Lineage lineage, ContainerWriter file) {
    List<TrainingRun> all = lineage.runs();
    int first = Math.max(0, all.size() - MAX_RUNS);
    // Many warnings leave room for fewer runs; one run always fits.
    while (!writeFrom(lineage.imported(), all.subList(first, all.size()), file)) {
      first++;
    }
  }

  private static boolean writeFrom(boolean imported, List<TrainingRun> runs, ContainerWriter file) {
    List<Object> lines = new ArrayList<>();
    List<EpochEnd> epochs = new ArrayList<>();
    int left = MAX_EPOCHS;
    for (int i = runs.size() - 1; i >= 0; i--) {
      List<EpochEnd> some = runs.get(i).history().epochs();
      some = some.subList(Math.max(0, some.size() - left), some.size());
      left -= some.size();
      epochs.addAll(0, some);
      lines.add(0, write(runs.get(i), some.size()));
    }
    TermColumns terms = TermColumns.of(epochs);
    List<String> columns = Stream.concat(COLUMNS.stream(), terms.columns().stream()).toList();
    Map<String, Object> values = new LinkedHashMap<>();
    if (imported) {
      values.put(IMPORTED, true);
    }
    values.put("columns", columns);
    values.put("runs", lines);
    if (Json.write(values).length > ContainerFormat.MAX_DOCUMENT) {
      return false;
    }
    file.document(DOCUMENT, values);
    double[] table = new double[epochs.size() * columns.size()];
    DoubleBuffer row = DoubleBuffer.wrap(table);
    for (EpochEnd epoch : epochs) {
      row.put(epoch.epoch()).put(epoch.epochs()).put(epoch.trainingLoss());
      row.put(epoch.validationLoss().orElse(Double.NaN)).put(epoch.penalty());
      row.put(epoch.learningRate()).put(epoch.duration().toNanos() / NANOS);
      terms.put(row, epoch);
    }
    file.tensor(TENSOR, List.of(epochs.size(), columns.size()), DoubleBuffer.wrap(table));
    return true;
  }

  private static Map<String, Object> write(TrainingRun run, int epochs) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("samples", run.samples());
    values.put("fingerprint", run.fingerprint());
    values.put("epochs", run.epochs());
    values.put("batch_size", run.batchSize());
    if (Double.isFinite(run.maxGradientNorm())) {
      values.put("max_gradient_norm", run.maxGradientNorm());
    }
    values.put("warmup_steps", run.warmupSteps());
    values.put("cosine_decay", run.cosineDecay());
    run.patience().ifPresent(patience -> values.put("patience", patience));
    History history = run.history();
    values.put("rows", epochs);
    values.put("best_epoch", history.bestEpoch());
    values.put("restored_best", history.restoredBest());
    values.put("stop_reason", REASONS.of(history.stopReason()));
    values.put(
        "warnings", history.warnings().stream().limit(MAX_WARNINGS).map(RunsCodec::write).toList());
    return values;
  }

  private static Map<String, Object> write(TrainingWarning warning) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("kind", WARNINGS.of(warning.kind()));
    String message = warning.message();
    values.put("message", message.substring(0, Math.min(MAX_WARNING, message.length())));
    return values;
  }

  /** The table of numbers, to be filled before {@link #read}. */
  static double[] table(ContainerReader file) {
    TensorInfo tensor = file.tensor(TENSOR, TensorType.FLOAT64);
    List<Integer> shape = tensor.shape();
    if (shape.size() != 2
        || shape.get(0) > MAX_EPOCHS
        || shape.get(1) < COLUMNS.size()
        || shape.get(1) > MAX_COLUMNS) {
      throw file.unreadable(
          tensor.offset(), "the history has shape %s, not [epochs, columns]".formatted(shape));
    }
    return new double[tensor.count()];
  }

  static Lineage read(ContainerReader file, double[] table) throws IOException {
    Fields fields = file.document(DOCUMENT);
    boolean imported = fields.has(IMPORTED);
    if (imported && !fields.flag(IMPORTED)) {
      throw fields.refuse(IMPORTED, "should be true where it is there");
    }
    List<String> columns = fields.texts("columns");
    int width = columns.size();
    if (width < COLUMNS.size() || !columns.subList(0, COLUMNS.size()).equals(COLUMNS)) {
      throw fields.refuse("columns", "should begin with " + COLUMNS);
    }
    TermColumns terms =
        TermColumns.named(fields, "columns", columns.subList(COLUMNS.size(), width));
    if (file.tensor(TENSOR, TensorType.FLOAT64).shape().get(1) != width) {
      throw fields.refuse("columns", "are not those of the history");
    }
    List<TrainingRun> runs = new ArrayList<>();
    int row = 0;
    for (Fields line : fields.objects("runs")) {
      int rows = line.integer("rows", 0, table.length / width - row);
      runs.add(read(line, epochs(file, terms, table, row, rows)));
      row += rows;
    }
    if (row * width != table.length) {
      throw fields.refuse("runs", "have %s epochs, but the history has others too".formatted(row));
    }
    fields.end();
    return new Lineage(imported, runs);
  }

  private static List<EpochEnd> epochs(
      ContainerReader file, TermColumns terms, double[] table, int from, int rows) {
    TensorInfo tensor = file.tensor(TENSOR, TensorType.FLOAT64);
    List<EpochEnd> epochs = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int at = (from + i) * (COLUMNS.size() + terms.count());
      double validation = table[at + 3];
      epochs.add(
          new EpochEnd(
              (int) file.wholeNumber(tensor, at, table[at], Integer.MAX_VALUE),
              (int) file.wholeNumber(tensor, at + 1, table[at + 1], Integer.MAX_VALUE),
              table[at + 2],
              Double.isNaN(validation) ? OptionalDouble.empty() : OptionalDouble.of(validation),
              table[at + 4],
              table[at + 5],
              Duration.ofNanos(
                  file.wholeNumber(
                      tensor, at + 6, Math.rint(table[at + 6] * NANOS), Long.MAX_VALUE / 2)),
              terms.training(table, at + COLUMNS.size()),
              terms.validation(table, at + COLUMNS.size())));
    }
    return epochs;
  }

  private static TrainingRun read(Fields line, List<EpochEnd> epochs) {
    List<TrainingWarning> warnings = new ArrayList<>();
    for (Fields warning : line.objects("warnings")) {
      warnings.add(
          new TrainingWarning(warning.constant("kind", WARNINGS), warning.text("message")));
      warning.end();
    }
    TrainingRun run =
        new TrainingRun(
            line.integer("samples", 1, MANY),
            line.text("fingerprint"),
            line.integer("epochs", 1, MANY),
            line.integer("batch_size", 1, MANY),
            line.has("max_gradient_norm")
                ? line.number("max_gradient_norm")
                : Double.POSITIVE_INFINITY,
            line.integer("warmup_steps", 0, MANY),
            line.flag("cosine_decay"),
            line.has("patience")
                ? OptionalInt.of(line.integer("patience", 1, MANY))
                : OptionalInt.empty(),
            new History(
                epochs,
                line.integer("best_epoch", 0, MANY),
                line.flag("restored_best"),
                line.constant("stop_reason", REASONS),
                warnings));
    line.end();
    return run;
  }
}
