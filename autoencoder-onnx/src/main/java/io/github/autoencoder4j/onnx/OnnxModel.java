package io.github.autoencoder4j.onnx;

import io.github.autoencoder4j.internal.files.AtomicFile;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.latent.Condition;
import io.github.autoencoder4j.network.Spec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;

/** An ONNX model, to be saved to a file or handed to a runtime. Immutable. */
public final class OnnxModel {

  /** The version of the operators. Later ones have axes as inputs, for which there is no need. */
  private static final int OPSET = 17;

  private static final int IR_VERSION = 8;

  /** Tells the models of this library from others. */
  static final String PRODUCER = "Autoencoder4J";

  private final ModelProto proto;

  private OnnxModel(ModelProto proto) {
    this.proto = proto;
  }

  static OnnxModel of(GraphProto graph, Spec spec) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName(PRODUCER)
            .setDomain("io.github.autoencoder4j")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setGraph(graph);
    String version = Onnx.class.getPackage().getImplementationVersion();
    if (version != null) {
      model.setProducerVersion(version);
    }
    describe(model, "architecture", spec.architecture().toString());
    describe(
        model,
        "latent stages",
        spec.stages().stream().map(stage -> stage.describe()).collect(Collectors.joining(", ")));
    describe(model, "output", spec.output().describe());
    describe(model, "seed", Long.toString(spec.seed()));
    List<String> classes = spec.condition().map(Condition::classes).orElse(List.of());
    for (int i = 0; i < classes.size(); i++) {
      describe(model, "class " + i, classes.get(i));
    }
    return new OnnxModel(model.build());
  }

  private static void describe(ModelProto.Builder model, String key, String value) {
    model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
  }

  /**
   * Saves the model. A file that is there already is replaced once the new one is complete, never
   * half.
   *
   * @param file ending in {@code .onnx} by custom
   * @throws UncheckedIOException if it cannot be written, such as where the folder does not exist
   */
  public void save(Path file) {
    AtomicFile.requireFolder("the ONNX model", file);
    try {
      AtomicFile.write(file, Disk.SYSTEM, this::writeTo);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the ONNX model could not be saved as %s (%s); a file that was there before is unharmed"
              .formatted(file, e),
          e);
    }
  }

  /**
   * Writes the model to a stream, which stays open.
   *
   * @param out receives the bytes of an {@code .onnx} file
   * @throws IOException if the stream cannot be written to
   */
  public void writeTo(OutputStream out) throws IOException {
    proto.writeTo(out);
  }

  /**
   * Gives the bytes of the model, as runtimes take them.
   *
   * @return those of an {@code .onnx} file
   */
  public byte[] toBytes() {
    return proto.toByteArray();
  }
}
