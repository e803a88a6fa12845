package io.github.autoencoder4j.datasets;

import static io.github.autoencoder4j.datasets.PictureFixture.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.testing.FuzzInputs;
import io.github.autoencoder4j.testing.FuzzTarget;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Archives of pictures: a whole archive, one gzipped by us, or a picture. */
final class ArchiveFuzz implements FuzzTarget {

  private static final String NAME = "dogs/pug/1.png";

  private final ImageShape shape = new ImageShape(4, 4, 3);
  private final PictureDecoder decoder = new PictureDecoder(shape);
  private final Path folder;
  private final Path archive;

  ArchiveFuzz() throws IOException {
    folder = Files.createTempDirectory("fuzz");
    archive = folder.resolve("archive");
    folder.toFile().deleteOnExit();
    archive.toFile().deleteOnExit();
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    BufferedImage image = plain(5, 4, 0x123456);
    byte[] png = PictureFixture.png(image);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
      zip.putNextEntry(new ZipEntry(NAME));
      zip.write(png);
    }
    ByteArrayOutputStream tarred = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(tarred, 512)) {
      TarArchiveEntry header = new TarArchiveEntry(NAME);
      header.setSize(png.length);
      tar.putArchiveEntry(header);
      tar.write(png);
      tar.closeArchiveEntry();
    }
    return List.of(
        FuzzInputs.of(0, zipped.toByteArray()),
        FuzzInputs.of(0, tarred.toByteArray()),
        FuzzInputs.of(0, IdxFixture.gzip(tarred.toByteArray())),
        FuzzInputs.of(1, tarred.toByteArray()),
        FuzzInputs.of(2, png),
        FuzzInputs.of(2, PictureFixture.jpeg(image)),
        FuzzInputs.of(2, PictureFixture.oriented(PictureFixture.jpeg(image), 6)),
        FuzzInputs.of(2, PictureFixture.progressiveJpeg(image)),
        FuzzInputs.of(2, PictureFixture.recoded(PictureFixture.jpeg(image), 0xC3)),
        FuzzInputs.of(2, PictureFixture.encode("gif", image)));
  }

  @Override
  public void read(byte[] input, boolean thorough) throws IOException {
    byte[] content = FuzzInputs.content(input);
    int kind = FuzzInputs.kind(input, 3);
    if (kind == 2) {
      decode(NAME, PictureFiles.inMemory(content));
      return;
    }
    FuzzInputs.write(archive, kind == 0 ? content : IdxFixture.gzip(content));
    walk();
    if (thorough) {
      load();
    }
    assertThat(folder.toFile().list()).as("nothing is unpacked").containsExactly("archive");
  }

  private void decode(String name, PictureFiles.Content content) {
    Item item = FileFeed.decode(decoder, name, "pug", content);
    assertThat(item.skipped() == null).isEqualTo(item.pixels() != null);
    if (item.pixels() != null) {
      assertThat(item.pixels()).hasSize(shape.size());
    }
  }

  /** What loading does, but all on this thread, so that the costs of every picture are seen. */
  private void walk() {
    try {
      PictureFiles.of(archive, null)
          .walk(
              new PictureFiles.Visitor() {
                @Override
                public boolean wants(String file) {
                  return true;
                }

                @Override
                public void visit(String file, long bytes, PictureFiles.Content content) {
                  decode(file, content);
                }

                @Override
                public void skip(String file, String reason) {
                  assertThat(reason).isNotBlank();
                }
              });
    } catch (UnusableDataException refused) {
      assertThat(refused).hasMessageContaining(archive.toString());
    } catch (IOException refused) {
      // Of no more words than the library has; who loads adds the name of the archive.
    }
  }

  private void load() {
    try {
      LoadedImages images = ImageFiles.from(archive).resize(4, 4).load();
      assertThat(images.size()).isPositive();
      assertThat(images.classNames()).doesNotContain("..");
    } catch (UnusableDataException | UncheckedIOException refused) {
      assertThat(refused).hasMessageContaining(archive.toString());
    }
  }
}
