package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.autoencoder4j.testing.Jdk25;
import io.github.autoencoder4j.training.Training;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in JVMs that have the runtime and nothing else, and are denied whatever can be. */
class PlainJvmTest {

  private static final List<String> DENIALS =
      List.of("--illegal-native-access=deny", "--sun-misc-unsafe-memory-access=deny");

  /** The reference network on digits. */
  private static final Autoencoder TRAINED =
      Autoencoder.dense().input(28, 28).hidden(512, 256, 64).bottleneck(2).build();

  private static final float[] SAMPLE = new float[784];

  @TempDir static Path folder;

  private static Path model;

  @BeforeAll
  static void save() {
    Arrays.fill(SAMPLE, 0.25f);
    TRAINED.fit(TinyData.source(8, 784), Training.epochs(1).batchSize(4));
    model = folder.resolve("digits.aemodel");
    TRAINED.save(model);
  }

  /** What comes with the runtime, and the probe. */
  private static String runtimePath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry ->
                entry.contains("autoencoder-runtime")
                    || entry.endsWith("test-classes")
                    || Path.of(entry)
                        .getFileName()
                        .toString()
                        .matches("(jackson-core|slf4j-api|jspecify)-\\d.*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private static List<String> run(
      Path java, List<String> options, String classPath, boolean fromFile, Class<?> program)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(options);
    // Nothing can be written there, and nothing is.
    command.add("-Djava.io.tmpdir=" + folder.resolve("nowhere"));
    command.addAll(List.of("-cp", classPath, program.getName()));
    if (fromFile) {
      command.add(model.toString());
    }
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    if (!fromFile) {
      builder.redirectInput(model.toFile());
    }
    Process process = builder.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    return Files.readAllLines(out, StandardCharsets.UTF_8);
  }

  private static void assertSameAsCore(List<String> lines) {
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("plain Java");
    float[] code = TRAINED.encode(new float[][] {SAMPLE})[0];
    assertClose(lines.get(1), code);
    assertClose(lines.get(2), TRAINED.decode(new float[][] {code})[0]);
    assertThat(Double.parseDouble(lines.get(3)))
        .isCloseTo(TRAINED.evaluate(new float[][] {SAMPLE}).reconstructionLoss(), offset(1e-5));
  }

  private static void assertClose(String line, float[] expected) {
    String[] numbers = line.substring(1, line.length() - 1).split(", ", -1);
    assertThat(numbers).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(Float.parseFloat(numbers[i])).isCloseTo(expected[i], offset(1e-5f));
    }
  }

  @Test
  void runsOnThisJvmFromAFileAndFromAStream() throws Exception {
    assertSameAsCore(run(java(), List.of(), runtimePath(), true, PlainProbe.class));
    assertSameAsCore(run(java(), List.of(), runtimePath(), false, PlainProbe.class));
  }

  @Test
  void runsWhereNativeCodeAndUnsafeAreDenied() throws Exception {
    Optional<Path> java = Jdk25.java();
    assumeThat(java).as("a JDK 25, whose flags these are").isPresent();

    assertSameAsCore(run(java.get(), DENIALS, runtimePath(), true, PlainProbe.class));
    assertSameAsCore(run(java.get(), DENIALS, runtimePath(), false, PlainProbe.class));
  }

  @Test
  void runsInAnImageOfOneModule() throws Exception {
    Path jlink = java().resolveSibling("jlink");
    assumeThat(jlink).as("a JDK, which has jlink").exists();
    assumeThat(Path.of(System.getProperty("java.home"), "jmods")).exists();
    Path image = folder.resolve("image");
    Process link =
        new ProcessBuilder(
                jlink.toString(), "--add-modules", "java.base", "--output", image.toString())
            .inheritIO()
            .start();
    assertThat(link.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(link.exitValue()).isZero();

    assertSameAsCore(
        run(
            image.resolve("bin").resolve("java"),
            List.of(),
            runtimePath(),
            true,
            PlainProbe.class));
  }

  @Test
  void decodesADigitSoonAfterTheStart() throws Exception {
    // Where others compute, it is they who are measured.
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    assumeThat(load)
        .as("the load of a machine that is not busy")
        .isLessThan(1.5 * Runtime.getRuntime().availableProcessors());
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 6 && best > 0.25; i++) {
      long start = System.nanoTime();
      run(java(), List.of(), runtimePath(), true, PlainProbe.class);
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }

    // To the end of the JVM, which is more. A bound for what went wrong, not a figure to be proud
    // of.
    System.out.printf(Locale.ROOT, "from start to end with a digit: %.2f s%n", best);
    assertThat(best).isLessThan(2);
  }

  @Test
  void fitAndLoadSayWhatIsDeniedAndTheWayOut() throws Exception {
    Optional<Path> java = Jdk25.java();
    assumeThat(java).as("a JDK 25, whose flags these are").isPresent();

    for (String denial : DENIALS) {
      List<String> said =
          run(
              java.get(),
              List.of(denial),
              System.getProperty("java.class.path"),
              true,
              DeniedProbe.class);

      assertThat(said.get(0)).startsWith("fit: java.lang.IllegalStateException: this JVM denies");
      assertThat(said.get(1)).startsWith("load: java.lang.IllegalStateException: this JVM denies");
      assertThat(said.subList(0, 2))
          .allSatisfy(
              line ->
                  assertThat(line)
                      .contains("--enable-native-access=ALL-UNNAMED")
                      .contains("--sun-misc-unsafe-memory-access=allow")
                      .contains("io.github.autoencoder4j.runtime"));
      assertThat(said.get(2)).startsWith("runtime: plain Java");
    }
  }
}
