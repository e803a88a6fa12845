package io.github.autoencoder4j.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt does not break the reading of a file, and is not lost either. */
class UninterruptedTest {

  @TempDir Path folder;

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  /** Interrupts itself in the midst of so many attempts. */
  private static int firstByte(Path file, int[] interrupts) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (interrupts[0]-- > 0) {
        Thread.currentThread().interrupt();
      }
      ByteBuffer buffer = ByteBuffer.allocate(1);
      channel.read(buffer, 0);
      return buffer.get(0);
    }
  }

  @Test
  void readsAgainFromTheStartAfterEachInterruptAndKeepsIt() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[] {7});
    int[] interrupts = {3};
    assertThat(Uninterrupted.<Integer>read(() -> firstByte(file, interrupts))).isEqualTo(7);
    assertThat(interrupts[0]).isEqualTo(-1);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void readsOnAThreadThatIsInterruptedAlready() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[] {7});
    Thread.currentThread().interrupt();
    assertThat(Uninterrupted.<Integer>read(() -> firstByte(file, new int[1]))).isEqualTo(7);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void passesOnOtherFailuresAndInterruptsNobody() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Uninterrupted.read(() -> firstByte(folder.resolve("none"), new int[1])));
    assertThat(Thread.interrupted()).isFalse();
  }
}
