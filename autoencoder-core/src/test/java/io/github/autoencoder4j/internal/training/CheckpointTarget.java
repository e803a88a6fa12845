package io.github.autoencoder4j.internal.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.fuzz.ModelFiles;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.internal.model.ContainerReader;
import io.github.autoencoder4j.internal.model.ContainerWriter;
import io.github.autoencoder4j.internal.model.RawModel;
import io.github.autoencoder4j.internal.model.TensorInfo;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.testing.FuzzChoices;
import io.github.autoencoder4j.testing.FuzzInputs;
import io.github.autoencoder4j.testing.FuzzTarget;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.Training;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints: a file that choices build; a whole file; or its document, or its table of epochs, in
 * a good file with all digests made right.
 */
public final class CheckpointTarget implements FuzzTarget {

  private static final String DOCUMENT = "checkpoint.json";
  private static final String EPOCHS = "checkpoint.epochs";
  private static final int COLUMNS = 6;
  private static final int MOST_TEXT = 20_000;

  private final Path file = FuzzInputs.file();
  private final Engine engine;
  private final byte[] good;
  private final RawModel parts;

  /** The file of the input, if it is one of choices. */
  private byte @Nullable [] built;

  /** All tensors but the epochs, in the order of the file. */
  private final Map<TensorInfo, float[]> numbers = new LinkedHashMap<>();

