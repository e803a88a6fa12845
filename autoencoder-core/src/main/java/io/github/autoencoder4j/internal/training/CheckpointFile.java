package io.github.autoencoder4j.internal.training;

import com.google.common.collect.Maps;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.model.ContainerReader;
import io.github.autoencoder4j.internal.model.ContainerWriter;
import io.github.autoencoder4j.internal.model.Fields;
import io.github.autoencoder4j.internal.model.TensorInfo;
import io.github.autoencoder4j.internal.model.TensorType;
import io.github.autoencoder4j.internal.model.TermColumns;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.TrainingWarning;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A run at one moment as a file: the model, and beside it the document and tensors of a run. */
final class CheckpointFile {

  private static final String DOCUMENT = "checkpoint.json";
  private static final String OPTIMIZER = "checkpoint.optimizer";
  private static final String BEST = "checkpoint.best";
  private static final String EPOCHS = "checkpoint.epochs";
  private static final String OUTER = "checkpoint.outer";

  /**
   * Of {@link #EPOCHS}: losses, penalty, rate and duration, before those of terms; the epoch is the
   * row.
   */
  private static final int COLUMNS = 6;

  /**
   * Up to six bytes each in a document of 64 KiB. A run with more to say says the same again and
   * again.
   */
  private static final int WARNING_CHARACTERS = 8_000;

  private CheckpointFile() {}

  /** Writes what the network is now; it must not be trained before. */
  static void write(
      Engine engine, RunState run, Circumstances circumstances, ModelPart model, OutputStream out)
      throws IOException {
    ContainerWriter file = model.write(engine);
    TermColumns terms = TermColumns.of(run.epochs);
    file.document(DOCUMENT, document(engine, run, terms, circumstances));
    add(file, OPTIMIZER, engine.store().optimizerMemory());
    add(file, BEST, FloatBuffer.wrap(run.bestParameters));
    if (run.outerMemory.length > 0) {
      add(file, OUTER, FloatBuffer.wrap(run.outerMemory));
    }
    int columns = COLUMNS + terms.count();
    double[] table = new double[run.epochs.size() * columns];
    DoubleBuffer row = DoubleBuffer.wrap(table);
    for (EpochEnd epoch : run.epochs) {
      row.put(epoch.epochs())
          .put(epoch.trainingLoss())
          .put(epoch.validationLoss().orElse(Double.NaN))
          .put(epoch.penalty())
          .put(epoch.learningRate())
          .put((double) epoch.duration().toNanos());
      terms.put(row, epoch);
    }
    file.tensor(EPOCHS, List.of(run.epochs.size(), columns), DoubleBuffer.wrap(table));
    file.writeTo(out);
  }

  private static void add(ContainerWriter file, String name, FloatBuffer values) {
    file.tensor(name, List.of(values.remaining()), values);
  }

