package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.Initialization;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.table.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The choices that make an autoencoder, as JSON. A new choice is a line here; what is written once
 * is read for ever.
 */
final class ConfigCodec {

  static final String OPTIMIZER = "optimizer";

  private static final Names<Activation> ACTIVATIONS =
      Names.of(
          Map.ofEntries(
              Map.entry(Activation.IDENTITY, "identity"),
              Map.entry(Activation.RELU, "relu"),
              Map.entry(Activation.LEAKY_RELU, "leaky_relu"),
              Map.entry(Activation.ELU, "elu"),
              Map.entry(Activation.SILU, "silu"),
              Map.entry(Activation.TANH, "tanh"),
              Map.entry(Activation.SIGMOID, "sigmoid"),
              Map.entry(Activation.PRELU, "prelu"),
              Map.entry(Activation.GDN, "gdn"),
              Map.entry(Activation.INVERSE_GDN, "inverse_gdn")));

  private static final Names<Resampling> RESAMPLINGS =
      Names.of(Map.of(Resampling.SUBPIXEL, "subpixel", Resampling.STRIDED, "strided"));

  private static final Names<Initialization> INITIALIZATIONS =
      Names.of(
          Map.of(
              Initialization.AUTOMATIC, "automatic",
              Initialization.GLOROT_UNIFORM, "glorot_uniform",
              Initialization.FAN_IN_UNIFORM, "fan_in_uniform"));

  /** The outputs that schema 1 knew, by the names of their losses. */
  private static final Map<String, Output> LOSSES =
      new TreeMap<>(
          Map.of(
              "binary_cross_entropy", Output.bernoulli(),
              "mean_squared_error", Output.sigmoidSquares()));

  /** More than any network that a file has room for, and few enough to be counted. */
  static final int MANY = 1000;

  private static final Kinds<Architecture> FAMILIES =
      new Kinds<Architecture>("architecture")
          .with(
              "dense",
              DenseArchitecture.class,
              (dense, values) -> {
                values.put("input", write(dense.input()));
                values.put("hidden", dense.hidden());
                values.put("bottleneck", dense.bottleneck());
                values.put("activation", ACTIVATIONS.of(dense.activation()));
                values.put("dropout", dense.dropout());
              },
              fields ->
                  new DenseArchitecture(
                      shape(fields.object("input")),
                      integers(fields, "hidden"),
                      fields.integer("bottleneck", 1, Integer.MAX_VALUE),
                      fields.constant("activation", ACTIVATIONS),
                      fields.number("dropout")))
          .with(
              "conv",
              ConvArchitecture.class,
              (conv, values) -> {
                values.put("input", write(conv.input()));
                values.put("latent", write(conv.latent()));
                values.put("strides", conv.strides());
                values.put("widths", conv.widths());
                values.put("kernel", conv.kernel());
                values.put("activation", ACTIVATIONS.of(conv.activation()));
                values.put("residual_blocks", conv.residualBlocks());
                values.put("resampling", RESAMPLINGS.of(conv.resampling()));
              },
              fields ->
                  new ConvArchitecture(
                      shape(fields.object("input")),
                      shape(fields.object("latent")),
                      strides(fields),
                      integers(fields, "widths"),
                      fields.integer("kernel", ConvArchitecture.FITTING_KERNEL, MANY),
                      fields.constant("activation", ACTIVATIONS),
                      fields.integer("residual_blocks", 0, MANY),
                      fields.constant("resampling", RESAMPLINGS)));

  private static final String COLUMNS = "columns";

  private ConfigCodec() {}

