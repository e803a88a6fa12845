package io.github.autoencoder4j.datasets.internal.archive;

import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.files;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.plain;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.png;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.datasets.ImageFiles;
import io.github.autoencoder4j.datasets.LoadedImages;
import io.github.autoencoder4j.testing.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Names of files in archives that other programs wrote. */
class ArchiveNamesTest {

  private static final String CLASS = "Sch\u00e4ferhund";

  @TempDir Path folder;

  @Test
  void tarNamesAreUtf8WhateverTheMachineWritesItself() throws Exception {
    Path archive = tar("dogs.tgz", CLASS + "/a.png");

    Process reader =
        ChildJvm.of(Reader.class, List.of("-Dfile.encoding=ISO-8859-1"), archive.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    assertThat(ChildJvm.ended(reader, 2)).isZero();
  }

  /** The other process, on a machine that writes Latin-1. */
  static final class Reader {

    public static void main(String[] arguments) {
      LoadedImages images = ImageFiles.from(Path.of(arguments[0])).resize(2, 2).load();
      assertThat(images.classNames()).containsExactly(CLASS);
    }
  }

  @Test
  void zipNamesMayBeLatin1() throws IOException {
    Path archive = folder.resolve("dogs.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive), ISO_8859_1)) {
      zip.putNextEntry(new ZipEntry(CLASS + "/a.png"));
      zip.write(png(plain(4, 4, 0)));
      zip.putNextEntry(new ZipEntry("pug/b.png"));
      zip.write(png(plain(4, 4, 0)));
    }

    LoadedImages images = ImageFiles.from(archive).resize(2, 2).load();

    assertThat(images.classNames()).containsExactly(CLASS, "pug");
    assertThat(images.skipped()).isEmpty();

    byte[] bytes = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(bytes, bytes.length - 10));
    LoadedImages cut = ImageFiles.from(archive).resize(2, 2).load();
    assertThat(cut.classNames()).containsExactly(CLASS, "pug");
    assertThat(cut.skipped().toString()).contains("is cut off");
  }

