package io.github.autoencoder4j.datasets.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.datasets.IdxFixture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The disk fails while an archive is read, which is not the archive's fault. */
class UnreadableArchiveTest {

  private static final String ERROR = "Input/output error";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anErrorIsNotTheEndOfATar(boolean packed) throws IOException {
    byte[] tar = tar();
    byte[] bytes = packed ? IdxFixture.gzip(tar) : tar;
    Path archive = Files.write(folder.resolve("archive"), bytes);
    for (int good = 0; good < bytes.length * 3 / 4; good += bytes.length / 50) {
      InputStream file =
          new SequenceInputStream(
              new ByteArrayInputStream(bytes, 0, good), failing(new IOException(ERROR)));
      Listing listing = new Listing();

      assertThatThrownBy(() -> new TarFiles(archive, null).walk(file, listing))
          .isInstanceOf(IOException.class)
          .hasMessage(ERROR);
      assertThat(listing.skipped).isEmpty();
    }
  }

  @Test
  void anErrorIsNoDamageToAZip() throws IOException {
    Path archive = zip();
    for (long good = 0; good < Files.size(archive); good += 5_000) {
      Listing listing = new Listing();
      try (SeekableByteChannel file = new FailingChannel(archive, good)) {
        assertThatThrownBy(() -> new ZipFiles(archive, null).walk(file, listing))
            .isInstanceOf(IOException.class)
            .hasMessage(ERROR);
      }
      assertThat(listing.skipped).isEmpty();
    }
  }

  @Test
  void damageToAZipIsNoError() throws IOException {
    Path archive = zip();
    byte[] bytes = Files.readAllBytes(archive);
    for (int at = 100; at < bytes.length - 1_000; at += 7_000) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      Files.write(archive, damaged);
      Listing listing = new Listing();

      new ZipFiles(archive, null).walk(listing);

      assertThat(listing.skipped).containsExactly(at < 41_000 ? "dog/0.png" : "dog/1.png");
    }
  }

  @Test
  void anArchiveIsNotWrittenTo() throws IOException {
    try (SeekableByteChannel file = new FailingChannel(zip(), 0)) {
      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1)))
          .isInstanceOf(NonWritableChannelException.class);
      assertThatThrownBy(() -> file.truncate(0)).isInstanceOf(NonWritableChannelException.class);
    }
  }

  private static byte[] picture(int seed) {
    byte[] bytes = new byte[40_000];
    new Random(seed).nextBytes(bytes);
    byte[] head = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    System.arraycopy(head, 0, bytes, 0, head.length);
    return bytes;
  }

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (int i = 0; i < 4; i++) {
        TarArchiveEntry entry = new TarArchiveEntry("dog/" + i + ".png");
        entry.setSize(picture(i).length);
        tar.putArchiveEntry(entry);
        tar.write(picture(i));
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private Path zip() throws IOException {
    Path archive = folder.resolve("archive");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (int i = 0; i < 2; i++) {
        zip.putNextEntry(new ZipEntry("dog/" + i + ".png"));
        zip.write(picture(i));
      }
    }
    return archive;
  }

  private static InputStream failing(IOException error) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw error;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        throw error;
      }
    };
  }

  /** Can read the directory at the end, and what comes before a place. */
  private static final class FailingChannel extends ReadOnlyChannel {

    private final long good;

    FailingChannel(Path archive, long good) throws IOException {
      super(FileChannel.open(archive));
      this.good = good;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
      if (position() + buffer.remaining() > good && position() < size() - 1_000) {
        throw new IOException(ERROR);
      }
      return super.read(buffer);
    }
  }

  private static final class Listing implements PictureFiles.Visitor {

    private final List<String> skipped = new ArrayList<>();

    @Override
    public boolean wants(String file) {
      return true;
    }

    @Override
    public void visit(String file, long bytes, PictureFiles.Content content) {
      assertThat(bytes).isEqualTo(picture(0).length);
    }

    @Override
    public void skip(String file, String reason) {
      skipped.add(file);
    }
  }
}
