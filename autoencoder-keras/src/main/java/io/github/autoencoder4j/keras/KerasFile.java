package io.github.autoencoder4j.keras;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.model.WeightArray;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The two kinds of files that Keras saves whole models in, and the variables in them. */
final class KerasFile implements AutoCloseable {

  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private static final int LARGEST_CONFIG = 1 << 24;

  /** What the weights of a small file may unpack to. */
  private static final long UNPACKED = 1 << 28;

  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final byte[] ZIP = {'P', 'K'};

  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final JsonNode config;
  private final HdfFile variables;

  /** Names of variables are said by attributes; else they are numbered, by layer. */
  private final @Nullable Group named;

  private KerasFile(Path file, JsonNode config, HdfFile variables, @Nullable Group named) {
    this.file = file;
    this.config = config;
    this.variables = variables;
    this.named = named;
  }

  static KerasFile open(Path file) throws IOException {
    if (startsWith(file, ZIP)) {
      return openZip(file);
    }
    if (!startsWith(file, HDF5)) {
      throw unreadable(file, "it is neither a .keras file nor an .h5 file of Keras");
    }
    if (Files.size(file) > LARGEST) {
      throw unreadable(file, "it has more than the 2 GB that are read");
    }
    HdfFile variables = hdf(file, Files.readAllBytes(file));
    return guarded(
        file,
        () -> {
          if (!(value(variables.getAttributes().get("model_config")) instanceof String text)
              || !(variables.getChildren().get("model_weights") instanceof Group named)) {
            throw unreadable(
                file,
                "it has no configuration that says what the weights are: save the whole model, by"
                    + " model.save(...)");
          }
          return new KerasFile(file, json(file, text), variables, named);
        });
  }

  private static KerasFile openZip(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      // Weights hardly get smaller by compression: what unpacks to much more is made to do harm.
      long most = Math.min(LARGEST, Math.max(UNPACKED, 100 * Files.size(file)));
      byte[] text = entry(file, zip, CONFIG, LARGEST_CONFIG);
      JsonNode config = json(file, new String(text, UTF_8));
      return new KerasFile(file, config, hdf(file, entry(file, zip, WEIGHTS, (int) most)), null);
    } catch (ZipException e) {
      throw unreadable(file, "it is no whole zip: " + e.getMessage());
    }
  }

  private static byte[] entry(Path file, ZipFile zip, String name, int most) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw unreadable(file, "it has no entry %s, as Keras 3 writes".formatted(name));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(most);
      if (in.read() >= 0) {
        throw unreadable(
            file, "its %s unpacks to more than the %s bytes that are read".formatted(name, most));
      }
      return bytes;
    }
  }

  private static boolean startsWith(Path file, byte[] wanted) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(wanted.length), wanted);
    }
  }

  private static JsonNode json(Path file, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw unreadable(file, "the JSON of its configuration is wrong: " + e.getOriginalMessage());
    }
  }

  private static HdfFile hdf(Path file, byte[] bytes) {
    return guarded(file, () -> HdfFile.fromBytes(bytes));
  }

  /** What reads HDF5 has exceptions of many kinds for files that are damaged. */
  private static <T> T guarded(Path file, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (UnreadableModelException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw unreadable(file, "its HDF5 is damaged, or of a kind that is not known: " + e);
    }
  }

  private static UnreadableModelException unreadable(Path file, String reason) {
    return new UnreadableModelException(file, 0, reason);
  }

  private static @Nullable Object value(@Nullable Attribute attribute) {
    return attribute == null ? null : attribute.getData();
  }

  /** What the model and its layers were told. */
  JsonNode config() {
    return config;
  }

  /**
   * Reads a variable.
   *
   * @param name its name, of "kernel" and "bias"
   * @param number its number among those of its layer
   * @param dimensions how many it must have
   */
  WeightArray variable(KerasLayer layer, String name, int number, int dimensions) {
    return guarded(
        file,
        () -> {
          Group group = named;
          Node found =
              group == null
                  ? at(variables, layer.path() + "/vars/" + number)
                  : named(group, layer.names(), name);
          if (!(found instanceof Dataset dataset)) {
            throw unreadable(
                file,
                "it has no %s of the layer %s where Keras puts it"
                    .formatted(name, String.join(".", layer.names())));
          }
          return array(dataset, dimensions);
        });
  }

  private static @Nullable Node at(Group group, String path) {
    Node node = group;
    for (String step : path.split("/", -1)) {
      node = node instanceof Group inner ? inner.getChildren().get(step) : null;
    }
    return node;
  }

  /** Within a group for each layer or inner model, by paths that end in "layer/variable:0". */
  private static @Nullable Node named(Group all, List<String> names, String variable) {
    String layer = names.get(names.size() - 1);
    if (!(all.getChildren().get(names.get(0)) instanceof Group group)
        || !(value(group.getAttributes().get("weight_names")) instanceof String[] paths)) {
      return null;
    }
    String end = "/" + layer + "/" + variable;
    List<String> fitting =
        Arrays.stream(paths)
            .filter(path -> ("/" + path).endsWith(end) || ("/" + path).endsWith(end + ":0"))
            .toList();
    return fitting.size() == 1 ? at(group, fitting.get(0)) : null;
  }

  private WeightArray array(Dataset dataset, int dimensions) {
    List<Integer> shape = Arrays.stream(dataset.getDimensions()).boxed().toList();
    if (shape.size() != dimensions || shape.contains(0)) {
      throw unreadable(
          file,
          "%s has shape %s, but should have %s dimensions"
              .formatted(dataset.getPath(), shape, dimensions));
    }
    Object numbers = dataset.getDataFlat();
    if (numbers instanceof float[] floats) {
      return new WeightArray(dataset.getName(), shape, FloatBuffer.wrap(floats));
    }
    if (numbers instanceof double[] doubles) {
      FloatBuffer floats = FloatBuffer.allocate(doubles.length);
      for (double number : doubles) {
        floats.put((float) number);
      }
      return new WeightArray(dataset.getName(), shape, floats.flip());
    }
    throw unreadable(
        file,
        "%s has numbers of type %s, but only floats of 16, 32 and 64 bits can be read"
            .formatted(dataset.getPath(), dataset.getJavaType().getSimpleName()));
  }

  @Override
  public void close() {
    variables.close();
  }
}
