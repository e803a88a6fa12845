package io.github.autoencoder4j.datasets.internal.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.PackedImages;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.testing.FuzzInputs;
import io.github.autoencoder4j.testing.FuzzTarget;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Packed images: their index or a shard, as a whole or with a checksum made right. */
public final class PackedFuzz implements FuzzTarget {

  private static final int VERSION = 4;
  private static final int SEAL = 16;
  private static final int RECORDS = 3 * 4;

  private final Path folder;
  private final Path index;
  private final Path shard;
  private final byte[] goodIndex;
  private final byte[] goodShard;

  public PackedFuzz() throws IOException {
    folder = Files.createTempDirectory("fuzz");
    LabeledImageSource source =
        LabeledImageSource.ofBytes(
            ImageShape.grey(2, 2), new byte[RECORDS], new int[] {0, 1, 1}, List.of("a", "b"));
    PackedImages.pack(source, folder).close();
    index = PackIndex.file(folder);
    shard = PackIndex.shardFile(folder, 0);
    goodIndex = Files.readAllBytes(index);
    goodShard = Files.readAllBytes(shard);
    for (Path path : List.of(folder, folder.resolve("pack.lock"), index, shard)) {
      path.toFile().deleteOnExit();
    }
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        FuzzInputs.of(0, goodIndex),
        FuzzInputs.of(1, Arrays.copyOfRange(goodIndex, VERSION, goodIndex.length - SEAL)),
        FuzzInputs.of(2, goodShard),
        FuzzInputs.of(
            3, Arrays.copyOfRange(goodShard, RECORDS + VERSION, goodShard.length - SEAL)));
  }

  @Override
  public void read(byte[] input, boolean thorough) throws IOException {
    byte[] content = FuzzInputs.content(input);
    int kind = FuzzInputs.kind(input, 4);
    byte[] sealed = SealedBlock.seal(out -> out.out().write(content));
    FuzzInputs.write(index, kind == 0 ? content : kind == 1 ? sealed : goodIndex);
    byte[] records = Arrays.copyOf(goodShard, RECORDS + (kind == 3 ? sealed.length : 0));
    System.arraycopy(sealed, 0, records, RECORDS, records.length - RECORDS);
    FuzzInputs.write(shard, kind == 2 ? content : kind == 3 ? records : goodShard);

    try (PackedImages images = PackedImages.open(folder)) {
      assertThat(PackIndex.read(folder).sealed()).isEqualTo(Files.readAllBytes(index));
      List<String> damages = images.size() > 64 ? List.of("too many") : images.verify();
      if (damages.isEmpty()) {
        requireAllThere(images);
      }
    } catch (UnusableDataException refused) {
      assertThat(kind).as("a broken shard is no reason to refuse the others").isLessThan(2);
    }
  }

  private void requireAllThere(PackedImages images) throws IOException {
    for (int i = 0; i < images.size(); i++) {
      assertThat(images.label(i)).isBetween(0, images.classNames().size() - 1);
    }
    if (images.size() > 0) {
      try (FileChannel file = FileChannel.open(shard)) {
        byte[] trailer = ShardTrailer.read(file).sealed();
        byte[] whole = Files.readAllBytes(shard);
        assertThat(Arrays.copyOfRange(whole, whole.length - trailer.length, whole.length))
            .isEqualTo(trailer);
      }
    }
  }
}
