package io.github.autoencoder4j.internal.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Collects named documents and tensors, and writes them as one file: a zip whose every byte follows
 * from its contents, so that equal contents make equal files and a reader can check each bit.
 *
 * <pre>{@code
 * new ContainerWriter()
 *     .document("config.json", Map.of("schema", 1))
 *     .tensor("weights", List.of(2, 3), FloatBuffer.wrap(weights))
 *     .writeTo(out);
 * }</pre>
 */
public final class ContainerWriter {

  private final Map<String, byte[]> documents = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /** Starts with nothing. */
  public ContainerWriter() {}

  /**
   * Adds a JSON object, on lines for people to read, or on one if it is too long for that.
   *
   * @param name a file name of small letters, digits, dots and dashes
   * @param content text, numbers, truth values, lists and maps by name
   * @return this writer
   * @throws IllegalArgumentException if the name is taken or no name, or there is more than a
   *     reader accepts
   */
  public ContainerWriter document(String name, Map<String, ?> content) {
    // What its own reader would refuse must not reach a disk.
    Json.fields(content);
    byte[] lines = Json.write(content);
    return text(name, lines.length <= ContainerFormat.MAX_DOCUMENT ? lines : Json.line(content));
  }

  /**
   * Adds a text.
   *
   * @param name a file name of small letters, digits, dots and dashes
   * @param content the text
   * @return this writer
   * @throws IllegalArgumentException if the name is taken or no name, or the text is too long
   */
  public ContainerWriter text(String name, String content) {
    return text(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private ContainerWriter text(String name, byte[] content) {
    if (!ContainerFormat.isDocumentName(name)) {
      throw new IllegalArgumentException(
          "a document needs a name of up to 64 small letters, digits, dots and dashes, not "
              + name);
    }
    if (content.length > ContainerFormat.MAX_DOCUMENT) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the document %s has %,d bytes, but may have at most %,d",
              name,
              content.length,
              ContainerFormat.MAX_DOCUMENT));
    }
    if (documents.size() + 2 == ContainerFormat.MAX_ENTRIES
        || name.equals(ContainerFormat.MANIFEST)
        || name.equals(ContainerFormat.TENSORS)
        || documents.putIfAbsent(name, content) != null) {
      throw new IllegalArgumentException(
          "there is a document %s already, or there are too many".formatted(name));
    }
    return this;
  }

  /**
   * Adds numbers, row-major.
   *
   * @param name unique in the file
   * @param shape how many there are along each dimension
   * @param values from position to limit; read when the file is written, not copied
   * @return this writer
   * @throws IllegalArgumentException if the name is taken or no name, or the shape does not fit
   */
  public ContainerWriter tensor(String name, List<Integer> shape, FloatBuffer values) {
    return tensor(new Tensor(name, TensorType.FLOAT32, shape, values));
  }

  /**
   * Adds numbers, row-major.
   *
   * @param name unique in the file
   * @param shape how many there are along each dimension
   * @param values from position to limit; read when the file is written, not copied
   * @return this writer
   * @throws IllegalArgumentException if the name is taken or no name, or the shape does not fit
   */
  public ContainerWriter tensor(String name, List<Integer> shape, DoubleBuffer values) {
    return tensor(new Tensor(name, TensorType.FLOAT64, shape, values));
  }

  /**
   * Adds numbers, row-major.
   *
   * @param name unique in the file
   * @param shape how many there are along each dimension
   * @param values from position to limit; read when the file is written, not copied
   * @return this writer
   * @throws IllegalArgumentException if the name is taken or no name, or the shape does not fit
   */
  public ContainerWriter tensor(String name, List<Integer> shape, LongBuffer values) {
    return tensor(new Tensor(name, TensorType.INT64, shape, values));
  }

  /**
   * Adds bytes.
   *
   * @param name unique in the file
   * @param values all of them; read when the file is written, not copied
   * @return this writer
   * @throws IllegalArgumentException if the name is taken or no name
   */
  ContainerWriter bytes(String name, byte[] values) {
    return tensor(
        new Tensor(name, TensorType.UINT8, List.of(values.length), ByteBuffer.wrap(values)));
  }

  private ContainerWriter tensor(Tensor tensor) {
    if (tensors.size() == ContainerFormat.MAX_TENSORS) {
      throw new IllegalArgumentException(
          "a file can hold %s tensors, but %s would be one more"
              .formatted(ContainerFormat.MAX_TENSORS, tensor.name()));
    }
    if (tensors.putIfAbsent(tensor.name(), tensor) != null) {
      throw new IllegalArgumentException("there is a tensor %s already".formatted(tensor.name()));
    }
    return this;
  }

  /**
   * Writes the file.
   *
   * @param out where to; not closed
   * @throws IOException if {@code out} fails
   * @throws IllegalArgumentException if the file would exceed 4 GiB, before anything is written
   */
  public void writeTo(OutputStream out) throws IOException {
    CRC32 crc = new CRC32();
    byte[] manifest = manifest(crc);
    List<StoredEntry> entries = new ArrayList<>();
    documents.forEach((name, text) -> entries.add(entry(entries, name, text)));
    entries.add(entry(entries, ContainerFormat.MANIFEST, manifest));
    long size = tensors.values().stream().mapToLong(Tensor::bytes).sum();
    entries.add(
        new StoredEntry(ContainerFormat.TENSORS, size, (int) crc.getValue(), next(entries)));
    long directory = next(entries);
    long directorySize = entries.stream().mapToLong(entry -> entry.centralHeader().length).sum();
    if (directory + directorySize + StoredEntry.END_RECORD > ContainerFormat.MAX_FILE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a model file can hold 4 GiB, but this one would need %,d bytes",
              directory));
    }
    int i = 0;
    for (byte[] text : documents.values()) {
      out.write(entries.get(i++).localHeader());
      out.write(text);
    }
    out.write(entries.get(i++).localHeader());
    out.write(manifest);
    out.write(entries.get(i).localHeader());
    for (Tensor tensor : tensors.values()) {
      tensor.stream((bytes, length) -> out.write(bytes, 0, length));
    }
    for (StoredEntry entry : entries) {
      out.write(entry.centralHeader());
    }
    out.write(StoredEntry.endRecord(entries.size(), directorySize, directory));
  }

  private static StoredEntry entry(List<StoredEntry> before, String name, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return new StoredEntry(name, content.length, (int) crc.getValue(), next(before));
  }

  private static long next(List<StoredEntry> entries) {
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
  }

  /** The table of contents; on the way all tensors pass through {@code crc}. */
  private byte[] manifest(CRC32 crc) throws IOException {
    Map<String, String> digests = new LinkedHashMap<>();
    documents.forEach(
        (name, text) -> digests.put(name, hexadecimal(ContainerFormat.sha256().digest(text))));
    List<Map<String, Object>> table = new ArrayList<>();
    long offset = 0;
    for (Tensor tensor : tensors.values()) {
      MessageDigest digest = ContainerFormat.sha256();
      tensor.stream(
          (bytes, length) -> {
            crc.update(bytes, 0, length);
            digest.update(bytes, 0, length);
          });
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("name", tensor.name());
      line.put("type", TensorType.NAMES.of(tensor.type()));
      line.put("shape", tensor.shape());
      line.put("offset", offset);
      line.put("sha256", hexadecimal(digest.digest()));
      table.add(line);
      offset += tensor.bytes();
    }
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("container", 1);
    manifest.put("documents", digests);
    manifest.put("tensors", table);
    byte[] text = Json.write(manifest);
    if (text.length > ContainerFormat.MAX_MANIFEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a model file can name tensors in %,d bytes, but these need %,d",
              ContainerFormat.MAX_MANIFEST,
              text.length));
    }
    return text;
  }

  static String hexadecimal(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
