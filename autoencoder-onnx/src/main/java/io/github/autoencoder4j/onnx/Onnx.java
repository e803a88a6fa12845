package io.github.autoencoder4j.onnx;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.network.StagePlan;
import io.github.autoencoder4j.runtime.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The door to ONNX. Turns a trained autoencoder, or half of it, into an ONNX model, which gives the
 * same numbers to 1e-5 wherever ONNX runs, in C++, Python, C#, JavaScript or on a phone, without
 * Java.
 *
 * <pre>{@code
 * Onnx.encoder(autoencoder).save(Path.of("encoder.onnx"));
 * Onnx.decoder(autoencoder).save(Path.of("decoder.onnx"));
 * }</pre>
 *
 * <pre>{@code
 * # Python
 * code = onnxruntime.InferenceSession("encoder.onnx").run(["code"], {"sample": pictures})[0]
 * }</pre>
 *
 * <p>Models are of opset 17. Pictures are {@code [n, channels, height, width]} floats in [0, 1],
 * rows {@code [n, values]}, scaled as {@code TableSchema.encode} scales them where there is a
 * schema; codes are {@code [n, channels, height, width]} of convolutional networks and {@code [n,
 * values]} of dense ones; {@code n} is free. Inputs and outputs are called {@code sample}, {@code
 * code} and {@code reconstruction}. All is as in inference: no corruption, no dropout, no noise on
 * codes, the mean of a variational code. Weights have the names that they have in model files. The
 * metadata of the model name the library, the seed and what the autoencoder is built of.
 *
 * <p>Where it is conditioned on classes, all three models have a second input, {@code label}: a
 * 64-bit integer for each sample, {@code [n]}, its place among {@link Autoencoder#classes()}, whose
 * names are {@code class 0}, {@code class 1} and so on in the metadata. A place that is not there,
 * below 0 or beyond the last, is looked up by a {@code Gather}, for which ONNX calls it an error:
 * ONNX Runtime on the processor refuses the run. {@link Autoencoder#decode(float[][], List)} has
 * names for that.
 *
 * <pre>{@code
 * # Python
 * labels = numpy.full(len(codes), 7)
 * sevens = onnxruntime.InferenceSession("decoder.onnx").run(None, {"code": codes, "label": labels})[0]
 * }</pre>
 *
 * <p>{@link #weights} is the way back: the weights of a model, for a network of the same layers.
 */
public final class Onnx {

  static final String SAMPLE = "sample";
  static final String CODE = "code";
  static final String RECONSTRUCTION = "reconstruction";

  private final Spec spec;
  private final Network network;
  private final Graph graph = new Graph();
  private final LearnedArrays arrays;
  private final ClassNodes classes;

  /** Protobuf ends at 2 GB; some of it is for what is not weights. */
  private static final long MOST_PARAMETERS = (Integer.MAX_VALUE - (1L << 20)) / Float.BYTES;

  private Onnx(Autoencoder autoencoder) {
    this.arrays = new LearnedArrays(autoencoder.weights());
    this.spec = autoencoder.spec().orElseThrow();
    this.network = Network.of(spec);
    this.classes = new ClassNodes(graph, network.conditions(), network.isFlat());
    requireRoom(network.size());
  }

  /**
   * Exports what turns samples into codes: the encoder with the latent stages.
   *
   * @param autoencoder trained
   * @return a model from {@code sample}, and {@code label} if there are classes, to {@code code}
   * @throws IllegalStateException if the autoencoder was not trained, or only a half of it loaded
   * @throws UnsupportedOperationException if a latent stage is not of this library, or there are
   *     more weights than the 2 GB of a model hold
   */
  public static OnnxModel encoder(Autoencoder autoencoder) {
    Onnx export = new Onnx(autoencoder);
    return export.model(CODE, export.encoded(export.sample()), export.codeSides());
  }

  /**
   * Exports what turns codes into samples: the decoder with the output.
   *
   * @param autoencoder trained
   * @return a model from {@code code}, and {@code label} if there are classes, to {@code
   *     reconstruction}
   * @throws IllegalStateException if the autoencoder was not trained, or only a half of it loaded
   * @throws UnsupportedOperationException if the output is not of this library, or there are more
   *     weights than the 2 GB of a model hold
   */
  public static OnnxModel decoder(Autoencoder autoencoder) {
    Onnx export = new Onnx(autoencoder);
    export.graph.input(CODE, export.codeSides());
    return export.model(RECONSTRUCTION, export.decoded(CODE), export.sampleSides());
  }

  /**
   * Exports the whole autoencoder.
   *
   * @param autoencoder trained
   * @return a model from {@code sample}, and {@code label} if there are classes, to {@code
   *     reconstruction}, by way of the code
   * @throws IllegalStateException if the autoencoder was not trained, or only a half of it loaded
   * @throws UnsupportedOperationException if a latent stage or the output is not of this library,
   *     or there are more weights than the 2 GB of a model hold
   */
  public static OnnxModel reconstruction(Autoencoder autoencoder) {
    Onnx export = new Onnx(autoencoder);
    String code = export.encoded(export.sample());
    return export.model(RECONSTRUCTION, export.decoded(code), export.sampleSides());
  }

  /**
   * Reads the weights of an ONNX model, whoever made it, for {@link Autoencoder#importWeights}: all
   * initializers of 32 or 64-bit floats, by their names. Weights that operators multiply as {@code
   * [in, out]} are turned to {@code [out, in]}, slopes of channels are one-dimensional; all other
   * layouts are those of {@link WeightArray} already. Numbers that only say shapes or places are
   * left out, and so are the constants of models that this library made.
   *
   * <pre>{@code
   * Weights theirs = Onnx.weights(Path.of("encoder.onnx")).with(Onnx.weights(Path.of("decoder.onnx")));
   * autoencoder.importWeights(theirs.withNames(Map.of("encoder.0", "encoder-1", "encoder.2", "bottleneck")));
   * }</pre>
   *
   * @param file an ONNX model, in one file of less than 2 GB
   * @return its arrays, in the order of the file
   * @throws UnreadableModelException if it is no ONNX model, a damaged one, one whose numbers have
   *     16 bits or lie in other files
   * @throws UncheckedIOException if it does not exist or cannot be read
   */
  public static Weights weights(Path file) {
    try {
      return Initializers.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(
          e instanceof NoSuchFileException
              ? "there is no file %s (looked for at %s)".formatted(file, file.toAbsolutePath())
              : "the ONNX model %s cannot be read: %s".formatted(file, e),
          e);
    }
  }

  static void requireRoom(long parameters) {
    if (parameters > MOST_PARAMETERS) {
      throw new UnsupportedOperationException(
          String.format(
              Locale.ROOT,
              "an ONNX model can hold %,d parameters, but this autoencoder has %,d; build a smaller one, or keep to model files",
              MOST_PARAMETERS,
              parameters));
    }
  }

  private OnnxModel model(String output, String value, List<Long> sides) {
    return OnnxModel.of(graph.output(output, value, sides), spec);
  }

  private String sample() {
    graph.input(SAMPLE, sampleSides());
    boolean isPicture = network.isFlat() && sampleSides().size() > 1;
    return isPicture ? graph.reshape(SAMPLE, 0, input().size()) : SAMPLE;
  }

  private String encoded(String sample) {
    String value = layers(network.encoder(), classes.behind(sample, input()));
    StageNodes stages = new StageNodes(graph, arrays, network.isFlat());
    for (StagePlan stage : network.stages()) {
      value = stages.apply(stage, value);
    }
    return value;
  }

  private String decoded(String code) {
    String value = layers(network.decoder(), classes.behind(code, code()));
    value = new OutputNodes(graph, network.isFlat()).apply(spec.output(), input(), value);
    if (network.isFlat() && sampleSides().size() > 1) {
      ImageShape shape = input();
      value = graph.reshape(value, 0, shape.channels(), shape.height(), shape.width());
    }
    return value;
  }

  private String layers(List<LayerPlan> plans, String fed) {
    String value = fed;
    for (LayerPlan plan : plans) {
      value = plan.match(new LayerNodes(graph, arrays, value));
    }
    return value;
  }

  private ImageShape input() {
    return spec.architecture().input();
  }

  private ImageShape code() {
    return spec.architecture().latent();
  }

  private List<Long> sampleSides() {
    return sides(input());
  }

  private List<Long> codeSides() {
    return sides(code());
  }

  /** Convolutions see pictures, even of one pixel. */
  private List<Long> sides(ImageShape shape) {
    return network.isFlat() && shape.isVector()
        ? List.of((long) shape.size())
        : List.of((long) shape.channels(), (long) shape.height(), (long) shape.width());
  }
}
