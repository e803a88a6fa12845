package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.training.Training;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where models come from and go to: streams, files that are not there, folders that are not. */
class ModelPlacesTest {

  private static final ImageSource DATA = TinyData.source(20, 12);
  private static final Autoencoder SAVED = trained();

  @TempDir private Path folder;
  private Set<Path> temporaryBefore = Set.of();

  private static Autoencoder trained() {
    Autoencoder autoencoder = Autoencoder.dense().hidden(8).bottleneck(2).build();
    autoencoder.fit(DATA, Training.epochs(1));
    return autoencoder;
  }

  private byte[] bytes(Saving saving) throws IOException {
    Path file = folder.resolve("bytes.aemodel");
    SAVED.save(file, saving);
    return Files.readAllBytes(file);
  }

  private static Set<Path> temporary() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().matches("autoencoder\\d+\\.aemodel"))
          .collect(Collectors.toSet());
    }
  }

  @BeforeEach
  void lookAtTemporaryFiles() throws IOException {
    temporaryBefore = temporary();
  }

  @AfterEach
  void leavesNoTemporaryFile() throws IOException {
    assertThat(temporary()).isSubsetOf(temporaryBefore);
  }

  @Test
  void aStreamIsLoadedAsAFileIs() throws IOException {
    boolean[] closed = {false};
    InputStream in =
        new ByteArrayInputStream(bytes(Saving.whole())) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    Autoencoder loaded = Autoencoder.load(in);
    assertThat(loaded.parameters()).isEqualTo(SAVED.parameters());
    assertThat(loaded.reconstruct(DATA)).isDeepEqualTo(SAVED.reconstruct(DATA));
    assertThat(loaded.trainingRuns()).isEqualTo(SAVED.trainingRuns());
    assertThat(closed[0]).isFalse();
    Autoencoder encoder = Autoencoder.load(new ByteArrayInputStream(bytes(Saving.encoder())));
    assertThat(encoder.encode(DATA)).isDeepEqualTo(SAVED.encode(DATA));
  }

  private static void assertRefused(InputStream in) {
    assertThatExceptionOfType(UnreadableModelException.class)
        .isThrownBy(() -> Autoencoder.load(in))
        .withMessageStartingWith("stream cannot be read as a model")
        .satisfies(thrown -> assertThat(thrown.file()).isEqualTo(Path.of("stream")));
  }

  @Test
  void aStreamWithAFlippedBitIsRefused() throws IOException {
    byte[] bytes = bytes(Saving.whole());
    for (int at = 0; at < bytes.length; at += 1 + bytes.length / 200) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      assertRefused(new ByteArrayInputStream(damaged));
    }
  }

  @Test
  void aStreamThatEndsTooEarlyOrTooLateIsRefused() throws IOException {
    byte[] bytes = bytes(Saving.whole());
    for (int length :
        new int[] {0, 1, 4, 5, bytes.length / 2, bytes.length - 1, bytes.length + 1}) {
      assertRefused(new ByteArrayInputStream(Arrays.copyOf(bytes, length)));
    }
  }

  /** Never ends; counts how much was taken. */
  @SuppressWarnings("InputStreamSlowMultibyteRead")
  private static final class Endless extends InputStream {
    private long taken;

    @Override
    public int read() {
      taken++;
      return 'x';
    }
  }

  @Test
  void aStreamThatIsNoModelIsNotReadToItsEnd() {
    Endless endless = new Endless();
    assertRefused(endless);
    assertThat(endless.taken).isLessThan(100);
  }

  @Test
  @SuppressWarnings("InputStreamSlowMultibyteRead")
  void aStreamThatFailsIsAFailureOfTheStream() throws IOException {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    InputStream half = new ByteArrayInputStream(bytes(Saving.whole()), 0, 300);
    for (InputStream in : List.of(failing, new SequenceInputStream(half, failing))) {
      assertThatThrownBy(() -> Autoencoder.load(in))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("stream")
          .hasMessageContaining("connection reset");
    }
  }

  @Test
  void aMissingFileIsSaidToBeMissing() {
    for (Path missing : List.of(folder.resolve("no.aemodel"), Path.of("nowhere", "no.aemodel"))) {
      for (Consumer<Path> read : List.<Consumer<Path>>of(Autoencoder::load, Autoencoder::inspect)) {
        assertThatThrownBy(() -> read.accept(missing))
            .isInstanceOf(UncheckedIOException.class)
            .hasMessageContaining("there is no model file " + missing)
            .hasMessageContaining(missing.toAbsolutePath().toString())
            .hasCauseInstanceOf(NoSuchFileException.class);
      }
    }
  }

  @Test
  void aFolderWithoutCheckpointsIsSaidToHaveNone() {
    assertThatThrownBy(() -> Autoencoder.load(folder))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("a folder without checkpoints");
  }

  @Test
  void aFolderThatDoesNotExistIsNotMadeButNamed() throws IOException {
    Path nowhere = folder.resolve("a").resolve("b");
    Path file = Files.createFile(folder.resolve("file"));
    for (Path parent : List.of(nowhere, file)) {
      assertThatThrownBy(() -> SAVED.save(parent.resolve("model.aemodel")))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("there is no folder " + parent)
          .hasMessageContaining("createDirectories");
    }
    assertThat(nowhere.getParent()).doesNotExist();
    Files.createDirectories(nowhere);
    SAVED.save(nowhere.resolve("model.aemodel"));
    assertThat(nowhere.resolve("model.aemodel")).exists();
  }

  @Test
  void whatIsNoFileIsNotReplacedByOne() {
    for (Path path : List.of(folder, folder.getRoot(), Path.of(""))) {
      assertThatThrownBy(() -> SAVED.save(path))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("could not be saved as " + path)
          .hasMessageContaining("is a folder; name a file in it");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // which has no modes
  void aPrivateModelStaysPrivate() throws IOException {
    Path file = folder.resolve("private.aemodel");
    SAVED.save(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    SAVED.save(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
