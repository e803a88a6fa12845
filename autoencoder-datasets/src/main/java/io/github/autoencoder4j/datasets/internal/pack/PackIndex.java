package io.github.autoencoder4j.datasets.internal.pack;

import com.google.common.primitives.ImmutableIntArray;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import io.github.autoencoder4j.datasets.internal.items.Skipped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * The file that makes a folder of shards a whole data set. Written last.
 *
 * @param origin which source the records come from
 * @param counts the number of records of each shard
 * @param classNames the names that the labels refer to
 * @param skipped the candidates that were left out
 */
public record PackIndex(
    ShardTrailer.Origin origin,
    ImmutableIntArray counts,
    List<String> classNames,
    List<Skipped> skipped) {

  private static final String FILE = "index.ae4j";

  /**
   * Where the index of a folder is.
   *
   * @param directory the folder
   * @return the file, which need not exist
   */
  public static Path file(Path directory) {
    return directory.resolve(FILE);
  }

  /**
   * Where a shard is.
   *
   * @param directory the folder
   * @param shard its number, from 0
   * @return the file, which need not exist
   */
  public static Path shardFile(Path directory, int shard) {
    // The same name wherever it is packed: some languages have digits of their own.
    return directory.resolve(String.format(Locale.ROOT, "shard-%05d.ae4j", shard));
  }

  /**
   * The shape of all records.
   *
   * @return height, width and channels
   */
  public ImageShape shape() {
    return origin.shape();
  }

  byte[] sealed() {
    return SealedBlock.seal(
        out -> {
          origin.writeTo(out);
          out.numbers(counts);
          out.texts(classNames);
          out.skippedFiles(skipped);
        });
  }

  /**
   * Reads the index of a folder.
   *
   * @param directory the folder
   * @return the index
   * @throws BrokenPictureException if it is damaged
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException if it cannot be read
   */
  public static PackIndex read(Path directory) throws IOException {
    try (FileChannel file = FileChannel.open(file(directory), StandardOpenOption.READ)) {
      SealedBlock.Reader in = SealedBlock.open(file);
      PackIndex index =
          new PackIndex(
              ShardTrailer.Origin.readFrom(in), in.numbers(), in.texts(), in.skippedFiles());
      in.end();
      if (file.size() != in.sealedLength()) {
        throw new BrokenPictureException("is damaged: something stands before its list of shards");
      }
      if (index.counts.stream().anyMatch(count -> count < 0)
          || index.counts.stream().asLongStream().sum() > Integer.MAX_VALUE) {
        throw new BrokenPictureException("is damaged: no shards hold so many records");
      }
      return index;
    }
  }
}