  static Map<String, Object> write(Spec spec) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("architecture", FAMILIES.write(spec.architecture()));
    values.put("latent_stages", spec.stages().stream().map(LatentKinds.ALL::write).toList());
    spec.corruption()
        .ifPresent(corruption -> values.put("corruption", CorruptionKinds.ALL.write(corruption)));
    String loss =
        LOSSES.entrySet().stream()
            .filter(known -> known.getValue().equals(spec.output()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(null);
    Optional<TableSchema> columns = spec.output().columns();
    if (columns.isPresent()) {
      values.put("output", write(columns.get()));
    } else if (loss == null) {
      values.put("output", OutputKinds.ALL.write(spec.output()));
    } else {
      values.put("loss", loss);
    }
    values.put("penalty", write(spec.penalty()));
    values.put(OPTIMIZER, OptimizerCodec.write(spec.optimizer()));
    if (spec.initialization() != Initialization.AUTOMATIC) {
      values.put("initialization", INITIALIZATIONS.of(spec.initialization()));
    }
    values.put("seed", spec.seed());
    requireReadable(spec, values);
    return values;
  }

  /** What could not be read again must not be written. */
  private static void requireReadable(Spec spec, Map<String, Object> values) {
    Spec copy;
    try {
      copy = read(Json.fields(values), () -> reread(spec.output().columns().orElseThrow()));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    if (!copy.architecture().equals(spec.architecture())
        || !copy.stages().equals(spec.stages())
        || !copy.output().equals(spec.output())
        || !copy.corruption().equals(spec.corruption())) {
      throw new IllegalStateException(spec + " cannot be represented in a model file");
    }
  }

  private static TableCodec.Stored reread(TableSchema schema) {
    byte[] bytes = TableCodec.write(schema);
    return new TableCodec.Stored(
        TableCodec.read(
            bytes,
            (at, reason) -> {
              throw new IllegalStateException(reason);
            }),
        TableCodec.digest(bytes));
  }

  /** Where the columns of a table are read from, if there are any. */
  @FunctionalInterface
  interface Columns {
    TableCodec.Stored read() throws IOException;
  }

  static Spec read(Fields fields, Columns columns) throws IOException {
    try {
      Fields penalty = fields.object("penalty");
      Spec spec =
          new Spec(
              FAMILIES.read(fields.object("architecture")),
              stages(fields.objects("latent_stages")),
              fields.has("output") ? output(fields.object("output"), columns) : loss(fields),
              new Penalty(penalty.number("l1"), penalty.number("l2")),
              fields.optional("corruption").map(corruption -> CorruptionKinds.ALL.read(corruption)),
              OptimizerCodec.read(fields.object(OPTIMIZER)),
              fields.has("initialization")
                  ? fields.constant("initialization", INITIALIZATIONS)
                  : Initialization.AUTOMATIC,
              fields.wholeNumber("seed"));
      penalty.end();
      return spec;
    } catch (IllegalArgumentException | ArithmeticException e) {
      // What the values' own constructors say.
      throw fields.refuse(null, "describes what cannot be: " + e.getMessage());
    }
  }

  /** In a loop, so that kinds that a file has none of need not be linked when a JVM starts. */
  private static List<LatentStage> stages(List<Fields> objects) {
    List<LatentStage> stages = new ArrayList<>();
    for (Fields stage : objects) {
      stages.add(LatentKinds.ALL.read(stage));
    }
    return List.copyOf(stages);
  }

  private static Map<String, Object> write(TableSchema schema) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("kind", COLUMNS);
    values.put("sha256", TableCodec.digest(TableCodec.write(schema)));
    return values;
  }

  private static Output output(Fields fields, Columns columns) throws IOException {
    if (!fields.text("kind").equals(COLUMNS)) {
      return OutputKinds.ALL.read(fields);
    }
    TableCodec.Stored stored = columns.read();
    if (!fields.text("sha256").equals(stored.sha256())) {
      throw fields.refuse("sha256", "is that of other columns than those of the file");
    }
    fields.end();
    return Output.columns(stored.schema());
  }

  private static Output loss(Fields fields) {
    String name = fields.text("loss");
    Output output = LOSSES.get(name);
    if (output == null) {
      throw fields.refuse(
          "loss", "is \"%s\", but should be one of %s".formatted(name, LOSSES.keySet()));
    }
    return output;
  }

  static List<Integer> integers(Fields fields, String name) {
    List<Integer> numbers = fields.integers(name, 1, Integer.MAX_VALUE);
    if (numbers.size() > MANY) {
      throw fields.refuse(name, "has more than %s numbers".formatted(MANY));
    }
    return numbers;
  }

  private static List<Integer> strides(Fields fields) {
    List<Integer> strides = integers(fields, "strides");
    // No wrapping round to the product that is asked for.
    if (strides.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b)
        > Integer.MAX_VALUE) {
      throw fields.refuse("strides", "are larger than any image");
    }
    return strides;
  }

  private static Map<String, Object> write(ImageShape shape) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("height", shape.height());
    values.put("width", shape.width());
    values.put("channels", shape.channels());
    return values;
  }

  private static ImageShape shape(Fields fields) {
    ImageShape shape =
        new ImageShape(
            fields.integer("height", 1, Integer.MAX_VALUE),
            fields.integer("width", 1, Integer.MAX_VALUE),
            fields.integer("channels", 1, Integer.MAX_VALUE));
    fields.end();
    return shape;
  }

  private static Map<String, Object> write(Penalty penalty) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("l1", penalty.l1());
    values.put("l2", penalty.l2());
    return values;
  }
}
