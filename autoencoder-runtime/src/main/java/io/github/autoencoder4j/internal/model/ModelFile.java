package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.internal.compute.RunnableNetwork;
import io.github.autoencoder4j.model.ModelDescription;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.model.Provenance;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Autoencoders in files. Documents and tensors of other names may stand beside those of the model:
 * they are checked as all are, and otherwise left alone.
 */
public final class ModelFile {

  private static final Logger LOG = LoggerFactory.getLogger(ModelFile.class);

  /** What is written, and the newest that can be read. */
  static final int SCHEMA = 1;

  /** The first version of the library that can read what is written. */
  static final String NEEDS = "0.1.0";

  private static final String CONFIG = "config.json";
  private static final String PROVENANCE = "provenance.json";
  private static final String CARD = "model-card.md";
  private static final String OPTIMIZER = "optimizer";

  private static final Names<Part> PARTS =
      Names.of(Map.of(Part.WHOLE, "whole", Part.ENCODER, "encoder", Part.DECODER, "decoder"));

  private ModelFile() {}

  /**
   * Puts a model into a file to be written. Its memory is read when the file is, so it must not be
   * trained before.
   *
   * @param model the model
   * @param saving what of it
   * @return to be written, perhaps with more in it
   * @throws IllegalStateException if a weight is not finite
   */
  public static ContainerWriter write(Model<?> model, Saving saving) {
    RunnableNetwork engine = model.engine();
    objection(model.spec())
        .ifPresent(
            objection ->
                LOG.warn("a file of this model will not be loaded as it is: it {}", objection));
    ContainerWriter file = new ContainerWriter();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("schema", SCHEMA);
    values.put("needs", NEEDS);
    values.put("part", PARTS.of(saving.part()));
    values.putAll(ConfigCodec.write(model.spec()));
    // The state of an optimiser goes with its own count.
    values.put(
        "steps", saving.hasOptimizerState() ? engine.store().iteration() : engine.store().steps());
    values.put(
        "epochs", saving.hasOptimizerState() ? engine.store().epoch() : engine.store().epochs());
    values.put("optimizer_state", saving.hasOptimizerState());
    Provenance provenance = Environment.now(engine.backend());
    file.document(CONFIG, values);
    file.document(PROVENANCE, Environment.write(provenance));
    RunsCodec.write(model.lineage(), file);
    file.text(CARD, ModelCard.of(describe(model, saving, provenance)));
    model
        .spec()
        .output()
        .columns()
        .ifPresent(schema -> file.bytes(TableCodec.TENSOR, TableCodec.write(schema)));
    FloatBuffer weights = engine.store().parameterMemory();
    for (Network.Entry array : arrays(engine.table(), saving.part())) {
      file.tensor(array.name(), array.shape(), requireFinite(array.name(), array.in(weights)));
    }
    if (saving.hasOptimizerState()) {
      FloatBuffer state = engine.store().optimizerMemory();
      file.tensor(OPTIMIZER, List.of(state.remaining()), requireFinite(OPTIMIZER, state));
    }
    GoldenPair.of(engine, saving.part()).write(file);
    return file;
  }

  /** What is wrong with the size of a network that a file describes; nothing of it is built. */
  private static Optional<String> objection(Spec spec) {
    return Limit.LAYERS
        .objection(Cost.layers(spec.architecture(), spec.stages().size()))
        .or(
            () -> {
              Cost cost = Cost.of(Network.of(spec));
              return Limit.ACTIVATIONS
                  .objection(cost.activations())
                  .or(() -> Limit.MULTIPLICATIONS.objection(cost.multiplications()))
                  .or(() -> Limit.PARAMETERS.objection(cost.parameters()));
            });
  }

  static FloatBuffer requireFinite(String name, FloatBuffer numbers) {
    int bad = firstNotFinite(numbers);
    if (bad >= 0) {
      throw new IllegalStateException(
          ("value %s of %s is %s, so this model is of no use and is not saved; train it again with"
                  + " a lower learning rate")
              .formatted(bad, name, numbers.get(bad)));
    }
    return numbers;
  }

