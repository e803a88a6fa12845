package io.github.autoencoder4j.datasets.internal.pack;

import com.google.common.primitives.ImmutableIntArray;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import io.github.autoencoder4j.datasets.internal.items.Skipped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * What stands at the end of a shard, after its records: all that a later run needs to go on where
 * this shard ended, and all that a reader needs to trust its records.
 *
 * @param origin which source the records come from
 * @param firstCandidate where in the source this shard begins
 * @param nextCandidate the first candidate of the source that comes after this shard
 * @param labels the class of each record
 * @param checksums the CRC-32C of each record
 * @param newClasses the classes that occur here for the first time
 * @param skipped the candidates that were left out on the way
 */
record ShardTrailer(
    Origin origin,
    long firstCandidate,
    long nextCandidate,
    ImmutableIntArray labels,
    ImmutableIntArray checksums,
    List<String> newClasses,
    List<Skipped> skipped) {

  /**
   * Where packed records come from.
   *
   * @param identity tells one source from another
   * @param shape the shape of a record, one byte a value
   */
  record Origin(String identity, ImageShape shape) {

    void writeTo(SealedBlock.Writer out) throws IOException {
      out.text(identity);
      out.number(shape.height());
      out.number(shape.width());
      out.number(shape.channels());
    }

    static Origin readFrom(SealedBlock.Reader in) throws IOException {
      String identity = in.text();
      int height = in.number();
      int width = in.number();
      int channels = in.number();
      try {
        return new Origin(identity, new ImageShape(height, width, channels));
      } catch (IllegalArgumentException e) {
        throw new BrokenPictureException("is damaged: " + e.getMessage());
      }
    }
  }

  byte[] sealed() {
    return SealedBlock.seal(
        out -> {
          origin.writeTo(out);
          out.longNumber(firstCandidate);
          out.longNumber(nextCandidate);
          out.numbers(labels);
          out.numbers(checksums);
          out.texts(newClasses);
          out.skippedFiles(skipped);
        });
  }

  /**
   * Reads the trailer of a finished shard.
   *
   * @throws BrokenPictureException if the file is not a whole shard
   */
  static ShardTrailer read(FileChannel file) throws IOException {
    SealedBlock.Reader in = SealedBlock.open(file);
    ShardTrailer trailer =
        new ShardTrailer(
            Origin.readFrom(in),
            in.longNumber(),
            in.longNumber(),
            in.numbers(),
            in.numbers(),
            in.texts(),
            in.skippedFiles());
    in.end();
    if (trailer.labels.length() != trailer.checksums.length()) {
      throw new BrokenPictureException("is damaged: not every record has label and checksum");
    }
    long expected =
        (long) trailer.labels.length() * trailer.origin.shape().size() + in.sealedLength();
    if (file.size() != expected) {
      throw new BrokenPictureException(
          "has %s bytes, but its list of records says %s".formatted(file.size(), expected));
    }
    return trailer;
  }
}