  @Test
  void aDotBeforeThePathIsNoClass() throws IOException {
    Path archive = tar("photos.tgz", "./", "./a.png", "././b.png", "./pug/c.png");

    LoadedImages images = ImageFiles.from(archive).resize(2, 2).load();

    assertThat(images.classNames()).containsExactly("photos", "pug");
    assertThat(images.labels()).containsExactly(0, 0, 1);
    assertThat(images.skipped()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aColonIsNoDrive(ArchiveTest.Format format) throws IOException {
    Path archive = folder.resolve("archive");
    write(format, archive, UTF_8, "a:b/x.png", "c:/../d/y.png", "e/f:g.png", "h:i.png");

    LoadedImages images = ImageFiles.from(archive).resize(2, 2).load();

    assertThat(images.classNames()).containsExactly("a:b", "archive", "e");
    assertThat(files(images.skipped())).containsExactly("c:/../d/y.png");
  }

  @Test
  void aBackslashIsBetweenNamesInAZip() throws IOException {
    Path archive = folder.resolve("dogs.zip");
    write(
        ArchiveTest.Format.ZIP,
        archive,
        UTF_8,
        "dogs\\pug\\1.png",
        "dogs/beagle\\2.png",
        "top.png",
        "dogs\\" + CLASS + "\\3.png");
    List<String> seen = new ArrayList<>();

    LoadedImages images = ImageFiles.from(archive).resize(2, 2).only(file -> seen.add(file)).load();

    assertThat(seen)
        .containsExactly(
            "dogs/pug/1.png", "dogs/beagle/2.png", "top.png", "dogs/" + CLASS + "/3.png");
    assertThat(images.classNames()).containsExactly(CLASS, "beagle", "dogs", "pug");
  }

  @Test
  void aBackslashIsACharacterInATar() throws IOException {
    Path archive = tar("dogs.tgz", "dogs/a\\b.png", "pugs\\x/1.png");

    LoadedImages images = ImageFiles.from(archive).resize(2, 2).load();

    assertThat(images.classNames()).containsExactly("dogs", "pugs\\x");
    assertThat(images.skipped()).isEmpty();
  }

  /** Their second characters end in the byte of a backslash. */
  @ParameterizedTest
  @CsvSource({
    "ZIP, Shift_JIS, \u30bd\u8868/\u80fd1.png",
    "TAR, Shift_JIS, \u30bd\u8868/\u80fd1.png",
    "ZIP, GBK, \u8aa0\u4e57/\u4e571.png",
    "TAR_GZ, GBK, \u8aa0\u4e57/\u4e571.png",
  })
  void namesMayBeOfAnyCharset(ArchiveTest.Format format, String name, String file)
      throws IOException {
    Charset charset = Charset.forName(name);
    assertThat(file.getBytes(charset)).contains((byte) '\\');
    Path archive = folder.resolve("dogs");
    write(format, archive, charset, file, "pug/2.png");
    String folder = file.substring(0, 2);

    LoadedImages named = ImageFiles.from(archive).resize(2, 2).archiveNames(charset).load();
    assertThat(named.skipped()).isEmpty();
    assertThat(named.classNames()).containsExactlyInAnyOrder(folder, "pug");

    // Unreadable for people, but in the right places.
    LoadedImages guessed = ImageFiles.from(archive).resize(2, 2).load();
    assertThat(guessed.skipped()).isEmpty();
    assertThat(guessed.classNames())
        .containsExactlyInAnyOrder(new String(folder.getBytes(charset), ISO_8859_1), "pug");
  }

  @Test
  void backslashesAreFoundBetweenCharactersOfTwoBytes() throws IOException {
    Charset charset = Charset.forName("Shift_JIS");
    Path archive = folder.resolve("dogs.zip");
    write(ArchiveTest.Format.ZIP, archive, charset, "\u8868\\\u80fd1.png", "\u72ac\\2.png");

    assertThat(ImageFiles.from(archive).resize(2, 2).archiveNames(charset).load().classNames())
        .containsExactly("\u72ac", "\u8868");
    assertThat(ImageFiles.from(archive).resize(2, 2).load().classNames())
        .containsExactly("\u008c\u00a2", "\u0095\\");
  }

  @Test
  void aNameThatIsMarkedAsUtf8IsReadAsThat() throws IOException {
    Path archive = folder.resolve("dogs.zip");
    String japanese = "\u30bd\u8868";
    for (boolean flagged : new boolean[] {true, false}) {
      try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
        zip.setEncoding(flagged ? "UTF-8" : "Shift_JIS");
        zip.setUseLanguageEncodingFlag(flagged);
        // A field of Info-ZIP's, beside the name.
        zip.setCreateUnicodeExtraFields(
            flagged
                ? ZipArchiveOutputStream.UnicodeExtraFieldPolicy.NEVER
                : ZipArchiveOutputStream.UnicodeExtraFieldPolicy.ALWAYS);
        zip.putArchiveEntry(new ZipArchiveEntry(japanese + "/1.png"));
        zip.write(png(plain(4, 4, 0)));
        zip.closeArchiveEntry();
      }
      for (Charset charset : List.of(UTF_8, ISO_8859_1, Charset.forName("GBK"))) {
        assertThat(ImageFiles.from(archive).resize(2, 2).archiveNames(charset).load().classNames())
            .containsExactly(japanese);
      }
    }
  }

  /** As replacement characters they would all be the same file. */
  @ParameterizedTest
  @EnumSource
  void namesThatAreNotValidStayDifferent(ArchiveTest.Format format) throws IOException {
    Path archive = folder.resolve("dogs");
    write(format, archive, ISO_8859_1, "pug/\u00e4.png", "pug/\u00f6.png", "\u00fc/3.png");

    for (Charset charset : List.of(UTF_8, Charset.forName("Shift_JIS"), ISO_8859_1)) {
      LoadedImages images = ImageFiles.from(archive).resize(2, 2).archiveNames(charset).load();
      assertThat(images.size()).as("%s", charset).isEqualTo(3);
      assertThat(images.classNames()).contains("pug");
    }
  }

  @Test
  void anOldTarIsToldByItsChecksum() throws IOException {
    Path archive = folder.resolve("old");
    write(ArchiveTest.Format.TAR, archive, UTF_8, "pug/1.png");
    byte[] bytes = Files.readAllBytes(archive);
    Arrays.fill(bytes, 257, 500, (byte) 0);
    Arrays.fill(bytes, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += bytes[i] & 0xFF;
    }
    byte[] octal = "%06o\0 ".formatted(sum).getBytes(UTF_8);
    System.arraycopy(octal, 0, bytes, 148, octal.length);
    Files.write(archive, bytes);

    assertThat(ImageFiles.from(archive).resize(2, 2).load().classNames()).containsExactly("pug");
  }

  /** Owners and times that no program could have meant lose neither this file nor the next. */
  @Test
  void nonsenseInATarHeaderIsPassedOver() throws IOException {
    Path archive = folder.resolve("dogs.tar");
    write(ArchiveTest.Format.TAR, archive, UTF_8, "pug/1.png", "pug/2.png", "pug/3.png");
    byte[] bytes = Files.readAllBytes(archive);
    int second = 1024;
    assertThat(new String(bytes, second, 9, UTF_8)).isEqualTo("pug/2.png");
    for (int field : new int[] {108, 116, 136}) {
      Arrays.fill(bytes, second + field, second + field + 7, (byte) 'z');
    }
    Files.write(archive, bytes);

    LoadedImages images = ImageFiles.from(archive).resize(2, 2).load();

    assertThat(images.size()).isEqualTo(3);
  }

  private static void write(
      ArchiveTest.Format format, Path archive, Charset charset, String... names)
      throws IOException {
    byte[] picture = png(plain(4, 4, 0));
    if (format == ArchiveTest.Format.ZIP) {
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive), charset)) {
        for (String name : names) {
          zip.putNextEntry(new ZipEntry(name));
          zip.write(picture);
        }
      }
      return;
    }
    try (OutputStream file = Files.newOutputStream(archive);
        OutputStream out = format == ArchiveTest.Format.TAR ? file : new GZIPOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, charset.name())) {
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(picture.length);
        tar.putArchiveEntry(entry);
        tar.write(picture);
        tar.closeArchiveEntry();
      }
    }
  }

  private Path tar(String archive, String... names) throws IOException {
    Path file = folder.resolve(archive);
    byte[] picture = png(plain(4, 4, 0));
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, UTF_8.name())) {
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        if (!entry.isDirectory()) {
          entry.setSize(picture.length);
        }
        tar.putArchiveEntry(entry);
        if (!entry.isDirectory()) {
          tar.write(picture);
        }
        tar.closeArchiveEntry();
      }
    }
    return file;
  }
}
