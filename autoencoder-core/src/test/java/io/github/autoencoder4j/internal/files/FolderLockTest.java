package io.github.autoencoder4j.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.testing.ChildJvm;
import io.github.autoencoder4j.testing.SecondClassLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

  @TempDir Path folder;

  @Test
  void aFolderIsLockedOnceAtATime() throws IOException {
    try (FolderLock lock = FolderLock.take(folder).orElseThrow()) {
      assertThat(FolderLock.take(folder)).isEmpty();
      assertThat(FolderLock.take(folder.resolve("."))).isEmpty();
      lock.close();
      FolderLock.take(folder).orElseThrow().close();
    }
    FolderLock.take(folder).orElseThrow().close();
  }

  @Test
  void locksOfOtherNamesLeaveEachOtherAlone() throws IOException {
    try (FolderLock lock = FolderLock.take(folder, "one.lock").orElseThrow()) {
      assertThat(FolderLock.take(folder, "one.lock")).isEmpty();
      FolderLock.take(folder, "other.lock").orElseThrow().close();
      FolderLock.take(folder).orElseThrow().close();
    }
    assertThat(folder).isDirectoryContaining("glob:**/one.lock");
  }

  /** Two web applications in one server, each of which brings this library. */
  @Test
  void anotherClassLoaderNeitherGetsTheLockNorTakesItAway() throws Exception {
    try (SecondClassLoader other = new SecondClassLoader()) {
      try (FolderLock lock = FolderLock.take(folder).orElseThrow()) {
        assertThat(other.call(Taker.class, "takes", folder.toString())).isEqualTo(false);
        assertThat(anotherProcessTakes()).isFalse();
      }
      assertThat(anotherProcessTakes()).isTrue();
      assertThat(other.call(Taker.class, "takes", folder.toString())).isEqualTo(true);
    }
  }

  @Test
  void anotherClassLoaderLeavesAloneWhatThisOneIsWriting() throws Exception {
    Path target = folder.resolve("model.bin");
    try (SecondClassLoader other = new SecondClassLoader()) {
      AtomicFile.write(
          target,
          Disk.SYSTEM,
          out -> {
            out.write(1);
            try {
              other.call(Taker.class, "cleans", folder.toString());
              assertThat(anotherProcessTakes()).isTrue(); // and cleans up first
            } catch (Exception e) {
              throw new IOException(e);
            }
          });
    }
    assertThat(target).hasBinaryContent(new byte[] {1});
  }

  private boolean anotherProcessTakes() throws Exception {
    Process process =
        ChildJvm.of(Taker.class, List.of(), folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    return ChildJvm.ended(process, 1) == 0;
  }

  /** Whoever else there is. */
  static final class Taker {

    static boolean takes(String folder) throws IOException {
      var lock = FolderLock.take(Path.of(folder));
      lock.ifPresent(FolderLock::close);
      return lock.isPresent();
    }

    static boolean cleans(String folder) {
      AtomicFile.removeStale(Path.of(folder), Disk.SYSTEM);
      return Files.exists(Path.of(folder));
    }

    public static void main(String[] arguments) throws IOException {
      cleans(arguments[0]);
      System.exit(takes(arguments[0]) ? 0 : 1);
    }
  }
}
