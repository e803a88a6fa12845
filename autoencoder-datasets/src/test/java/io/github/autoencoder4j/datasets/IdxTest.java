package io.github.autoencoder4j.datasets;

import static io.github.autoencoder4j.datasets.IdxFixture.gzip;
import static io.github.autoencoder4j.datasets.IdxFixture.images;
import static io.github.autoencoder4j.datasets.IdxFixture.labels;
import static io.github.autoencoder4j.datasets.IdxFixture.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {

  @TempDir Path folder;

  private final byte[] goodImages = images(2, 1, 3, new byte[] {0, 51, 102, -1, -2, -3});
  private final byte[] goodLabels = labels(2, (byte) 7, (byte) 3);

  @Test
  void rejectsSwappedFiles() {
    assertThatThrownBy(() -> read(goodLabels, goodImages))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("labels")
        .hasMessageContaining("2051")
        .hasMessageContaining("2049")
        .hasMessageContaining("swapped");
  }

  @Test
  void rejectsFilesOfAnotherFormat() {
    assertThatThrownBy(() -> read("not an IDX file at all".getBytes(UTF_8), goodLabels))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("images")
        .hasMessageContaining("0x6e6f7420");
  }

  @Test
  void rejectsCountsThatDiffer() {
    assertThatThrownBy(() -> read(goodImages, labels(3, (byte) 7, (byte) 3, (byte) 1)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("2 images")
        .hasMessageContaining("3 labels");
  }

  @Test
  void rejectsBytesAfterTheEnd() {
    assertThatThrownBy(() -> read(Arrays.copyOf(goodImages, goodImages.length + 1), goodLabels))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("goes on after the 2 images of 1 x 3");
    assertThatThrownBy(() -> read(goodImages, labels(2, (byte) 7, (byte) 3, (byte) 1)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("goes on after the 2 labels");
  }

  @Test
  void rejectsBytesAfterTheGzip() {
    byte[] packed = gzip(goodImages);
    assertThatThrownBy(() -> read(Arrays.copyOf(packed, packed.length + 5), goodLabels))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("images");
  }

  @Test
  void rejectsEmptyFilesAndEmptyDataSets() {
    assertThatThrownBy(() -> read(new byte[0], goodLabels))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("only 0 are there");
    assertThatThrownBy(() -> read(goodImages, labels(0)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("label count of 0");
    assertThatThrownBy(() -> read(images(2, 0, 3, new byte[0]), goodLabels))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("row count of 0");
  }

  @Test
  void rejectsNegativeSizesAsTheUnsignedNumbersTheyAre() {
    assertThatThrownBy(() -> read(goodImages, labels(-1, (byte) 0)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("4294967295")
        .hasMessageContaining("overflow");
  }

  @Test
  void rejectsSizesWhoseProductOverflows() {
    // 2 * 65536 * 65536 is 2^33, which is 0 in an int.
    assertThatThrownBy(() -> read(images(2, 65_536, 65_536, new byte[0]), goodLabels))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("65536 x 65536")
        .hasMessageContaining("at most");
    assertThatThrownBy(
            () -> read(images(2, Integer.MAX_VALUE, Integer.MAX_VALUE, new byte[0]), goodLabels))
        .isInstanceOf(UnusableDataException.class);
  }

  @Test
  void takesNoMemoryForImagesThatAreOnlyClaimed() {
    // 2 GB announced, 6 bytes there: 2 * 32767 * 32767 = 2,147,352,578.
    byte[] liar = images(2, 32_767, 32_767, new byte[6]);
    long before = allocated();

    assertThatThrownBy(() -> read(liar, goodLabels))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("truncated")
        .hasMessageContaining("only 6 follow");
    assertThat(allocated() - before).isLessThan(16L << 20);
  }

  @Test
  void reportsAMissingFileAsAFileProblem() {
    assertThatThrownBy(() -> Idx.read(folder.resolve("nowhere"), folder.resolve("nowhere-either")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("nowhere-either");
  }

  @Test
  void keepsNoFileOpenAfterAnError() throws Exception {
    Path labels = write(folder, "labels", labels(0));
    assertThatThrownBy(() -> Idx.read(labels, labels)).isInstanceOf(UnusableDataException.class);

    Path descriptors = Path.of("/proc/self/fd");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isDirectory(descriptors), "needs /proc to see open files");
    try (var open = Files.list(descriptors)) {
      assertThat(open.map(IdxTest::target)).doesNotContain(labels.toString());
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (java.io.IOException e) {
      return "closed meanwhile";
    }
  }

  private void read(byte[] images, byte[] labels) {
    Idx.read(write(folder, "images", images), write(folder, "labels", labels));
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