  private static int firstNotFinite(FloatBuffer numbers) {
    for (int i = 0; i < numbers.limit(); i++) {
      if (!Float.isFinite(numbers.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static ModelDescription describe(Model<?> model, Saving saving, Provenance provenance) {
    return new ModelDescription(
        saving.part(),
        model.spec(),
        OptimizerCodec.describe(model.spec().optimizer()),
        saving.hasOptimizerState()
            ? model.engine().store().iteration()
            : model.engine().store().steps(),
        saving.hasOptimizerState(),
        model.lineage().imported(),
        model.lineage().runs(),
        provenance);
  }

  /**
   * Lists the arrays of a part.
   *
   * @param network the whole network
   * @param part which part of it
   * @return in the order in which they lie in memory
   */
  public static List<Network.Entry> arrays(Network network, Part part) {
    return switch (part) {
      case WHOLE -> network.parameters();
      case ENCODER ->
          Stream.concat(
                  network.parameters(network.encoder()).stream(),
                  network.parameters(network.stages()).stream())
              .toList();
      case DECODER ->
          Stream.concat(
                  network.parameters(network.decoder()).stream(),
                  network.parameters(network.output()).stream())
              .toList();
    };
  }

  /**
   * Reads a model and checks all of its file.
   *
   * @param <E> what is to compute it
   * @param file an open file
   * @param blank makes a network whose numbers are all zero
   * @return the model
   * @throws IOException if the file cannot be read
   * @throws UnreadableModelException if it holds no model, a damaged one, one that is larger than a
   *     file may ask for, or one that a newer version made
   */
  public static <E extends RunnableNetwork> Model<E> read(
      ContainerReader file, Function<Spec, E> blank) throws IOException {
    return read(file, null, blank);
  }

  /**
   * Reads a model for a network that the caller runs already, and so can afford, however large.
   *
   * @param <E> what is to compute it
   * @param file an open file
   * @param own the layers of that network; null if there is none
   * @param blank makes a network whose numbers are all zero
   * @return the model, which may be another
   * @throws IOException if the file cannot be read
   * @throws UnreadableModelException if it holds no model, a damaged one, another one that is
   *     larger than a file may ask for, or one that a newer version made
   */
  public static <E extends RunnableNetwork> Model<E> read(
      ContainerReader file, @Nullable Architecture own, Function<Spec, E> blank)
      throws IOException {
    Header header = Header.of(file, own);
    Part part = header.part();
    Map<String, Buffer> targets = new HashMap<>();
    double[] table = RunsCodec.table(file);
    targets.put(RunsCodec.TENSOR, DoubleBuffer.wrap(table));
    Network network = Network.of(header.spec());
    GoldenPair golden = GoldenPair.in(file, network, part, targets);
    E engine = blank.apply(header.spec());
    FloatBuffer weights = engine.store().parameterMemory();
    arrays(network, part).forEach(array -> targets.put(array.name(), array.in(weights)));
    boolean resumable = header.hasState() && engine.store().hasOptimizer();
    if (resumable) {
      FloatBuffer state = engine.store().optimizerMemory();
      require(file, OPTIMIZER, List.of(state.remaining()));
      targets.put(OPTIMIZER, state);
    }
    file.readAll(
        tensor -> {
          Buffer target = targets.get(tensor.name());
          return target == null ? null : target.duplicate();
        });
    requireFinite(file, targets);
    golden.check(file, engine);
    if (resumable) {
      engine.store().setProgress(header.steps(), header.epochs());
    } else {
      engine.store().setEarlier(header.steps(), header.epochs());
    }
    return new Model<>(header.spec(), part, engine, RunsCodec.read(file, table), resumable);
  }

  /**
   * What makes one autoencoder another.
   *
   * @param then the choices that made the one
   * @param now the choices that made the other
   * @return each choice that differs, with both values; empty if there is none; an optimiser that a
   *     file could not say is not compared
   */
  public static List<String> differences(Spec then, Spec now) {
    Map<String, Object> before = ConfigCodec.write(then);
    Map<String, Object> after = ConfigCodec.write(now);
    if (then.optimizer() == null) {
      before.remove(ConfigCodec.OPTIMIZER);
      after.remove(ConfigCodec.OPTIMIZER);
    }
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      Object one = before.getOrDefault(name, "none");
      Object other = after.getOrDefault(name, "none");
      if (!one.equals(other)) {
        differences.add("%s was %s, is %s".formatted(name.replace('_', ' '), one, other));
      }
    }
    return differences;
  }

  private static void requireSchema(Fields fields) {
    if (fields.integer("schema", 1, Integer.MAX_VALUE) > SCHEMA) {
      throw fields.refuse(
          "schema",
          "is newer than this version of the library, %s, can read: this model needs Autoencoder4J %s"
              .formatted(Environment.library(), fields.text("needs")));
    }
    fields.text("needs");
  }

  private static void requireWeights(
      ContainerReader file, Fields fields, Spec spec, Part part, @Nullable Architecture own) {
    try {
      // Records are compared only where there is one: linking that would slow the start of a JVM.
      Optional<String> objection =
          own != null && spec.architecture().equals(own) ? Optional.empty() : objection(spec);
      if (objection.isPresent()) {
        throw fields.refuse("architecture", objection.get());
      }
      for (Network.Entry array : arrays(Network.of(spec), part)) {
        require(file, array.name(), array.shape());
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw fields.refuse("architecture", "describes what cannot be: " + e.getMessage());
    }
  }

  static TensorInfo require(ContainerReader file, String name, List<Integer> shape) {
    TensorInfo tensor = file.tensor(name, TensorType.FLOAT32);
    if (!tensor.shape().equals(shape)) {
      throw file.unreadable(
          tensor.offset(),
          "tensor %s has shape %s where the configuration needs %s"
              .formatted(name, tensor.shape(), shape));
    }
    return tensor;
  }

  private static void requireFinite(ContainerReader file, Map<String, Buffer> targets) {
    for (TensorInfo tensor : file.tensors()) {
      if (targets.get(tensor.name()) instanceof FloatBuffer numbers) {
        int bad = firstNotFinite(numbers);
        if (bad >= 0) {
          throw file.unreadable(
              tensor.offset() + 4L * bad,
              "value %s of tensor %s is %s, but all must be finite"
                  .formatted(bad, tensor.name(), numbers.get(bad)));
        }
      }
    }
  }

  /**
   * Reads what a file says of its model, and none of the weights.
   *
   * @param file an open file
   * @return the description
   * @throws IOException if the file cannot be read
   * @throws UnreadableModelException if it holds no model, what is read is damaged, it is larger
   *     than a file may ask for, or a newer version made it
   */
  public static ModelDescription inspect(ContainerReader file) throws IOException {
    Header header = Header.of(file, null);
    double[] table = RunsCodec.table(file);
    file.read(file.tensor(RunsCodec.TENSOR, TensorType.FLOAT64), DoubleBuffer.wrap(table));
    Lineage lineage = RunsCodec.read(file, table);
    return new ModelDescription(
        header.part(),
        header.spec(),
        header.optimizer(),
        header.steps(),
        header.hasState(),
        lineage.imported(),
        lineage.runs(),
        Environment.read(file.document(PROVENANCE)));
  }

  /**
   * What a file says of its model, held against the tensors it lists: nothing is made of its sizes
   * before.
   *
   * @param optimizer for people
   * @param hasState whether the state of the optimiser is there
   */
  private record Header(
      Part part, Spec spec, String optimizer, int steps, int epochs, boolean hasState) {

    static Header of(ContainerReader file, @Nullable Architecture own) throws IOException {
      Fields fields = file.document(CONFIG);
      requireSchema(fields);
      Header header =
          new Header(
              fields.constant("part", PARTS),
              ConfigCodec.read(fields, () -> TableCodec.read(file)),
              OptimizerCodec.describe(fields.object(ConfigCodec.OPTIMIZER)),
              fields.integer("steps", 0, Integer.MAX_VALUE),
              fields.integer("epochs", 0, Integer.MAX_VALUE),
              fields.flag("optimizer_state"));
      fields.end();
      requireWeights(file, fields, header.spec, header.part, own);
      if (header.hasState && (header.part != Part.WHOLE || header.spec.optimizer() == null)) {
        throw fields.refuse("optimizer_state", "should be false for this model");
      }
      return header;
    }
  }
}
