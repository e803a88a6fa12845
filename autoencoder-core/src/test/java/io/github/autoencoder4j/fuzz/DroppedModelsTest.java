package io.github.autoencoder4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.model.ContainerReader;
import io.github.autoencoder4j.internal.model.ModelFile;
import io.github.autoencoder4j.internal.model.RawModel;
import io.github.autoencoder4j.testing.ChildJvm;
import io.github.autoencoder4j.testing.FuzzChoices;
import io.github.autoencoder4j.testing.FuzzInputs;
import io.github.autoencoder4j.testing.ProcessMemory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Models that are loaded and never closed. */
class DroppedModelsTest {

  private static final int MODELS = 25;

  @TempDir Path folder;

  /** Each of them takes about 40 MB beside the heap, in which there is room for hundreds. */
  @Test
  @EnabledOnOs(OS.LINUX) // where a process can be asked what it has had
  void theirMemoryIsGivenBackBeforeMoreIsTaken() throws Exception {
    Path said = folder.resolve("said");
    ProcessBuilder builder =
        ChildJvm.of(
            Dropping.class,
            // No bound of JavaCPP's, at which it would look for garbage itself.
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"),
            folder.resolve("dropped.aemodel").toString());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process child = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(ChildJvm.ended(child, 3)).as(Files.readString(said)).isZero();
    assertThat(Long.parseLong(Files.readString(said).strip())).as("MB").isBetween(100L, 512L);
  }

  /** Says the most that the process has had, in MB. */
  static final class Dropping {
    public static void main(String[] arguments) throws IOException {
      Path file = Path.of(arguments[0]);
      Files.write(file, find());
      for (int i = 0; i < MODELS; i++) {
        try (ContainerReader reader = ContainerReader.open(file)) {
          ModelFile.read(reader, Engine::blank);
        }
      }
      System.out.println(ProcessMemory.peak() >> 20);
    }

    /** The file with which the fuzzer found it. */
    private static byte[] find() throws IOException {
      try (InputStream in = Dropping.class.getResourceAsStream("/fuzz/model/memory-of-programs")) {
        byte[] input = Objects.requireNonNull(in).readAllBytes();
        return ModelGrammar.build(
            RawModel.of(ModelFiles.fixture("schema-1-dense.aemodel")),
            new FuzzChoices(FuzzInputs.content(input)));
      }
    }
  }
}