  private static Map<String, ?> document(
      Engine engine, RunState run, TermColumns terms, Circumstances circumstances) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("version", 1);
    document.put("step", engine.store().iteration());
    document.put("epochs_of_network", engine.store().epoch());
    document.put("first_step", run.firstStep);
    document.put("epoch", run.epoch);
    document.put("batch", run.batch);
    document.put("nanoseconds", run.nanos);
    document.put("best_epoch", run.bestEpoch);
    if (run.roundSamples > 0) {
      document.put("round_samples", run.roundSamples);
    }
    // As text, for JSON has neither NaN nor infinity.
    document.put("loss_sum", Double.toString(run.sum.lossSum));
    if (!terms.names().isEmpty()) {
      document.put("epoch_terms", terms.names());
    }
    if (!run.sum.termSums.isEmpty()) {
      document.put("term_sums", Maps.transformValues(run.sum.termSums, String::valueOf));
    }
    document.put("last_good_loss", Double.toString(run.lastGoodLoss));
    document.put("best_loss", Double.toString(run.bestLoss));
    document.put("exact", circumstances.exact());
    document.put("environment", circumstances.environment());
    List<Map<String, String>> warnings = new ArrayList<>();
    int left = WARNING_CHARACTERS;
    for (TrainingWarning warning : run.warnings) {
      left -= warning.message().length();
      if (left >= 0) {
        warnings.add(Map.of("kind", warning.kind().name(), "message", warning.message()));
      }
    }
    document.put("warnings", warnings);
    return document;
  }

  static Snapshot read(Path path, ModelPart model) throws IOException {
    try (ContainerReader file = ContainerReader.open(path)) {
      Fields document = file.document(DOCUMENT);
      document.integer("version", 1, 1);
      float[] parameters = model.read(file);
      RunState run = new RunState(count(document, "first_step"), floats(file, BEST));
      if (run.bestParameters.length != parameters.length) {
        throw document.refuse("best_epoch", "has other weights than the model");
      }
      run.epoch = document.integer("epoch", 1, Integer.MAX_VALUE);
      run.batch = count(document, "batch");
      run.nanos = document.wholeNumber("nanoseconds");
      if (run.nanos < 0) {
        throw document.refuse("nanoseconds", "should not be negative");
      }
      run.bestEpoch = count(document, "best_epoch");
      if (document.has("round_samples")) {
        run.roundSamples = count(document, "round_samples");
      }
      if (file.tensors().stream().anyMatch(tensor -> tensor.name().equals(OUTER))) {
        run.outerMemory = floats(file, OUTER);
        if (run.outerMemory.length != parameters.length) {
          throw document.refuse("step", "belongs to an outer step of other weights");
        }
      }
      run.sum.lossSum = real(document, "loss_sum");
      document
          .optional("term_sums")
          .ifPresent(
              sums -> sums.names().forEach(name -> run.sum.termSums.put(name, real(sums, name))));
      run.lastGoodLoss = real(document, "last_good_loss");
      run.bestLoss = real(document, "best_loss");
      readEpochs(file, TermColumns.read(document, "epoch_terms"), run.epochs);
      for (Fields warning : document.objects("warnings")) {
        run.warnings.add(new TrainingWarning(kind(warning), warning.text("message")));
      }
      if (run.epoch != run.epochs.size() + 1) {
        throw document.refuse("epoch", "does not follow those that are over");
      }
      if (run.bestEpoch > run.epochs.size()) {
        throw document.refuse("best_epoch", "is none of those that are over");
      }
      int step = document.integer("step", run.firstStep, Integer.MAX_VALUE);
      Snapshot snapshot =
          new Snapshot(
              parameters,
              floats(file, OPTIMIZER),
              step,
              count(document, "epochs_of_network"),
              run,
              new Circumstances(
                  texts(document.object("exact")), texts(document.object("environment"))));
      document.end();
      return snapshot;
    }
  }

  private static int count(Fields document, String name) {
    return document.integer(name, 0, Integer.MAX_VALUE);
  }

  private static double real(Fields document, String name) {
    try {
      return Double.parseDouble(document.text(name));
    } catch (NumberFormatException e) {
      throw document.refuse(name, "should be a number");
    }
  }

  private static Map<String, String> texts(Fields fields) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : fields.names()) {
      texts.put(name, fields.text(name));
    }
    return texts;
  }

  private static TrainingWarning.Kind kind(Fields warning) {
    String name = warning.text("kind");
    for (TrainingWarning.Kind kind : TrainingWarning.Kind.values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    throw warning.refuse("kind", "is not known");
  }

  private static float[] floats(ContainerReader file, String name) throws IOException {
    TensorInfo tensor = file.tensor(name, TensorType.FLOAT32);
    float[] values = new float[tensor.count()];
    file.read(tensor, FloatBuffer.wrap(values));
    return values;
  }

  private static void readEpochs(ContainerReader file, TermColumns terms, List<EpochEnd> epochs)
      throws IOException {
    TensorInfo tensor = file.tensor(EPOCHS, TensorType.FLOAT64);
    int columns = COLUMNS + terms.count();
    if (tensor.shape().size() != 2 || tensor.shape().get(1) != columns) {
      throw file.unreadable(
          tensor.offset(),
          "the epochs have shape %s, not [epochs, columns]".formatted(tensor.shape()));
    }
    double[] rows = new double[tensor.count()];
    file.read(tensor, DoubleBuffer.wrap(rows));
    for (int i = 0; i < rows.length; i += columns) {
      epochs.add(
          new EpochEnd(
              i / columns + 1,
              (int) file.wholeNumber(tensor, i, rows[i], Integer.MAX_VALUE),
              rows[i + 1],
              Double.isNaN(rows[i + 2]) ? OptionalDouble.empty() : OptionalDouble.of(rows[i + 2]),
              rows[i + 3],
              rows[i + 4],
              Duration.ofNanos(file.wholeNumber(tensor, i + 5, rows[i + 5], Long.MAX_VALUE / 2)),
              terms.training(rows, i + COLUMNS),
              terms.validation(rows, i + COLUMNS)));
    }
  }
}
