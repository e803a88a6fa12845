package io.github.autoencoder4j.datasets;

import static io.github.autoencoder4j.datasets.PictureFixture.plain;
import static io.github.autoencoder4j.datasets.PictureFixture.png;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.testing.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    assertThatThrownBy(() -> ImageFiles.from(archive).load())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(archive.toString());
  }

  @Test
  void aDotBeforeThePathIsNoClass() throws IOException {
    Path archive = tar("photos.tgz", "./", "./a.png", "././b.png", "./pug/c.png");

    LoadedImages images = ImageFiles.from(archive).resize(2, 2).load();

    assertThat(images.classNames()).containsExactly("photos", "pug");
    assertThat(images.labels()).containsExactly(0, 0, 1);
    assertThat(images.skipped()).isEmpty();
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
