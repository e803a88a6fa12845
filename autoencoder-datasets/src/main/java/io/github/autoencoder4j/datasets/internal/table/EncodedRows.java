package io.github.autoencoder4j.datasets.internal.table;

import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.files.AtomicFile;
import io.github.autoencoder4j.internal.files.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Samples side by side, in memory or in a file of floats, the least significant byte first. */
public final class EncodedRows {

  /** About the size of a piece of memory, in floats. */
  private static final int PIECE = 1 << 22;

  private final int width;
  private final int rowsInPiece;
  private final List<FloatBuffer> pieces;
  private final int[] lines;

  private EncodedRows(int width, int rowsInPiece, List<FloatBuffer> pieces, int[] lines) {
    this.width = width;
    this.rowsInPiece = rowsInPiece;
    this.pieces = pieces;
    this.lines = lines;
  }

  private static int rowsInPiece(int width) {
    return Math.max(1, PIECE / width);
  }

  /** Takes the samples one by one. */
  @FunctionalInterface
  public interface Sink {

    /**
     * Takes one.
     *
     * @param line where its row begins
     * @param sample is copied
     * @throws IOException if it cannot be written
     */
    void take(long line, float[] sample) throws IOException;
  }

  /** Hands out samples; may be asked again, from the start. */
  @FunctionalInterface
  public interface Content {

    /**
     * Hands out all of them.
     *
     * @param sink takes them in order
     * @throws IOException if they cannot be read or taken
     */
    void into(Sink sink) throws IOException;
  }

  /**
   * Keeps samples in memory.
   *
   * @param width of a sample
   * @param content hands them out
   * @return the rows
   * @throws IOException if they cannot be read
   * @throws UnusableDataException if they take more than half of the heap
   */
  public static EncodedRows inMemory(int width, Content content) throws IOException {
    int inPiece = rowsInPiece(width);
    List<FloatBuffer> pieces = new ArrayList<>();
    Lines lines = new Lines();
    long most = Runtime.getRuntime().maxMemory() / 2 / Float.BYTES;
    content.into(
        (line, sample) -> {
          int row = lines.count;
          if ((row + 1L) * width > most) {
            throw new UnusableDataException(
                String.format(
                    Locale.ROOT,
                    "the first %,d rows of %,d values take half of the memory that Java may use; say packed(file) to keep them in a file, or start Java with a larger -Xmx",
                    row,
                    width));
          }
          if (row % inPiece == 0) {
            // The first piece grows, for small tables.
            pieces.add(FloatBuffer.allocate((row == 0 ? Math.min(16, inPiece) : inPiece) * width));
          }
          int last = pieces.size() - 1;
          FloatBuffer piece = pieces.get(last);
          if (!piece.hasRemaining()) {
            int larger = Math.min(inPiece * width, Math.multiplyExact(2, piece.capacity()));
            piece = FloatBuffer.wrap(Arrays.copyOf(piece.array(), larger)).position(row * width);
            pieces.set(last, piece);
          }
          piece.put(sample);
          lines.add(line);
        });
    return new EncodedRows(width, inPiece, pieces, lines.trimmed());
  }

  /**
   * Keeps samples in a file, which is replaced if it is there, and must stay as it is.
   *
   * @param width of a sample
   * @param file where to
   * @param content hands them out
   * @return the rows
   * @throws IOException if they cannot be read or written
   */
  public static EncodedRows packed(int width, Path file, Content content) throws IOException {
    Lines lines = new Lines();
    byte[] bytes = new byte[Math.multiplyExact(width, Float.BYTES)];
    FloatBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    AtomicFile.write(
        file,
        Disk.SYSTEM,
        out -> {
          lines.count = 0;
          content.into(
              (line, sample) -> {
                floats.put(0, sample);
                out.write(bytes);
                lines.add(line);
              });
        });
    int inPiece = rowsInPiece(width);
    List<FloatBuffer> pieces = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      for (int row = 0; row < lines.count; row += inPiece) {
        int n = Math.min(inPiece, lines.count - row);
        pieces.add(
            channel
                .map(MapMode.READ_ONLY, (long) row * bytes.length, (long) n * bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer());
      }
    }
    return new EncodedRows(width, inPiece, pieces, lines.trimmed());
  }

  /**
   * How many there are.
   *
   * @return at least 0
   */
  public int size() {
    return lines.length;
  }

  /**
   * Where a row begins.
   *
   * @param row from 0
   * @return its line, from 1
   */
  public long line(int row) {
    return Integer.toUnsignedLong(lines[row]);
  }

  /**
   * Copies a sample.
   *
   * @param row from 0
   * @param destination receives it
   * @param offset where its first value goes
   */
  public void read(int row, float[] destination, int offset) {
    Objects.checkIndex(row, lines.length);
    pieces.get(row / rowsInPiece).get(row % rowsInPiece * width, destination, offset, width);
  }

  /**
   * Copies a sample.
   *
   * @param row from 0
   * @param destination receives it, and stands behind it then
   */
  public void read(int row, FloatBuffer destination) {
    Objects.checkIndex(row, lines.length);
    destination.put(pieces.get(row / rowsInPiece).slice(row % rowsInPiece * width, width));
  }

  /** Lines of up to four thousand millions, as 32 bits without a sign. */
  private static final class Lines {

    private int[] numbers = new int[16];
    private int count;

    void add(long line) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.multiplyExact(2, count));
      }
      numbers[count++] = (int) line;
    }

    int[] trimmed() {
      return Arrays.copyOf(numbers, count);
    }
  }
}