  public CheckpointTarget() throws IOException {
    ImageSource data = TinyData.source(6, 4);
    engine =
        Engine.create(
            new Spec(
                new DenseArchitecture(data.shape(), List.of(), 1, Activation.SILU, 0),
                List.of(),
                Output.bernoulli(),
                Penalty.NONE,
                Optional.empty(),
                Optimizer.adam(1e-2),
                5));
    Path folder = Files.createTempDirectory("fuzz");
    Training settings =
        Training.epochs(2)
            .batchSize(3)
            .checkpoints(Checkpoints.in(folder).everySteps(3).keepLast(2));
    Trainer.train(engine, data, settings, new PlainModel(), Disk.SYSTEM, false);
    List<Path> written;
    try (Stream<Path> files = Files.list(folder)) {
      written = files.sorted().toList();
    }
    byte[] first = new byte[0];
    for (Path path : written) {
      if (first.length == 0 && path.toString().endsWith(".aemodel")) {
        first = Files.readAllBytes(path);
      }
      Files.delete(path);
    }
    Files.delete(folder);
    good = first;
    parts = RawModel.of(good);
    Files.write(file, good);
    try (ContainerReader reader = ContainerReader.open(file)) {
      for (TensorInfo tensor : reader.tensors()) {
        if (!tensor.name().equals(EPOCHS)) {
          float[] values = new float[tensor.count()];
          reader.read(tensor, FloatBuffer.wrap(values));
          numbers.put(tensor, values);
        }
      }
    }
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    byte[] rows = new byte[2 * COLUMNS * Double.BYTES];
    ByteBuffer values = ByteBuffer.wrap(rows).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 1; row <= 2; row++) {
      values.putDouble(2).putDouble(0.5 / row).putDouble(Double.NaN);
      values.putDouble(0).putDouble(1e-2).putDouble(1e6 * row);
    }
    return List.of(
        FuzzInputs.of(0, good),
        FuzzInputs.of(1, parts.content(DOCUMENT)),
        FuzzInputs.of(2, rows),
        FuzzInputs.of(FuzzInputs.BUILT, new byte[40]));
  }

  @Override
  public long prepare(byte[] input) throws IOException {
    built = FuzzInputs.isBuilt(input) ? build(new FuzzChoices(FuzzInputs.content(input))) : null;
    return built == null ? input.length : built.length;
  }

  /** A document and tables of any kind and size, every digest right. */
  private byte[] build(FuzzChoices choices) throws IOException {
    ContainerWriter writer = new ContainerWriter();
    int epochs = choices.count(5_000);
    ObjectNode document = parts.json(DOCUMENT);
    document.put("epoch", choices.oneIn(8) ? choices.number() : epochs + 1);
    for (String name : List.of("step", "first_step", "batch", "best_epoch", "nanoseconds")) {
      if (choices.oneIn(4)) {
        document.put(name, choices.number());
      }
    }
    for (String name : List.of("loss_sum", "last_good_loss", "best_loss")) {
      document.put(
          name, choices.of("0.5", "NaN", "Infinity", "-0x1p-1074", "1e999", "1f", " 1 ", "x"));
    }
    ArrayNode warnings = document.putArray("warnings");
    for (int i = choices.count(500); i > 0; i--) {
      String message = choices.of("a", "\u0000", "\ud800", "long").repeat(choices.count(400));
      warnings.addObject().put("kind", choices.of("COLLAPSE", "NONE")).put("message", message);
    }
    ObjectNode exact = document.putObject(choices.of("exact", "environment"));
    for (int i = choices.count(500); i > 0; i--) {
      exact.put("name " + i, "x".repeat(choices.count(60)));
    }
    String text = document.toString();
    // More than the writer takes: what follows is about other things.
    writer.text(DOCUMENT, text.length() < MOST_TEXT ? text : parts.text(DOCUMENT));
    numbers.forEach(
        (tensor, floats) -> {
          float[] values = choices.oneIn(8) ? new float[choices.count(5_000)] : floats;
          writer.tensor(tensor.name(), List.of(values.length), FloatBuffer.wrap(values));
        });
    int columns = choices.oneIn(8) ? choices.count(20) : COLUMNS;
    double[] table = new double[epochs * columns];
    Arrays.fill(table, choices.of(0.0, 1.0, 0.5, -1.0, Double.NaN, 1e300));
    writer.tensor(EPOCHS, List.of(epochs, columns), DoubleBuffer.wrap(table));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.writeTo(out);
    return out.toByteArray();
  }

  @Override
  public void read(byte[] input, boolean thorough) throws IOException {
    if (built != null) {
      check(built);
      return;
    }
    byte[] content = FuzzInputs.content(input);
    int kind = FuzzInputs.kind(input, 3);
    switch (kind) {
      case 0 -> {
        byte[] written = check(content);
        if (written.length > 0) {
          assertThat(written).as("only a file that was written is read").isEqualTo(content);
        }
      }
      case 1 -> check(parts.copy().document(DOCUMENT, content).zip());
      default -> check(withEpochs(content));
    }
  }

  private byte[] withEpochs(byte[] table) throws IOException {
    double[] values = new double[table.length / Double.BYTES];
    ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    ContainerWriter writer = new ContainerWriter();
    String document =
        parts
            .copy()
            .edit(DOCUMENT, json -> json.put("epoch", values.length / COLUMNS + 1))
            .text(DOCUMENT);
    writer.text(DOCUMENT, document);
    numbers.forEach(
        (tensor, floats) -> writer.tensor(tensor.name(), tensor.shape(), FloatBuffer.wrap(floats)));
    List<Integer> shape =
        values.length % COLUMNS == 0
            ? List.of(values.length / COLUMNS, COLUMNS)
            : List.of(values.length);
    writer.tensor(EPOCHS, shape, DoubleBuffer.wrap(values));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.writeTo(out);
    return out.toByteArray();
  }

  /** What is read must be the same when it is written, which is returned, and read again. */
  private byte[] check(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    Snapshot snapshot;
    try {
      snapshot = CheckpointFile.read(file, new PlainModel());
    } catch (UnreadableModelException e) {
      ModelFiles.check(e, file, bytes.length);
      return new byte[0];
    }
    RunState run = snapshot.progress;
    assertThat(run.bestEpoch).isBetween(0, run.epochs.size());
    assertThat(run.firstStep).isBetween(0, snapshot.iteration);
    assertThat(run.nanos).isNotNegative();
    byte[] written;
    try {
      written = write(snapshot);
    } catch (IllegalArgumentException e) {
      // Of another autoencoder, which only the one that resumes it can tell.
      assertThat(e).hasMessageContaining("resume the one that was trained");
      return new byte[0];
    }
    ModelFiles.requireSameNumbers(bytes, written);
    Files.write(file, written);
    assertThat(write(CheckpointFile.read(file, new PlainModel()))).isEqualTo(written);
    return written;
  }

  private byte[] write(Snapshot snapshot) throws IOException {
    snapshot.restore(engine);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckpointFile.write(engine, snapshot.progress, snapshot.circumstances, new PlainModel(), out);
    return out.toByteArray();
  }
}
