package io.github.autoencoder4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.model.ContainerReader;
import io.github.autoencoder4j.internal.model.Model;
import io.github.autoencoder4j.internal.model.ModelFile;
import io.github.autoencoder4j.internal.model.RawModel;
import io.github.autoencoder4j.internal.model.TensorInfo;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.testing.FuzzInputs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must hold of every file that is read as a model. */
public final class ModelFiles {

  private static final Path FILE = FuzzInputs.file();

  private ModelFiles() {}

  static byte[] fixture(String name) {
    try (InputStream in = ModelFiles.class.getResourceAsStream("/models/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether a file loads, as far as was looked: its header, its description, and the bytes of all
   * tensors; and, if it is to be thorough, the network, which must be the same when it is saved and
   * loaded again.
   */
  static boolean check(byte[] file, boolean thorough) throws IOException {
    Files.write(FILE, file);
    if (!isWhole(file)) {
      return false;
    }
    return !thorough || loads(file);
  }

  /** What a reader makes of a file without a network. */
  private static boolean isWhole(byte[] file) throws IOException {
    try (ContainerReader reader = ContainerReader.open(FILE)) {
      Map<TensorInfo, Buffer> numbers = new LinkedHashMap<>();
      reader.readAll(tensor -> numbers.computeIfAbsent(tensor, ModelFiles::room).duplicate());
      numbers.forEach(
          (tensor, values) ->
              assertThat(values).as(tensor.name()).isEqualTo(typed(bytes(tensor, file), tensor)));
      ModelFile.inspect(reader);
      return true;
    } catch (UnreadableModelException e) {
      check(e, FILE, file.length);
      return false;
    }
  }

  private static Buffer room(TensorInfo tensor) {
    return typed(ByteBuffer.allocate((int) tensor.bytes()), tensor);
  }

  private static ByteBuffer bytes(TensorInfo tensor, byte[] file) {
    return ByteBuffer.wrap(file, (int) tensor.offset(), (int) tensor.bytes()).slice();
  }

  private static Buffer typed(ByteBuffer bytes, TensorInfo tensor) {
    ByteBuffer ordered = bytes.order(ByteOrder.LITTLE_ENDIAN);
    return switch (tensor.type()) {
      case FLOAT32 -> ordered.asFloatBuffer();
      case FLOAT64 -> ordered.asDoubleBuffer();
      case INT32 -> ordered.asIntBuffer();
      case INT64 -> ordered.asLongBuffer();
      case UINT8 -> ordered;
    };
  }

  private static boolean loads(byte[] file) throws IOException {
    Model<Engine> model = read(file);
    if (model == null) {
      return false;
    }
    byte[] saved = write(model);
    requireSameNumbers(file, saved);
    model.engine().close(); // the bounds are of one model
    Files.write(FILE, saved);
    Model<Engine> again = Objects.requireNonNull(read(saved), "what was loaded cannot be saved");
    assertThat(ModelFile.differences(model.spec(), again.spec())).isEmpty();
    assertThat(again.part()).isEqualTo(model.part());
    assertThat(again.lineage()).hasToString(model.lineage().toString());
    assertThat(again.resumable()).isEqualTo(model.resumable());
    again.engine().close();
    return true;
  }

  private static @Nullable Model<Engine> read(byte[] file) throws IOException {
    try (ContainerReader reader = ContainerReader.open(FILE)) {
      return ModelFile.read(reader, Engine::blank);
    } catch (UnreadableModelException e) {
      check(e, FILE, file.length);
      return null;
    }
  }

  private static byte[] write(Model<Engine> model) throws IOException {
    Saving saving =
        switch (model.part()) {
          case WHOLE -> Saving.whole();
          case ENCODER -> Saving.encoder();
          case DECODER -> Saving.decoder();
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(model, model.resumable() ? saving.optimizerState() : saving).writeTo(out);
    return out.toByteArray();
  }

  /** A refusal names the file and a place in it. */
  public static void check(UnreadableModelException refusal, Path file, long size) {
    assertThat(refusal.file()).isEqualTo(file);
    assertThat(refusal.offset()).isBetween(0L, size);
    assertThat(refusal.reason()).isNotBlank();
  }

  /** What was read and written again has every tensor as it was, but for those made anew. */
  public static void requireSameNumbers(byte[] file, byte[] saved) throws IOException {
    Map<String, Buffer> before = tensors(RawModel.of(file));
    tensors(RawModel.of(saved))
        .forEach(
            (name, numbers) -> {
              // Durations are stored in seconds and kept in nanoseconds; all else is as it was.
              if (!name.startsWith("golden.") && !name.equals("history")) {
                assertThat(before.get(name)).as(name).isEqualTo(numbers);
              }
            });
  }

  private static Map<String, Buffer> tensors(RawModel file) throws IOException {
    Map<String, Buffer> tensors = new HashMap<>();
    ByteBuffer data = ByteBuffer.wrap(file.content("tensors.bin")).order(ByteOrder.LITTLE_ENDIAN);
    for (JsonNode line : file.json("manifest.json").get("tensors")) {
      ByteBuffer bytes = data.slice(line.get("offset").intValue(), (int) bytes(line));
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      boolean wide = line.get("type").textValue().equals("float64");
      // Any NaN is as good as another.
      tensors.put(line.get("name").textValue(), wide ? bytes.asDoubleBuffer() : bytes);
    }
    return tensors;
  }

  /** How many bytes a line of the manifest asks for. */
  static long bytes(JsonNode line) {
    long bytes =
        switch (line.path("type").asText()) {
          case "uint8" -> 1;
          case "float64", "int64" -> 8;
          default -> 4;
        };
    for (JsonNode side : line.path("shape")) {
      bytes *= side.asLong();
    }
    return bytes;
  }
}
