package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.exception.UnreadableModelException;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ContainerWriter} wrote, and nothing else: every byte of the file either follows
 * from its contents, which is demanded, or is covered by a CRC-32 and a SHA-256. The file is not
 * trusted: no size it states is believed before it was held against the length of the file.
 *
 * <p>Opening checks the layout and all documents; tensors are checked as they are read. What is
 * wrong is said by an {@link UnreadableModelException}; an {@link IOException} means that the disk
 * failed.
 */
public final class ContainerReader implements AutoCloseable {

  private final UntrustedFile file;
  private final byte[] chunk = new byte[Tensor.CHUNK];
  private final Map<String, StoredEntry> documents = new LinkedHashMap<>();
  private final Map<String, TensorInfo> tensors;
  private final StoredEntry data;

  private ContainerReader(UntrustedFile file) throws IOException {
    this.file = file;
    List<StoredEntry> entries = StoredEntries.read(file);
    this.data = entries.remove(entries.size() - 1);
    StoredEntry manifest = entries.remove(entries.size() - 1);
    requireName(ContainerFormat.MANIFEST, manifest);
    requireName(ContainerFormat.TENSORS, data);
    entries.forEach(entry -> documents.put(entry.name(), entry));
    Fields table = fields(manifest, ContainerFormat.MAX_MANIFEST);
    table.integer("container", 1, 1);
    checkDocuments(table.object("documents"));
    this.tensors = TensorTable.read(file, table, data);
    table.end();
  }

  /**
   * Opens a file and checks all of it but the tensors.
   *
   * @param file the file
   * @return to be closed
   * @throws IOException if the file cannot be opened or read
   * @throws UnreadableModelException if it is anything but a whole and unharmed container
   */
  public static ContainerReader open(Path file) throws IOException {
    return open(UntrustedFile.open(file));
  }

  /**
   * Opens a file in memory and checks all of it but the tensors.
   *
   * @param name what exceptions call it
   * @param bytes all of it
   * @return to be closed
   * @throws IOException never
   * @throws UnreadableModelException if it is anything but a whole and unharmed container
   */
  public static ContainerReader open(Path name, byte[] bytes) throws IOException {
    return open(UntrustedFile.of(name, bytes));
  }

  private static ContainerReader open(UntrustedFile opened) throws IOException {
    try {
      return new ContainerReader(opened);
    } catch (Throwable failure) {
      opened.close();
      throw failure;
    }
  }

  private void requireName(String name, StoredEntry entry) {
    if (!entry.name().equals(name)) {
      throw unreadable(
          entry.offset(), "entry %s stands where %s should be".formatted(entry.name(), name));
    }
  }

  private void checkDocuments(Fields digests) throws IOException {
    for (StoredEntry entry : documents.values()) {
      if (entry.size() > ContainerFormat.MAX_DOCUMENT) {
        throw unreadable(
            entry.dataOffset(),
            String.format(
                Locale.ROOT,
                "%s has %,d bytes, but no document has more than %,d",
                entry.name(),
                entry.size(),
                ContainerFormat.MAX_DOCUMENT));
      }
      CRC32 crc = new CRC32();
      MessageDigest digest = ContainerFormat.sha256();
      take(
          entry.dataOffset(),
          entry.size(),
          length -> {
            crc.update(chunk, 0, length);
            digest.update(chunk, 0, length);
          });
      requireCrc(entry, crc);
      requireDigest(entry.name(), entry.dataOffset(), digest, digests.text(entry.name()));
    }
    digests.end();
  }

  private void requireCrc(StoredEntry entry, CRC32 crc) {
    if ((int) crc.getValue() != entry.crc()) {
      throw unreadable(
          entry.dataOffset(), "%s is damaged: its CRC-32 is wrong".formatted(entry.name()));
    }
  }

  private void requireDigest(String name, long offset, MessageDigest digest, String expected) {
    if (!ContainerWriter.hexadecimal(digest.digest()).equals(expected)) {
      throw unreadable(offset, "%s is damaged: its SHA-256 is wrong".formatted(name));
    }
  }

  /**
   * The names of the documents.
   *
   * @return in the order of the file
   */
  public Set<String> documents() {
    return Set.copyOf(documents.keySet());
  }

  /**
   * A JSON object.
   *
   * @param name of the document
   * @return its fields
   * @throws IOException if the file cannot be read
   * @throws UnreadableModelException if there is no such document or it is no JSON object
   */
  public Fields document(String name) throws IOException {
    return fields(entry(name), ContainerFormat.MAX_DOCUMENT);
  }

