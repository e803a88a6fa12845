package io.github.autoencoder4j.internal.sources;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.table.TableSchema;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A user's source for one call, held to what {@link ImageSource} says of it, so that nobody else
 * has to look.
 *
 * <p>What it throws is the same whoever reads it: runtime exceptions and errors as they are,
 * anything else in an {@link UnusableDataException} that names the sample. The compiler lets no
 * source throw checked exceptions, but those written in Kotlin or with Lombok do, and code that
 * passes failures from thread to thread must not stumble over them.
 *
 * <p>Its size and shape stay what they were at the first question, for which memory was made and
 * batches were counted. It is handed the room of one sample and no more, and has to fill it.
 */
public final class CheckedSource implements ImageSource {

  private static final int UNKNOWN = -1;

  private final ImageSource source;
  private final AtomicInteger size = new AtomicInteger(UNKNOWN);
  private final AtomicReference<@Nullable ImageShape> shape = new AtomicReference<>();

  private CheckedSource(ImageSource source) {
    this.source = source;
  }

  /**
   * Returns a view of a source.
   *
   * @param source any
   * @return the source itself if it is such a view already, or made of one
   */
  public static ImageSource of(ImageSource source) {
    return source instanceof CheckedSource || source instanceof ConditionedSource
        ? source
        : new CheckedSource(Objects.requireNonNull(source, "source"));
  }

  /** What it is a view of. */
  ImageSource source() {
    return source;
  }

  @Override
  public int size() {
    int now;
    try {
      now = source.size();
    } catch (Throwable e) {
      throw UnusableDataException.ofReading("the number of samples", e);
    }
    if (now < 0) {
      throw new UnusableDataException("a source says that it has %s samples".formatted(now));
    }
    if (!size.compareAndSet(UNKNOWN, now) && size.get() != now) {
      throw changed("size", size.get(), now);
    }
    return now;
  }

  @Override
  public ImageShape shape() {
    ImageShape now;
    try {
      now = source.shape();
    } catch (Throwable e) {
      throw UnusableDataException.ofReading("the shape of the samples", e);
    }
    if (!shape.compareAndSet(null, now) && !now.equals(shape.get())) {
      throw changed("shape", Objects.requireNonNull(shape.get()), now);
    }
    return now;
  }

  @Override
  public Optional<TableSchema> columns() {
    try {
      return source.columns();
    } catch (Throwable e) {
      throw UnusableDataException.ofReading("the columns of the samples", e);
    }
  }

  private static UnusableDataException changed(String what, Object then, Object now) {
    return new UnusableDataException(
        ("the %s of a source changed from %s to %s while it was read; a source must keep its size"
                + " and its shape until the call that reads it has ended, so give what grows or"
                + " shrinks as a slice(...) or a copy of what is there")
            .formatted(what, then, now));
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
    int start = destination.position();
    FloatBuffer sample = destination.slice(start, shape().size());
    try {
      source.read(index, sample);
    } catch (Throwable e) {
      throw unreadable(index, e);
    }
    if (sample.hasRemaining()) {
      throw new UnusableDataException(
          ("sample %s is not whole: its source left the buffer after %s of %s values; read(index,"
                  + " buffer) has to put all of them")
              .formatted(index, sample.position(), sample.capacity()));
    }
    destination.position(start + sample.capacity());
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
