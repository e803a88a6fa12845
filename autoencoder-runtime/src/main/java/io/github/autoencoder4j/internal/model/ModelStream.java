package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.exception.UnreadableModelException;
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
    byte[] start = in.readNBytes(START.length);
    if (!Arrays.equals(start, START)) {
      throw new UnreadableModelException(
          NAME, 0, start.length == 0 ? "it is empty" : "it does not begin as a model file does");
    }
    ModelStream stream = new ModelStream(Files.createTempFile("autoencoder", ".aemodel"));
    try {
      stream.copy(in, longest);
      return stream;
    } catch (Throwable failure) {
      stream.close();
      throw failure;
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