  /**
   * A text.
   *
   * @param name of the document
   * @return all of it
   * @throws IOException if the file cannot be read
   * @throws UnreadableModelException if there is no such document or it is no text
   */
  public String text(String name) throws IOException {
    StoredEntry entry = entry(name);
    byte[] bytes = bytes(entry, ContainerFormat.MAX_DOCUMENT);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw unreadable(entry.dataOffset(), name + " is no text in UTF-8");
    }
  }

  private StoredEntry entry(String name) {
    StoredEntry entry = documents.get(name);
    if (entry == null) {
      throw unreadable(0, "there is no " + name);
    }
    return entry;
  }

  private Fields fields(StoredEntry entry, int limit) throws IOException {
    byte[] text = bytes(entry, limit);
    Function<String, UnreadableModelException> refusal =
        reason -> unreadable(entry.dataOffset(), "in %s, %s".formatted(entry.name(), reason));
    Map<String, Object> object;
    try {
      object = Json.read(text);
    } catch (IOException e) {
      throw refusal.apply("the JSON is wrong: " + e.getMessage());
    }
    return new Fields(object, "", refusal);
  }

  private byte[] bytes(StoredEntry entry, int limit) throws IOException {
    if (entry.size() > limit) {
      throw unreadable(
          entry.dataOffset(),
          String.format(
              Locale.ROOT,
              "%s has %,d bytes, but may have at most %,d",
              entry.name(),
              entry.size(),
              limit));
    }
    byte[] bytes = new byte[(int) entry.size()];
    file.fill(entry.dataOffset(), ByteBuffer.wrap(bytes));
    CRC32 crc = new CRC32();
    crc.update(bytes);
    requireCrc(entry, crc);
    return bytes;
  }

  /**
   * What tensors there are.
   *
   * @return in the order of the file
   */
  public List<TensorInfo> tensors() {
    return List.copyOf(tensors.values());
  }

  /**
   * What the file says of a tensor.
   *
   * @param name of the tensor
   * @param type what its numbers must be
   * @return where and how large it is
   * @throws UnreadableModelException if there is no such tensor, or its numbers are others
   */
  public TensorInfo tensor(String name, TensorType type) {
    TensorInfo tensor = tensors.get(name);
    if (tensor == null || tensor.type() != type) {
      throw unreadable(
          data.dataOffset(),
          "there is no tensor %s of %s".formatted(name, TensorType.NAMES.of(type)));
    }
    return tensor;
  }

  /**
   * Reads one tensor and checks its digest.
   *
   * @param tensor one of this file's
   * @param target takes as many values as it has room for: {@link TensorInfo#count()}
   * @throws IOException if the file cannot be read
   * @throws UnreadableModelException if the tensor is damaged
   */
  public void read(TensorInfo tensor, Buffer target) throws IOException {
    copy(tensor, target, new CRC32());
  }

  /**
   * Reads all tensors in one go and checks every digest.
   *
   * @param targets says where each tensor goes: a buffer with room for {@link TensorInfo#count()}
   *     values, or null to check it only
   * @throws IOException if the file cannot be read
   * @throws UnreadableModelException if a tensor is damaged
   */
  public void readAll(Function<TensorInfo, @Nullable Buffer> targets) throws IOException {
    CRC32 crc = new CRC32();
    for (TensorInfo tensor : tensors.values()) {
      copy(tensor, targets.apply(tensor), crc);
    }
    requireCrc(data, crc);
  }

  /**
   * Takes a number that was read for what it should be.
   *
   * @param tensor where it is from
   * @param index which of its values it is
   * @param value the number
   * @param greatest the largest allowed
   * @return the same number
   * @throws UnreadableModelException if it is not whole, negative or too large
   */
  public long wholeNumber(TensorInfo tensor, int index, double value, long greatest) {
    // Written so that NaN is refused too.
    if (!(value >= 0 && value <= greatest && value == Math.rint(value))) {
      throw unreadable(
          tensor.offset() + (long) index * tensor.type().bytes(),
          "value %s of tensor %s is %s, but should be a whole number from 0 to %s"
              .formatted(index, tensor.name(), value, greatest));
    }
    return (long) value;
  }

  private void copy(TensorInfo tensor, @Nullable Buffer target, CRC32 crc) throws IOException {
    if (target != null && target.remaining() != tensor.count()) {
      throw new IllegalArgumentException(
          "tensor %s has %s values, but there is room for %s"
              .formatted(tensor.name(), tensor.count(), target.remaining()));
    }
    MessageDigest digest = ContainerFormat.sha256();
    take(
        tensor.offset(),
        tensor.bytes(),
        length -> {
          digest.update(chunk, 0, length);
          crc.update(chunk, 0, length);
          if (target != null) {
            put(ByteBuffer.wrap(chunk, 0, length).order(ByteOrder.LITTLE_ENDIAN), target);
          }
        });
    requireDigest("tensor " + tensor.name(), tensor.offset(), digest, tensor.sha256());
  }

  private static void put(ByteBuffer bytes, Buffer target) {
    if (target instanceof FloatBuffer floats) {
      floats.put(bytes.asFloatBuffer());
    } else if (target instanceof DoubleBuffer doubles) {
      doubles.put(bytes.asDoubleBuffer());
    } else if (target instanceof LongBuffer longs) {
      longs.put(bytes.asLongBuffer());
    } else if (target instanceof IntBuffer ints) {
      ints.put(bytes.asIntBuffer());
    } else {
      ((ByteBuffer) target).put(bytes);
    }
  }

  /** Takes what lies in {@link #chunk}. */
  @FunctionalInterface
  private interface Piece {
    void take(int length);
  }

  private void take(long offset, long length, Piece piece) throws IOException {
    for (long done = 0; done < length; ) {
      int n = (int) Math.min(chunk.length, length - done);
      file.fill(offset + done, ByteBuffer.wrap(chunk, 0, n));
      piece.take(n);
      done += n;
    }
  }

  /**
   * Says what is wrong with the file.
   *
   * @param offset where, in bytes
   * @param reason half a sentence
   * @return to be thrown
   */
  public UnreadableModelException unreadable(long offset, String reason) {
    return file.unreadable(offset, reason);
  }

  /** Closes the file. Closing twice is harmless. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
