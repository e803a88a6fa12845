package io.github.autoencoder4j.datasets.internal.archive;

import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.files;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.plain;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.png;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.datasets.ImageFiles;
import io.github.autoencoder4j.datasets.LoadedImages;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchiveTest {

  @TempDir Path folder;

  /** The archive formats, each told by its content: the file has no telling name. */
  enum Format {
    ZIP,
    TAR,
    TAR_GZ
  }

  /** A file in an archive. */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(String name, byte[] bytes) {}

  private static Entry picture(String name, int rgb) {
    return new Entry(name, png(plain(20, 30, rgb)));
  }

  @ParameterizedTest
  @EnumSource
  void readsAnArchiveOfAnyDepth(Format format) {
    Path archive =
        archive(
            format,
            picture("dogs/pug/1.png", 0xFF0000),
            picture("dogs/beagle/2.png", 0x00FF00),
            new Entry("dogs/README", "Dogs, two of them".getBytes(StandardCharsets.UTF_8)),
            picture("top.png", 0x0000FF));

    LoadedImages images = ImageFiles.from(archive).resize(4, 4).load();

    assertThat(images.classNames()).containsExactly("archive", "beagle", "pug");
    assertThat(images.labels()).containsExactly(2, 1, 0);
    assertThat(images.get(2)[32]).isEqualTo(1f);
    assertThat(files(images.skipped())).containsExactly("dogs/README");
  }

  @ParameterizedTest
  @EnumSource
  void leavesOutPathsThatLeadOutOfTheArchive(Format format) {
    Path archive =
        archive(
            format,
            picture("../escape.png", 0),
            picture("/etc/absolute.png", 0),
            picture("dogs/../../escape.png", 0),
            picture("C:/windows.png", 0),
            picture("C:\\windows.png", 0),
            picture("\\\\server\\share.png", 0),
            picture("dogs\\..\\back.png", 0),
            picture("dogs/..good../a.png", 0));

    LoadedImages images = ImageFiles.from(archive).load();

    assertThat(images.size()).isEqualTo(1);
    assertThat(images.classNames()).containsExactly("..good..");
    assertThat(images.skipped()).hasSize(7);
    assertThat(images.skipped()).allMatch(skip -> skip.reason().contains("out of the archive"));
    assertThat(folder.getParent().resolve("escape.png")).doesNotExist();
  }

  @Test
  void leavesOutLinks() throws IOException {
    Path archive = folder.resolve("archive");
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
      put(tar, picture("dog/a.png", 0));
      for (byte type : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
        TarArchiveEntry link = new TarArchiveEntry("dog/link" + type + ".png", type);
        link.setLinkName("/etc/passwd");
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
      TarArchiveEntry device = new TarArchiveEntry("dog/device.png", TarConstants.LF_FIFO);
      tar.putArchiveEntry(device);
      tar.closeArchiveEntry();
    }

    LoadedImages images = ImageFiles.from(archive).load();

    assertThat(images.size()).isEqualTo(1);
    assertThat(images.skipped()).hasSize(3);
    assertThat(images.skipped().get(0).reason()).contains("link to /etc/passwd");
    assertThat(images.skipped().get(1).reason()).contains("link to /etc/passwd");
    assertThat(images.skipped().get(2).reason()).contains("no regular file");
  }

  @Test
  void takesTheFirstOfFilesWithTheSameName() throws IOException {
    Path archive =
        archive(Format.TAR, picture("dog/a.png", 0xFF0000), picture("dog/a.png", 0x00FF00));
    assertFirstTaken(ImageFiles.from(archive).load());

    // Java writes no zip with a name twice, so one name is changed afterwards.
    Path zip = archive(Format.ZIP, picture("dog/a.png", 0xFF0000), picture("dog/b.png", 0x00FF00));
    byte[] bytes = Files.readAllBytes(zip);
    byte[] from = "dog/b.png".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i + from.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + from.length, from, 0, from.length)) {
        bytes[i + 4] = 'a';
      }
    }
    Files.write(zip, bytes);
    LoadedImages images = ImageFiles.from(zip).load();
    assertThat(images.size()).isEqualTo(1);
    assertThat(files(images.skipped())).containsExactly("dog/a.png");
    assertThat(images.skipped().get(0).reason()).contains("same name");
  }

  private static void assertFirstTaken(LoadedImages images) {
    assertThat(images.size()).isEqualTo(1);
    assertThat(images.get(0)[0]).isEqualTo(1f);
    assertThat(files(images.skipped())).containsExactly("dog/a.png");
    assertThat(images.skipped().get(0).reason()).contains("same name");
  }

  @ParameterizedTest
  @EnumSource(names = {"ZIP", "TAR_GZ"})
  void leavesOutFilesThatAreFarTooLarge(Format format) throws IOException {
    // 65 MB that start like a PNG and pack to almost nothing.
    byte[] bomb = Arrays.copyOf(png(plain(2, 2, 0)), 65 << 20);
    Path archive = archive(format, new Entry("dog/bomb.png", bomb), picture("dog/a.png", 0));

    LoadedImages images = ImageFiles.from(archive).resize(2, 2).load();

    assertThat(images.size()).isEqualTo(1);
    assertThat(files(images.skipped())).containsExactly("dog/bomb.png");
    assertThat(images.skipped().get(0).reason()).contains("64 MB");
  }

  @Test
  void endsAtAZipOfManyFilesThatAreFarTooLarge() {
    byte[] bomb = Arrays.copyOf(png(plain(2, 2, 0)), 65 << 20);
    Entry[] entries = new Entry[6];
    for (int i = 0; i < 5; i++) {
      entries[i] = new Entry("dog/bomb" + i + ".png", bomb);
    }
    entries[5] = picture("dog/never.png", 0);

    assertThatThrownBy(() -> ImageFiles.from(archive(Format.ZIP, entries)).load())
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("4 files were looked at")
        .hasMessageContaining("64 MB");
  }

  @ParameterizedTest
  @EnumSource(names = {"ZIP", "TAR_GZ"})
  void looksOnlyAtWantedFiles(Format format) {
    // If the large one were read, it would be listed as too large.
    byte[] large = Arrays.copyOf(png(plain(2, 2, 0)), 65 << 20);
    Path archive =
        archive(
            format,
            new Entry("README", "Dogs, one of them".getBytes(StandardCharsets.UTF_8)),
            new Entry("cats/large.png", large),
            picture("../cats/escape.png", 0),
            picture("dogs/a.png", 0),
            new Entry("dogs/b.png", "no picture".getBytes(StandardCharsets.UTF_8)));

    LoadedImages images =
        ImageFiles.from(archive).resize(2, 2).only(file -> file.startsWith("dogs/")).load();

    assertThat(images.size()).isEqualTo(1);
    assertThat(files(images.skipped())).containsExactly("dogs/b.png");
  }

  @Test
  void tellsOfACutWhateverIsWanted() throws IOException {
    Path archive = archive(Format.TAR, picture("dog/a.png", 0), noise("dog/b.png"));
    byte[] bytes = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(bytes, 30_000));

    LoadedImages images = ImageFiles.from(archive).only(file -> file.endsWith("a.png")).load();

    assertThat(images.size()).isEqualTo(1);
    assertThat(files(images.skipped()).get(0)).contains("beyond dog/");
  }

  @Test
  void readsNoMoreThanTheHeadOfWhatIsNoPicture() throws IOException {
    // A quarter of a gigabyte in a quarter of a megabyte.
    Path archive = folder.resolve("archive");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.putNextEntry(new ZipEntry("dog/zeros.jpg"));
      writeZeros(zip, 256L << 20);
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("dog/a.png"));
      zip.write(png(plain(2, 2, 0)));
    }

    LoadedImages images = ImageFiles.from(archive).load();

    assertThat(images.size()).isEqualTo(1);
    assertThat(files(images.skipped())).containsExactly("dog/zeros.jpg");
  }

  @Test
  void endsAtACompressionBombAndKeepsWhatCameBefore() throws IOException {
    Path archive = folder.resolve("archive");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(archive));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
      put(tar, picture("dog/a.png", 0));
      TarArchiveEntry zeros = new TarArchiveEntry("dog/zeros.jpg");
      zeros.setSize(260L << 20);
      tar.putArchiveEntry(zeros);
      writeZeros(tar, zeros.getSize());
      tar.closeArchiveEntry();
      put(tar, picture("dog/never.png", 0));
    }

    LoadedImages images = ImageFiles.from(archive).load();

    assertThat(images.size()).isEqualTo(1);
    assertThat(images.skipped()).hasSize(2);
    assertThat(images.skipped().get(1).file()).contains("beyond dog/zeros.jpg");
    assertThat(images.skipped().get(1).reason()).contains("100 times its size");
  }

  @Test
  void keepsWhatComesBeforeACut() throws IOException {
    Entry[] entries = {picture("dog/a.png", 0), noise("dog/b.png"), noise("dog/c.png")};
    for (Format format : List.of(Format.TAR, Format.TAR_GZ)) {
      Path archive = archive(format, entries);
      byte[] bytes = Files.readAllBytes(archive);
      // Also where a cut is easily overlooked: between files and within the header of one.
      for (int end : new int[] {bytes.length / 3, bytes.length / 2, 52_736, 53_000}) {
        Files.write(archive, Arrays.copyOf(bytes, end));

        LoadedImages images = ImageFiles.from(archive).resize(2, 2).load();

        assertThat(images.size()).isBetween(1, 2);
        assertThat(images.skipped().toString()).contains("archive beyond dog/");
      }
    }
  }

  @Test
  void reportsADamagedArchiveByName() throws IOException {
    Path zip = archive(Format.ZIP, picture("dog/a.png", 0));
    byte[] bytes = Files.readAllBytes(zip);
    Files.write(zip, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> ImageFiles.from(zip).load())
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining(zip.toString())
        .hasMessageContaining("dog/a.png");

    Files.write(zip, Arrays.copyOf(bytes, 20));
    assertThatThrownBy(() -> ImageFiles.from(zip).load())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(zip.toString());
  }

  @Test
  void rejectsAnArchiveWithoutPictures() {
    Path archive = archive(Format.TAR_GZ);
    assertThatThrownBy(() -> ImageFiles.from(archive).load())
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("no picture");
  }

  private Path archive(Format format, Entry... entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (format == Format.ZIP) {
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
          for (Entry entry : entries) {
            zip.putNextEntry(new ZipEntry(entry.name()));
            zip.write(entry.bytes());
            zip.closeEntry();
          }
        }
      } else {
        try (OutputStream out = format == Format.TAR ? bytes : new GZIPOutputStream(bytes);
            TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
          for (Entry entry : entries) {
            put(tar, entry);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return write(folder, "archive", bytes.toByteArray());
  }

  private static void put(TarArchiveOutputStream tar, Entry entry) throws IOException {
    TarArchiveEntry header = new TarArchiveEntry(entry.name(), true);
    header.setSize(entry.bytes().length);
    tar.putArchiveEntry(header);
    tar.write(entry.bytes());
    tar.closeArchiveEntry();
  }

  private static Entry noise(String name) {
    BufferedImage image = plain(130, 130, 0);
    Random random = new Random(1);
    for (int i = 0; i < 130 * 130; i++) {
      image.setRGB(i % 130, i / 130, random.nextInt());
    }
    return new Entry(name, png(image));
  }

  private static void writeZeros(OutputStream out, long count) throws IOException {
    byte[] zeros = new byte[1 << 16];
    for (long left = count; left > 0; left -= zeros.length) {
      out.write(zeros, 0, (int) Math.min(left, zeros.length));
    }
  }
}
