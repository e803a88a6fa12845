package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.internal.files.Uninterrupted;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** Opens models, and says what is wrong where that fails. */
public final class ModelReading {

  private ModelReading() {}

  /**
   * What is read from an open file.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Content<T> {

    /**
     * Reads it.
     *
     * @param reader an open file
     * @return what came of it
     * @throws IOException if it cannot be read
     */
    T of(ContainerReader reader) throws IOException;
  }

  /**
   * Reads a file, whether or not this thread is interrupted.
   *
   * @param <T> what comes of it
   * @param file a model file
   * @param content what is read of it
   * @return what came of it
   * @throws UnreadableModelException if it is no model
   * @throws UncheckedIOException if it does not exist or cannot be read
   */
  public static <T> T of(Path file, Content<T> content) {
    try {
      return Uninterrupted.read(
          () -> {
            try (ContainerReader reader = ContainerReader.open(file)) {
              return content.of(reader);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(
          e instanceof NoSuchFileException
              ? "there is no model file %s (looked for at %s)"
                  .formatted(file, file.toAbsolutePath())
              : "the model %s cannot be read: %s".formatted(file, e),
          e);
    }
  }

  /**
   * Reads a stream by way of a temporary file.
   *
   * @param <T> what comes of it
   * @param in one model and nothing after it; read to its end, not closed
   * @param content what is read of it
   * @return what came of it
   * @throws UnreadableModelException if it is no model
   * @throws UncheckedIOException if it cannot be read
   */
  public static <T> T of(InputStream in, Content<T> content) {
    try (ModelStream file = ModelStream.of(Objects.requireNonNull(in, "in"))) {
      return of(file.path(), content);
    } catch (IOException e) {
      throw unreadable(e);
    } catch (UnreadableModelException e) {
      throw new UnreadableModelException(ModelStream.NAME, e.offset(), e.reason());
    }
  }

  /**
   * Reads a stream into memory, where no file can be written.
   *
   * @param <T> what comes of it
   * @param in one model of less than 2 GB and nothing after it; read to its end, not closed
   * @param content what is read of it
   * @return what came of it
   * @throws UnreadableModelException if it is no model
   * @throws UncheckedIOException if it cannot be read
   */
  public static <T> T inMemory(InputStream in, Content<T> content) {
    try (ContainerReader reader =
        ContainerReader.open(
            ModelStream.NAME, ModelStream.bytes(Objects.requireNonNull(in, "in")))) {
      return content.of(reader);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException("the model cannot be read from its stream: " + e, e);
  }
}
