package io.github.autoencoder4j.datasets.internal.idx;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.internal.archive.Gzip;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads one IDX file of unsigned bytes: a magic number, one 32-bit big-endian size per dimension,
 * then the values. Sizes are claims, so memory is taken only for bytes that were really there, and
 * a packed file is not unpacked beyond what images shrink to.
 */
public final class IdxReader implements Closeable {

  private static final int LABELS_MAGIC = 2049;
  private static final int IMAGES_MAGIC = 2051;

  /** The longest array every JVM can allocate. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - 8;

  /** Digits shrink to a fifth; a bomb to a thousandth. */
  private static final long MAX_RATIO = 100;

  /**
   * Below this, ratios are nobody's harm: the images of MNIST would pass even if all were white.
   */
  private static final long ALWAYS_ALLOWED = 64L << 20;

  private final String name;
  private final InputStream in;
  private final long limit;
  private final boolean trusted;

  /**
   * Reads from a stream of our own, that is already unpacked, and whose header is believed.
   *
   * @param name what messages call it
   * @param in what it holds
   */
  public IdxReader(String name, InputStream in) {
    this(name, in, MAX_BYTES, true);
  }

  /** Reads from a stream of at most {@code limit} values that is already unpacked. */
  private IdxReader(String name, InputStream in, long limit, boolean trusted) {
    this.name = name;
    this.in = in;
    this.limit = limit;
    this.trusted = trusted;
  }

  /**
   * Opens a file.
   *
   * @param file plain or gzipped; its first two bytes tell which, not its name
   * @return to be closed
   * @throws UnusableDataException if it is damaged
   * @throws UncheckedIOException if it cannot be read
   */
  public static IdxReader open(Path file) {
    String name = file.toString();
    try {
      long limit = Math.max(ALWAYS_ALLOWED, MAX_RATIO * Files.size(file));
      return new IdxReader(name, Gzip.open(file), limit, false);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Reads a whole label file.
   *
   * @return one byte a sample
   * @throws UnusableDataException if it is damaged
   * @throws UncheckedIOException if it cannot be read
   */
  public byte[] labels() {
    try {
      checkMagic(LABELS_MAGIC, "label");
      int count = positive("label count");
      byte[] labels = body(count, count + " labels");
      checkEnd(count + " labels");
      return labels;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Reads a whole image file.
   *
   * @param labels one byte an image
   * @param names what they mean
   * @param labelsName the file they are from, for messages
   * @return all images, held in memory
   * @throws UnusableDataException if it is damaged or has another number of images
   * @throws UncheckedIOException if it cannot be read
   */
  public LabeledImageSource images(byte[] labels, LabelNames names, String labelsName) {
    try {
      checkMagic(IMAGES_MAGIC, "image");
      int count = positive("image count");
      if (count != labels.length) {
        throw new UnusableDataException(
            ("%s says it holds %s images, but %s holds %s labels; every image needs one label, so"
                    + " take both files from the same part of the same data set")
                .formatted(name, count, labelsName, labels.length));
      }
      int rows = positive("row count");
      int columns = positive("column count");
      String claim = "%s images of %s x %s".formatted(count, rows, columns);
      // Any product of two 31-bit sizes fits a long; dividing keeps the third from wrapping round.
      if ((long) rows * columns > MAX_BYTES / count) {
        throw new UnusableDataException(
            ("%s says it holds %s, but one source in memory may hold at most %s bytes; the header"
                    + " is damaged, or the file must be split")
                .formatted(name, claim, MAX_BYTES));
      }
      byte[] pixels = body(count * rows * columns, claim);
      checkEnd(claim);
      return LabeledImageSource.ofBytes(
          ImageShape.grey(rows, columns), pixels, names.indices(labels), names.names());
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private void checkMagic(int expected, String kind) throws IOException {
    int magic = nextInt("magic number");
    if (magic != expected) {
      String hint =
          magic == LABELS_MAGIC || magic == IMAGES_MAGIC
              ? "this is the magic number of %s files, so the two may have been swapped"
                  .formatted(magic == LABELS_MAGIC ? "label" : "image")
              : "this is no IDX file of unsigned bytes, so check where it came from";
      throw new UnusableDataException(
          "%s starts with the magic number %s (0x%08x), but IDX %s files start with %s; %s"
              .formatted(name, magic, magic, kind, expected, hint));
    }
  }

  private int positive(String what) throws IOException {
    int value = nextInt(what);
    if (value < 1) {
      String meaning = value == 0 ? "the file is empty" : "sizes over 2^31 - 1 overflow";
      throw new UnusableDataException(
          "%s gives a %s of %s, but it must lie in 1..2147483647; %s: use another copy of the file"
              .formatted(name, what, Integer.toUnsignedString(value), meaning));
    }
    return value;
  }

  private int nextInt(String what) throws IOException {
    byte[] bytes = in.readNBytes(Integer.BYTES);
    if (bytes.length < Integer.BYTES) {
      throw new UnusableDataException(
          ("%s ends within its header: the %s needs %s bytes, but only %s are there; the file is"
                  + " empty or truncated, so fetch it again")
              .formatted(name, what, Integer.BYTES, bytes.length));
    }
    return ByteBuffer.wrap(bytes).getInt();
  }

  private byte[] body(int length, String claim) throws IOException {
    int allowed = (int) Math.min(length, limit);
    byte[] values = trusted ? readAtOnce(allowed) : in.readNBytes(allowed);
    if (values.length < allowed) {
      throw new UnusableDataException(
          ("%s is truncated: its header says %s, which is %s bytes, but only %s follow; fetch the"
                  + " file again")
              .formatted(name, claim, length, values.length));
    }
    if (allowed < length) {
      throw new UnusableDataException(
          ("%s unpacks to %s, which is %s bytes and over %s times its size, as no images do; fetch"
                  + " it again, or unpack it and read that if you know where it is from")
              .formatted(name, claim, length, MAX_RATIO));
    }
    return values;
  }

  /** Where {@link InputStream#readNBytes(int)} grows with what is really there, and copies it. */
  private byte[] readAtOnce(int length) throws IOException {
    byte[] values = new byte[length];
    int read = in.readNBytes(values, 0, length);
    return read == length ? values : Arrays.copyOf(values, read);
  }

  private void checkEnd(String claim) throws IOException {
    if (in.read() >= 0) {
      throw new UnusableDataException(
          ("%s goes on after the %s its header announces; the header or the file is damaged, so"
                  + " fetch it again")
              .formatted(name, claim));
    }
  }

  private static RuntimeException unreadable(String name, IOException e) {
    if (e instanceof FileSystemException) {
      return new UncheckedIOException("cannot read %s: %s".formatted(name, e), e);
    }
    return new UnusableDataException(
        "%s cannot be read to its end (%s); it is corrupt or truncated, so fetch it again"
            .formatted(name, e.getMessage()),
        e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + name, e);
    }
  }
}
