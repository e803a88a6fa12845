package io.github.autoencoder4j.internal.sources;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * A user's source, seen so that what it throws is the same whoever reads it: runtime exceptions and
 * errors as they are, anything else in an {@link UnusableDataException} that names the sample.
 *
 * <p>The compiler lets no source throw checked exceptions, but those written in Kotlin or with
 * Lombok do, and code that passes failures from thread to thread must not stumble over them.
 */
public final class CheckedSource implements ImageSource {

  private final ImageSource source;

  private CheckedSource(ImageSource source) {
    this.source = source;
  }

  /**
   * Returns a view of a source.
   *
   * @param source any
   * @return the source itself if it is such a view already
   */
  public static ImageSource of(ImageSource source) {
    return source instanceof CheckedSource
        ? source
        : new CheckedSource(Objects.requireNonNull(source, "source"));
  }

  @Override
  public int size() {
    try {
      return source.size();
    } catch (Throwable e) {
      throw UnusableDataException.ofReading("the number of samples", e);
    }
  }

  @Override
  public ImageShape shape() {
    try {
      return source.shape();
    } catch (Throwable e) {
      throw UnusableDataException.ofReading("the shape of the samples", e);
    }
  }

  @Override
  public void read(int index, float[] destination, int offset) {
    try {
      source.read(index, destination, offset);
    } catch (Throwable e) {
      throw unreadable(index, e);
    }
  }

  @Override
  public void read(int index, FloatBuffer destination) {
    try {
      source.read(index, destination);
    } catch (Throwable e) {
      throw unreadable(index, e);
    }
  }

  @Override
  public float[] get(int index) {
    try {
      return source.get(index);
    } catch (Throwable e) {
      throw unreadable(index, e);
    }
  }

  private static RuntimeException unreadable(int index, Throwable thrown) {
    return UnusableDataException.ofReading("sample " + index, thrown);
  }
}
