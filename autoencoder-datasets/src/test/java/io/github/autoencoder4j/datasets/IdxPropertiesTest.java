package io.github.autoencoder4j.datasets;

import static io.github.autoencoder4j.datasets.IdxFixture.gzip;
import static io.github.autoencoder4j.datasets.IdxFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class IdxPropertiesTest {

  private static Path folder;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sample(int count, int rows, int columns, byte[] pixels, byte[] labels) {
    byte[] imageFile() {
      return IdxFixture.images(count, rows, columns, pixels);
    }

    byte[] labelFile() {
      return IdxFixture.labels(count, labels);
    }

    @Override
    public String toString() {
      return "%d of %dx%d".formatted(count, rows, columns);
    }
  }

  @BeforeContainer
  static void createFolder() throws IOException {
    folder = Files.createTempDirectory("idx-properties");
  }

  @AfterContainer
  static void deleteFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Provide
  Arbitrary<Sample> samples() {
    Arbitrary<Integer> count = Arbitraries.integers().between(1, 12);
    Arbitrary<Integer> side = Arbitraries.integers().between(1, 9);
    return Combinators.combine(count, side, side)
        .flatAs(
            (n, rows, columns) ->
                Combinators.combine(
                        Arbitraries.bytes().array(byte[].class).ofSize(n * rows * columns),
                        Arbitraries.bytes().array(byte[].class).ofSize(n))
                    .as((pixels, labels) -> new Sample(n, rows, columns, pixels, labels)));
  }

  @Property
  void whatIsWrittenIsRead(
      @ForAll("samples") Sample sample, @ForAll boolean packImages, @ForAll boolean packLabels) {
    LabeledImageSource source =
        read(
            packImages ? gzip(sample.imageFile()) : sample.imageFile(),
            packLabels ? gzip(sample.labelFile()) : sample.labelFile());

    assertThat(source.size()).isEqualTo(sample.count());
    assertThat(source.shape()).isEqualTo(ImageShape.grey(sample.rows(), sample.columns()));
    int length = source.shape().size();
    for (int i = 0; i < source.size(); i++) {
      float[] image = source.get(i);
      for (int j = 0; j < length; j++) {
        assertThat(image[j]).isEqualTo((sample.pixels()[i * length + j] & 0xFF) / 255f);
      }
      assertThat(source.label(i)).isBetween(0, source.classNames().size() - 1);
    }
    // Equal labels stay equal, different ones different.
    for (int i = 1; i < source.size(); i++) {
      assertThat(source.label(i) == source.label(0))
          .isEqualTo(sample.labels()[i] == sample.labels()[0]);
    }
  }

  @Property(tries = 20)
  void everyTruncationIsFound(@ForAll("samples") Sample sample) {
    byte[] images = sample.imageFile();
    for (int length = 0; length < images.length; length += length < 20 ? 1 : 7) {
      assertUnusable(Arrays.copyOf(images, length), sample.labelFile());
    }
    byte[] labels = sample.labelFile();
    for (int length = 0; length < labels.length; length++) {
      assertUnusable(images, Arrays.copyOf(labels, length));
    }
  }

  @Property(tries = 20)
  void everyTruncationOfAGzipIsFound(@ForAll("samples") Sample sample) {
    byte[] packed = gzip(sample.imageFile());
    for (int length = 0; length < packed.length; length += 3) {
      assertUnusable(Arrays.copyOf(packed, length), sample.labelFile());
    }
  }

  @Property(tries = 200)
  void everyChangedHeaderByteIsFound(
      @ForAll("samples") Sample sample,
      @ForAll @IntRange(max = 15) int position,
      @ForAll @IntRange(min = 1, max = 255) int flip) {
    byte[] images = sample.imageFile();
    images[position] ^= (byte) flip;
    assertUnusable(images, sample.labelFile());

    byte[] labels = sample.labelFile();
    labels[position % 8] ^= (byte) flip;
    assertUnusable(sample.imageFile(), labels);
  }

  @Property(tries = 200)
  void aChangedGzipByteIsFoundOrChangesNothing(
      @ForAll("samples") Sample sample,
      @ForAll @IntRange(max = 10_000) int position,
      @ForAll @IntRange(min = 1, max = 255) int flip) {
    byte[] packed = gzip(sample.imageFile());
    packed[position % packed.length] ^= (byte) flip;
    LabeledImageSource source;
    try {
      source = read(packed, sample.labelFile());
    } catch (UnusableDataException found) {
      assertThat(found).hasMessageContaining("images");
      return;
    }
    // Name, time and system fields of the gzip header carry no data.
    LabeledImageSource original = read(sample.imageFile(), sample.labelFile());
    assertThat(source.toArrays()).isDeepEqualTo(original.toArrays());
  }

  private static void assertUnusable(byte[] images, byte[] labels) {
    assertThatThrownBy(() -> read(images, labels))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining(folder.toString());
  }

  private static LabeledImageSource read(byte[] images, byte[] labels) {
    return Idx.read(write(folder, "images", images), write(folder, "labels", labels));
  }
}
