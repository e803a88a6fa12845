package io.github.autoencoder4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.testing.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gzipped files of 2 MB that unpack to 2 GB, in a JVM of its own with a small heap. */
class IdxBombTest {

  private static final int SIDE = 32_767;
  private static final int PIECE = 1 << 24;

  @TempDir Path folder;

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void refusesWhatUnpacksBeyondReason() throws Exception {
    Path images = bomb("images", IdxFixture.images(2, SIDE, SIDE, new byte[0]), 2L * SIDE * SIDE);
    Path labels = folder.resolve("labels");
    Files.write(labels, IdxFixture.labels(2, (byte) 0, (byte) 1));
    Path manyLabels = bomb("many-labels", IdxFixture.labels(2_000_000_000), 2_000_000_000L);
    assertThat(Files.size(images)).isLessThan(3 << 20);

    Process child =
        ChildJvm.of(
                Probe.class,
                List.of("-Xmx512m"),
                images.toString(),
                labels.toString(),
                images.toString(),
                manyLabels.toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();

    assertThat(child.waitFor()).as(lines.toString()).isZero();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("refused: " + images).contains("100 times its size");
    assertThat(lines.get(1)).startsWith("refused: " + manyLabels).contains("100 times its size");
  }

  /** Gzip files may be put one after the other, so one packed piece does for all. */
  private Path bomb(String name, byte[] header, long zeros) throws IOException {
    byte[] piece = IdxFixture.gzip(new byte[PIECE]);
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(IdxFixture.gzip(header));
      for (long left = zeros / PIECE; left > 0; left--) {
        out.write(piece);
      }
      out.write(IdxFixture.gzip(new byte[(int) (zeros % PIECE)]));
    }
    return file;
  }

  /** What the child runs: pairs of files. */
  static final class Probe {
    public static void main(String[] files) {
      for (int i = 0; i < files.length; i += 2) {
        try {
          System.out.println("read: " + Idx.read(Path.of(files[i]), Path.of(files[i + 1])).size());
        } catch (UnusableDataException e) {
          System.out.println("refused: " + e.getMessage());
        }
      }
    }
  }
}
