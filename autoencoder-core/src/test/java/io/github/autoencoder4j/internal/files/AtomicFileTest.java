package io.github.autoencoder4j.internal.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.testing.ChildJvm;
import io.github.autoencoder4j.testing.DiskFaults;
import io.github.autoencoder4j.testing.DiskFaults.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFileTest {

  private static final byte[] OLD = bytes(1, 100_000);
  private static final byte[] NEW = bytes(2, 200_000);

  @TempDir Path folder;

  private Path target() {
    return folder.resolve("model.bin");
  }

  private static byte[] bytes(long seed, int count) {
    byte[] bytes = new byte[count];
    RandomStream.of(seed, "content").nextBytes(bytes);
    return bytes;
  }

  private static void write(Path target, byte[] content) throws IOException {
    AtomicFile.write(target, Disk.SYSTEM, out -> out.write(content));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesAndReplaces() throws IOException {
    write(target(), OLD);
    assertThat(target()).hasBinaryContent(OLD);
    write(target(), NEW);
    assertThat(target()).hasBinaryContent(NEW);
    write(target(), new byte[0]);
    assertThat(target()).isEmptyFile();
    assertThat(names(folder)).containsExactly("model.bin");
  }

  @Test
  void writesByteByByteToo() throws IOException {
    AtomicFile.write(
        target(),
        Disk.SYSTEM,
        out -> {
          for (byte value : NEW) {
            out.write(value);
          }
          out.flush();
          out.close();
        });
    assertThat(target()).hasBinaryContent(NEW);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void theOldFileOrTheNewOneIsThereWholeWhateverFailsAndWhenever(Fault fault) throws IOException {
    int tried = 0;
    for (boolean lasting : new boolean[] {false, true}) {
      for (boolean namesToo : new boolean[] {false, true}) {
        boolean struck = true;
        for (int operation = 0; struck; operation++) {
          Path home = Files.createDirectory(folder.resolve("try-" + tried++));
          Path file = home.resolve("model.bin");
          write(file, OLD);
          DiskFaults faults = new DiskFaults(fault, operation, lasting);
          boolean done = false;
          try {
            AtomicFile.write(file, new FaultyDisk(faults), out -> out.write(NEW));
            done = true;
          } catch (IOException e) {
            assertThat(faults.struck()).isTrue();
          }
          struck = faults.struck();
          String when = "%s at %d, lasting %s".formatted(fault, operation, lasting);
          byte[] before = Files.readAllBytes(file);
          assertThat(isWhole(before)).as(when).isTrue();

          faults.losePower(namesToo);
          byte[] after = Files.readAllBytes(file);
          assertThat(isWhole(after)).as(when + ", without power").isTrue();
          if (done) {
            assertThat(after).as("what was reported as written, " + when).isEqualTo(NEW);
          }

          AtomicFile.removeStale(home, Disk.SYSTEM);
          assertThat(names(home)).as(when).containsExactly("model.bin");
          write(file, NEW);
          assertThat(file).hasBinaryContent(NEW);
        }
      }
    }
    assertThat(tried).as("moments tried").isGreaterThanOrEqualTo(8);
  }

  private static boolean isWhole(byte[] content) {
    return Arrays.equals(content, OLD) || Arrays.equals(content, NEW);
  }

  @Test
  void aFileThatWasNotThereIsThereWholeOrNotAtAll() throws IOException {
    for (Fault fault : Fault.values()) {
      boolean struck = true;
      for (int operation = 0; struck; operation++) {
        Path home = Files.createDirectory(folder.resolve(fault + "-" + operation));
        Path file = home.resolve("model.bin");
        DiskFaults faults = new DiskFaults(fault, operation, true);
        try {
          AtomicFile.write(file, new FaultyDisk(faults), out -> out.write(NEW));
        } catch (IOException e) {
          assertThat(e).hasMessageNotContaining("null");
        }
        struck = faults.struck();
        faults.losePower(true);
        if (Files.exists(file)) {
          assertThat(file).hasBinaryContent(NEW);
        }
        assertThat(names(home)).allMatch(name -> name.equals("model.bin") || isTemporary(name));
        AtomicFile.removeStale(home, Disk.SYSTEM);
        assertThat(names(home)).noneMatch(AtomicFileTest::isTemporary);
      }
    }
  }

  private static boolean isTemporary(String name) {
    return name.startsWith("ae4j-") && name.endsWith(".tmp");
  }

  @Test
  void contentThatFailsLeavesTheOldFileAndNoOther() throws IOException {
    write(target(), OLD);
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    target(),
                    Disk.SYSTEM,
                    out -> {
                      out.write(NEW);
                      throw new IllegalStateException("no more content");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(target()).hasBinaryContent(OLD);
    assertThat(names(folder)).containsExactly("model.bin");
  }

  @Test
  void saysThatTheFolderIsMissing() {
    Path nowhere = folder.resolve("nowhere").resolve("model.bin");
    assertThatThrownBy(() -> write(nowhere, NEW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void anInterruptNeitherEndsTheWritingNorIsForgotten() throws IOException {
    Thread.currentThread().interrupt();
    write(target(), OLD);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(target()).hasBinaryContent(OLD);

    AtomicInteger attempts = new AtomicInteger();
    AtomicFile.write(
        target(),
        Disk.SYSTEM,
        out -> {
          if (attempts.incrementAndGet() == 1) {
            Thread.currentThread().interrupt();
          }
          out.write(NEW);
        });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(attempts).hasValue(2);
    assertThat(target()).hasBinaryContent(NEW);
    assertThat(names(folder)).containsExactly("model.bin");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // where links need a privilege
  void followsASymbolicLink() throws IOException {
    Path real = folder.resolve("real");
    Files.createDirectory(real);
    write(real.resolve("model.bin"), OLD);
    Files.createSymbolicLink(target(), real.resolve("model.bin"));

    write(target(), NEW);

    assertThat(Files.isSymbolicLink(target())).isTrue();
    assertThat(real.resolve("model.bin")).hasBinaryContent(NEW);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void refusesALinkThatLeadsToNoFile() throws IOException {
    Path itself = folder.resolve("itself");
    Files.createSymbolicLink(itself, itself);
    Path nowhere = Files.createSymbolicLink(target(), folder.resolve("nowhere"));
    for (Path link : List.of(itself, nowhere)) {
      assertThatThrownBy(() -> write(link, NEW))
          .isInstanceOf(FileSystemException.class)
          .hasMessage(link + ": is a symbolic link that leads to no file");
    }
    assertThat(names(folder)).containsExactly("itself", "model.bin");
  }

  @Test
  void refusesAFolderAndTheRootOfAFileSystem() throws IOException {
    Path folderOfThatName = Files.createDirectory(target());
    for (Path path : List.of(folderOfThatName, folder.getRoot(), Path.of(""))) {
      assertThatThrownBy(() -> write(path, NEW))
          .isInstanceOf(FileSystemException.class)
          .hasMessage(path + ": is a folder; name a file in it");
    }
    assertThat(names(folder)).containsExactly("model.bin");
  }

  @Test
  void refusesWhatIsNoRegularFile() throws IOException {
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(target()));
      assertThatThrownBy(() -> write(target(), NEW))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(target().toString())
          .hasMessageContaining("only regular files are replaced");
      assertThat(Files.isRegularFile(target())).isFalse();
    }
    assertThat(names(folder)).containsExactly("model.bin");
  }

  @ParameterizedTest
  @DisabledOnOs(OS.WINDOWS) // which has no modes
  @ValueSource(strings = {"rw-------", "rw-rw-r--", "r--r-----"})
  void keepsTheModeOfAFileAndLetsNobodyReadTheNewOneMeanwhile(String mode) throws IOException {
    write(target(), OLD);
    Files.setPosixFilePermissions(target(), PosixFilePermissions.fromString(mode));

    AtomicFile.write(
        target(),
        Disk.SYSTEM,
        out -> {
          out.write(NEW);
          Path temporary = folder.resolve(names(folder).get(0));
          assertThat(isTemporary(temporary.getFileName().toString())).isTrue();
          assertThat(mode(temporary)).isEqualTo("rw-------");
        });

    assertThat(target()).hasBinaryContent(NEW);
    assertThat(mode(target())).isEqualTo(mode);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aNewFileHasTheModeThatTheSystemGives() throws IOException {
    write(target(), NEW);
    assertThat(mode(target())).isEqualTo(mode(Files.createFile(folder.resolve("other.bin"))));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void keepsTheOwnerWhereTheSystemAllowsIt() throws IOException {
    write(target(), OLD);
    UserPrincipal nobody =
        target().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    assumeThat(catchThrowable(() -> Files.setOwner(target(), nobody)))
        .as("only root gives files away")
        .isNull();

    write(target(), NEW);

    assertThat(Files.getOwner(target())).isEqualTo(nobody);
  }

  @Test
  void removesWhatIsStaleAndNothingElse() throws IOException {
    Path stale = folder.resolve("ae4j-01234567-89ab-cdef-0123-456789abcdef.tmp");
    Files.write(stale, OLD);
    List<String> others =
        List.of("ae4j-notes.tmp", "ae4j.lock", "x.ae4j-" + stale.getFileName(), "model.bin.tmp");
    for (String name : others) {
      Files.write(folder.resolve(name), OLD);
    }
    Path directory = folder.resolve("ae4j-11234567-89ab-cdef-0123-456789abcdef.tmp");
    Files.createDirectory(directory);

    write(target(), NEW);

    assertThat(stale).doesNotExist();
    assertThat(directory).isDirectory();
    assertThat(names(folder)).containsAll(others).hasSize(others.size() + 2);
  }

  @Test
  void leavesAloneWhatThisProcessIsWriting() throws IOException {
    AtomicFile.write(
        target(),
        Disk.SYSTEM,
        out -> {
          out.write(OLD);
          write(folder.resolve("other.bin"), NEW);
          AtomicFile.removeStale(folder, Disk.SYSTEM);
        });
    assertThat(target()).hasBinaryContent(OLD);
    assertThat(folder.resolve("other.bin")).hasBinaryContent(NEW);
  }

  @Test
  void leavesAloneWhatAnotherProcessIsWritingUntilItIsGone() throws Exception {
    Process writer =
        ChildJvm.of(Writer.class, List.of(), target().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(writer.getInputStream().read()).isEqualTo('!');
      AtomicFile.removeStale(folder, Disk.SYSTEM);
      assertThat(names(folder)).hasSize(1).allMatch(AtomicFileTest::isTemporary);
    } finally {
      writer.destroyForcibly().waitFor();
    }
    assertThat(names(folder)).hasSize(1).allMatch(AtomicFileTest::isTemporary);
    AtomicFile.removeStale(folder, Disk.SYSTEM);
    assertThat(names(folder)).isEmpty();
  }

  /** The other process, which is killed while it writes. */
  static final class Writer {
    public static void main(String[] arguments) throws Exception {
      AtomicFile.write(
          Path.of(arguments[0]),
          Disk.SYSTEM,
          out -> {
            out.write(NEW);
            System.out.write('!');
            System.out.flush();
            try {
              TimeUnit.MINUTES.sleep(2); // until killed
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
  }

  @Test
  void readersSeeWholeFilesWhileManyWrite() throws IOException {
    write(target(), OLD);
    assertThat(
            IntStream.range(0, 200)
                .parallel()
                .allMatch(
                    i -> {
                      try {
                        if (i % 3 == 0) {
                          write(target(), i % 2 == 0 ? NEW : OLD);
                        }
                        return isWhole(Files.readAllBytes(target()));
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    }))
        .isTrue();
    assertThat(names(folder)).containsExactly("model.bin");
  }

  /** Checks the fixture: a writer that forgets to force is found out. */
  @ParameterizedTest
  @CsvSource({"true, content", "false, ''"})
  void theFaultyDiskForgetsWhatWasNotForced(boolean force, String expected) throws IOException {
    DiskFaults faults = new DiskFaults(Fault.WRITE_ERROR, Integer.MAX_VALUE, false);
    Disk disk = new FaultyDisk(faults);
    Path part = folder.resolve("part");
    try (FileChannel channel = disk.create(part)) {
      disk.write(channel, ByteBuffer.wrap("content".getBytes(UTF_8)));
      if (force) {
        disk.force(channel);
      }
    }
    disk.rename(part, target());
    faults.losePower(false);
    assertThat(target()).hasContent(expected);
    faults.losePower(true);
    assertThat(target()).doesNotExist();
  }
}
