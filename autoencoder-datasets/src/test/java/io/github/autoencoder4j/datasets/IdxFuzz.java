package io.github.autoencoder4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.internal.items.Pixels;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.testing.FuzzInputs;
import io.github.autoencoder4j.testing.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** IDX files: images, the same gzipped by us, the same gzipped by the input, or labels. */
final class IdxFuzz implements FuzzTarget {

  private final byte[] goodImages = IdxFixture.images(3, 2, 2, new byte[12]);
  private final byte[] goodLabels = IdxFixture.labels(3, (byte) 0, (byte) 2, (byte) 1);
  private final Path images = FuzzInputs.file();
  private final Path labels = FuzzInputs.file();

  @Override
  public List<byte[]> seeds() {
    return List.of(
        FuzzInputs.of(0, goodImages),
        FuzzInputs.of(1, goodImages),
        FuzzInputs.of(2, IdxFixture.gzip(goodImages)),
        FuzzInputs.of(3, goodLabels));
  }

  @Override
  public void read(byte[] input, boolean thorough) throws IOException {
    byte[] content = FuzzInputs.content(input);
    int kind = FuzzInputs.kind(input, 4);
    FuzzInputs.write(labels, kind == 3 ? content : goodLabels);
    FuzzInputs.write(
        images, kind == 3 ? goodImages : kind == 1 ? IdxFixture.gzip(content) : content);
    LabeledImageSource source;
    try {
      source = Idx.read(images, labels);
    } catch (UnusableDataException refused) {
      return;
    }
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    for (int i = 0; i < source.size(); i++) {
      pixels.writeBytes(Pixels.toBytes(source.get(i)));
      assertThat(source.label(i)).isBetween(0, source.classNames().size() - 1);
    }
    byte[] written =
        IdxFixture.images(
            source.size(), source.shape().height(), source.shape().width(), pixels.toByteArray());
    assertThat(unpacked(Files.readAllBytes(images))).isEqualTo(written);
  }

  private static byte[] unpacked(byte[] bytes) throws IOException {
    boolean packed = bytes.length > 1 && bytes[0] == 0x1F && bytes[1] == (byte) 0x8B;
    return packed
        // The JDK's own looks at a checksum of the header too, which says nothing of the data.
        ? new GzipCompressorInputStream(new ByteArrayInputStream(bytes), true).readAllBytes()
        : bytes;
  }
}
