package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lesser processors, odd numbers of threads and too little memory, each in a JVM of its own: it
 * works, or ends in an error that can be caught, never in a crash.
 */
class FastPathLimitsTest {

  private static final int SIDE = 12;

  @TempDir private Path directory;

  @BeforeEach
  void needsOneDnn() {
    assumeThat(OneDnn.isOpen()).as("oneDNN is on the class path of this platform").isTrue();
  }

  private String run(int side, Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    all.addAll(List.of(options));
    Path out = directory.resolve("out.txt");
    ProcessBuilder builder =
        ChildJvm.of(FastPathProbe.class, all, Integer.toString(side))
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(new File(directory.toFile(), "err.txt"));
    builder.environment().putAll(environment);
    assertThat(ChildJvm.ended(builder.start(), 3)).isZero();
    // The probe's own line: no crash of the JVM leaves it, and none leaves a dump.
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("hs_err"));
    }
    return Files.readString(out, StandardCharsets.UTF_8).strip();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSE41", "AVX", "AVX2", "AVX512_CORE"})
  void bothPathsAgreeOnLesserProcessors(String instructions) throws Exception {
    assertThat(run(SIDE, Map.of("ONEDNN_MAX_CPU_ISA", instructions)))
        .isEqualTo("fast;agree;trained");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "8"})
  void bothPathsAgreeWithOtherNumbersOfThreads(String threads) throws Exception {
    assertThat(run(SIDE, Map.of("OMP_NUM_THREADS", threads))).isEqualTo("fast;agree;trained");
  }

  @Test
  void trainsWithoutDirectMemory() throws Exception {
    // A batch takes more than that; what Java reads files with, 8 KB on each of two threads, less.
    assertThat(run(SIDE, Map.of(), "-XX:MaxDirectMemorySize=18k")).isEqualTo("fast;agree;trained");
  }

  @Test
  void tooSmallAHeapIsAnErrorThatCanBeCaught() throws Exception {
    assertThat(run(600, Map.of(), "-Xmx40m")).startsWith("OutOfMemoryError");
  }

  @Test
  void tooLittleNativeMemoryIsAnErrorThatCanBeCaught() throws Exception {
    assertThat(run(100, Map.of(), "-Dorg.bytedeco.javacpp.maxphysicalbytes=200m"))
        .startsWith("OutOfMemoryError")
        .contains("physicalBytes");
  }
}
