package io.github.autoencoder4j.datasets.internal.archive;

import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.IdxFixture;
import io.github.autoencoder4j.datasets.ImageFiles;
import io.github.autoencoder4j.datasets.LoadedImages;
import io.github.autoencoder4j.datasets.internal.items.Item;
import io.github.autoencoder4j.datasets.internal.picture.PictureDecoder;
import io.github.autoencoder4j.datasets.internal.picture.PictureFixture;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.testing.FuzzChoices;
import io.github.autoencoder4j.testing.FuzzInputs;
import io.github.autoencoder4j.testing.FuzzTarget;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.io.output.CloseShieldOutputStream;

/**
 * Archives of pictures: one that choices build, a whole archive, one gzipped by us, or a picture.
 */
public final class ArchiveFuzz implements FuzzTarget {

  private static final String NAME = "dogs/pug/1.png";
  private static final int KINDS = 3;
  private static final int LONGEST_MESSAGE = 1_000;
  private static final int BUFFER = 1 << 16;

  private final byte[] picture = PictureFixture.png(plain(5, 4, 0x123456));

  private final ImageShape shape = new ImageShape(4, 4, 3);
  private final PictureDecoder decoder = new PictureDecoder(shape);
  private final Path folder;
  private final Path archive;

  public ArchiveFuzz() throws IOException {
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
        FuzzInputs.of(2, PictureFixture.encode("gif", image)),
        FuzzInputs.of(FuzzInputs.BUILT, new byte[] {0, 1, 2, 3}),
        FuzzInputs.of(FuzzInputs.BUILT, new byte[] {4, 1, 2, 3}),
        FuzzInputs.of(FuzzInputs.BUILT, new byte[] {7, 1, 2, 3}));
  }

  @Override
  public long prepare(byte[] input) throws IOException {
    byte[] content = FuzzInputs.content(input);
    if (FuzzInputs.isBuilt(input)) {
      FuzzInputs.forget(archive);
      build(new FuzzChoices(content));
      return Files.size(archive);
    }
    if (!isPicture(input)) {
      FuzzInputs.write(
          archive, FuzzInputs.kind(input, KINDS) == 0 ? content : IdxFixture.gzip(content));
    }
    return input.length;
  }

  private static boolean isPicture(byte[] input) {
    return !FuzzInputs.isBuilt(input) && FuzzInputs.kind(input, KINDS) == 2;
  }

  private void build(FuzzChoices choices) throws IOException {
    int kind = choices.below(8);
    try (FileChannel channel =
            FileChannel.open(archive, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        OutputStream file = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER)) {
      if (kind < 3) {
        ZipGrammar.write(file, choices, picture);
      } else if (kind < 7) {
        TarGrammar.write(file, choices, picture);
      } else {
        try (OutputStream packed = gzip(CloseShieldOutputStream.wrap(file))) {
          TarGrammar.write(packed, choices, picture);
        }
      }
      file.flush();
      // At the end, not at the start, so that the system need not find the same memory again.
      channel.truncate(channel.position());
    }
  }

  /** Quickly rather than well: nobody keeps the file. */
  private static OutputStream gzip(OutputStream file) throws IOException {
    return new GZIPOutputStream(file, BUFFER) {
      {
        def.setLevel(Deflater.BEST_SPEED);
      }
    };
  }

  @Override
  public void read(byte[] input, boolean thorough) throws IOException {
    if (isPicture(input)) {
      decode(NAME, PictureFiles.inMemory(FuzzInputs.content(input)));
      return;
    }
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
                  assertThat(Item.skipped(file, reason).skipped().toString())
                      .hasSizeLessThan(LONGEST_MESSAGE);
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
