package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.exception.UnreadableModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A stream in a temporary file, since models are read from several places at once. */
public final class ModelStream implements AutoCloseable {

  /** What exceptions call it. */
  public static final Path NAME = Path.of("stream");

  /** How every model begins: with the first entry of a zip. */
  private static final byte[] START = {'P', 'K', 3, 4};

  /** Bytes of a stream that an array can hold with what comes before. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 64;

  private final Path file;

  private ModelStream(Path file) {
    this.file = file;
  }

  /**
   * Copies a stream.
   *
   * @param in read to its end, unless it cannot be a model; not closed
   * @return to be closed, which deletes the copy
   * @throws IOException if the stream cannot be read or the copy not written
   * @throws UnreadableModelException if it does not begin as a model, or is longer than any
   */
  public static ModelStream of(InputStream in) throws IOException {
    return of(in, ContainerFormat.MAX_FILE);
  }

  static ModelStream of(InputStream in, long longest) throws IOException {
    requireStart(in);
    ModelStream stream = new ModelStream(Files.createTempFile("autoencoder", ".aemodel"));
    try {
      stream.copy(in, longest);
      return stream;
    } catch (Throwable failure) {
      stream.close();
      throw failure;
    }
  }

  /**
   * Copies a stream into memory.
   *
   * @param in read to its end, unless it cannot be a model; not closed
   * @return all of it
   * @throws IOException if the stream cannot be read
   * @throws UnreadableModelException if it does not begin as a model, or is longer than an array
   */
  static byte[] bytes(InputStream in) throws IOException {
    requireStart(in);
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    copy.writeBytes(START);
    copy.writeBytes(in.readNBytes(LONGEST_ARRAY));
    if (in.read() >= 0) {
      throw new UnreadableModelException(
          NAME, LONGEST_ARRAY, "it goes on, though no array is that long; load it from a file");
    }
    return copy.toByteArray();
  }

  private static void requireStart(InputStream in) throws IOException {
    byte[] start = in.readNBytes(START.length);
    if (!Arrays.equals(start, START)) {
      throw new UnreadableModelException(
          NAME, 0, start.length == 0 ? "it is empty" : "it does not begin as a model file does");
    }
  }

  private void copy(InputStream in, long longest) throws IOException {
    long length = START.length;
    byte[] chunk = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(START);
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        length += n;
        if (length > longest) {
          throw new UnreadableModelException(
              NAME, longest, "it goes on, though no model is that long");
        }
        out.write(chunk, 0, n);
      }
    }
  }

  /**
   * Where the copy is.
   *
   * @return a file
   */
  public Path path() {
    return file;
  }

  /** Deletes the copy. Closing twice is harmless. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
