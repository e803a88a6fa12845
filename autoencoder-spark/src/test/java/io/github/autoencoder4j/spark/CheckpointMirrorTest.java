package io.github.autoencoder4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.training.BatchEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a run come and go on Hadoop's side as they do here, whenever a driver was killed. */
class CheckpointMirrorTest {

  @TempDir Path remote;

  private final BatchEnd round = new BatchEnd(1, 20, 1, 1, 20, 0.5);

  private CheckpointMirror open() {
    return CheckpointMirror.open(remote.toUri().toString(), new Configuration());
  }

  private List<String> there() throws IOException {
    try (Stream<Path> files = Files.list(remote)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  @Test
  void filesComeAndGo() throws Exception {
    CheckpointMirror mirror = open();
    Path local = mirror.folder();
    Files.writeString(local.resolve("checkpoint-0000000001.aemodel"), "one");
    Files.writeString(local.resolve("ae4j.lock"), "");
    mirror.onBatchEnd(round);
    assertThat(there()).containsExactly("checkpoint-0000000001.aemodel");

    Files.delete(local.resolve("checkpoint-0000000001.aemodel"));
    Files.writeString(local.resolve("checkpoint-0000000002.aemodel"), "two");
    Path best = Files.writeString(local.resolve("best.aemodel"), "good");
    mirror.onBatchEnd(round);
    assertThat(there()).containsExactly("best.aemodel", "checkpoint-0000000002.aemodel");

    Files.writeString(best, "better");
    Files.setLastModifiedTime(best, FileTime.fromMillis(1_000_000));
    mirror.close();
    assertThat(remote.resolve("best.aemodel")).hasContent("better");
    assertThat(local).doesNotExist();

    try (CheckpointMirror again = open()) {
      assertThat(again.folder().resolve("checkpoint-0000000002.aemodel")).hasContent("two");
    }
    assertThat(there()).containsExactly("best.aemodel", "checkpoint-0000000002.aemodel");
  }

  @Test
  void whatAKilledDriverLeftIsNotInTheWay() throws Exception {
    Files.writeString(remote.resolve("_best.aemodel"), "half of i");
    Files.writeString(remote.resolve("checkpoint-0000000002.aemodel"), "two");
    try (CheckpointMirror mirror = open()) {
      assertThat(mirror.folder().resolve("_best.aemodel")).doesNotExist();
      Files.writeString(mirror.folder().resolve("best.aemodel"), "good");
      // Another driver that is being killed just now.
      Files.writeString(remote.resolve("_best.aemodel"), "half");
      mirror.onBatchEnd(round);
    }
    assertThat(there()).containsExactly("best.aemodel", "checkpoint-0000000002.aemodel");
    assertThat(remote.resolve("best.aemodel")).hasContent("good");
  }
}
