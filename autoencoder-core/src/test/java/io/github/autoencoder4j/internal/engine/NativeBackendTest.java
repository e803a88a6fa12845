package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.autoencoder4j.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Class paths that miss something, each in a JVM of its own. */
class NativeBackendTest {

  private static boolean isBinary(String name) {
    return name.matches("nd4j-native-\\d.*-(linux|windows|macosx)-.*\\.jar");
  }

  private static boolean isBackend(String name) {
    return name.startsWith("nd4j-native-1");
  }

  @TempDir private Path directory;

  private record Ended(int code, String out) {}

  private Ended run(Predicate<String> leftOut, String... options)
      throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !leftOut.test(Path.of(entry).getFileName().toString()))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> all = new ArrayList<>(List.of("-Xmx256m"));
    all.addAll(List.of(options));
    Path out = directory.resolve("out.txt");
    Process process =
        ChildJvm.of(classPath, NativeBackendProbe.class, all)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(directory.resolve("err.txt").toFile())
            .start();
    return new Ended(ChildJvm.ended(process, 2), Files.readString(out, StandardCharsets.UTF_8));
  }

  private static void assertSaysWhatToAdd(Ended ended) {
    // One line, the probe's own: the library prints nothing there.
    assertThat(ended.out().strip().lines()).hasSize(1);
    // The second try says the same as the first.
    assertThat(
            Pattern.compile("no native backend of ND4J can be used").matcher(ended.out()).results())
        .hasSize(2);
    assertThat(
            Pattern.compile(
                    "<dependency><groupId>io.github.autoencoder4j</groupId>"
                        + "<artifactId>autoencoder-native-"
                        + Loader.getPlatform()
                        + "</artifactId><version>[0-9][^<]*</version><type>pom</type>"
                        + "<scope>runtime</scope></dependency>")
                .matcher(ended.out())
                .results())
        .hasSize(2);
    assertThat(ended.code()).isZero();
  }

  @Test
  void saysWhatToAddIfThereIsNoBackend() throws Exception {
    assertSaysWhatToAdd(run(NativeBackendTest::isBackend));
  }

  @Test
  void saysWhatToAddIfThereIsABackendWithoutABinary() throws Exception {
    assertSaysWhatToAdd(run(NativeBackendTest::isBinary));
  }

  /** Nowhere can be written: below a file there is no folder, not even for root. */
  private Ended runWithoutCache(String... options) throws IOException, InterruptedException {
    Path file = Files.createFile(directory.resolve("file"));
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Duser.home=" + file.resolve("home"));
    all.add("-Djava.io.tmpdir=" + file.resolve("tmp"));
    return run(name -> false, all.toArray(String[]::new));
  }

  private static void assertSaysWhereToUnpack(Ended ended, Path... folders) {
    assertThat(ended.code()).isZero();
    assertThat(ended.out().strip().lines()).hasSize(1);
    assertThat(ended.out())
        .contains("-Dorg.bytedeco.javacpp.cachedir=<folder>")
        .contains("Could not create the cache")
        .doesNotContain("<dependency>", "no native backend");
    for (Path folder : folders) {
      assertThat(ended.out()).contains(folder + " (does not exist and cannot be created)");
    }
    // The second try says the same as the first.
    String[] tries = ended.out().strip().split(";", -1);
    assertThat(tries[1]).isEqualTo(tries[0]);
  }

  @Test
  void saysWhereNativeLibrariesCouldNotBeUnpacked() throws Exception {
    assertSaysWhereToUnpack(
        runWithoutCache(),
        directory.resolve("file/home/.javacpp/cache"),
        directory.resolve("file/tmp/.javacpp-" + System.getProperty("user.name") + "/cache"));
  }

  @Test
  void saysThatTheChosenFolderCannotBeWrittenToEither() throws Exception {
    Path chosen = directory.resolve("file/chosen");
    assertSaysWhereToUnpack(
        runWithoutCache("-Dorg.bytedeco.javacpp.cachedir=" + chosen),
        chosen,
        directory.resolve("file/home/.javacpp/cache"));
  }

  @Test
  void aFolderThatIsWritableIsAllItTakes() throws Exception {
    // As the message says. Unpacked already, it need not be once more for a test.
    Ended ended = runWithoutCache("-Dorg.bytedeco.javacpp.cachedir=" + Loader.getCacheDir());
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("trained;trained;");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void tellsHowMuchRoomThereIsWhereLibrariesAreTruncatedByAFullDisk() {
    Throwable failure =
        new ExceptionInInitializerError(
            new IllegalStateException(
                "wrapped", new UnsatisfiedLinkError("failed to map segment from shared object")));
    assertThat(NativeCache.unusable(failure))
        .contains("failed to map segment from shared object")
        .contains("MB free")
        .contains("noexec")
        .contains("500 MB");
  }

  @Test
  void knowsThatTheLibrariesAreThere() {
    assertThat(NativeCache.isFilledFrom(Loader.getPlatform())).isTrue();
    assertThat(NativeCache.isFilledFrom("linux-riscv64")).isFalse();
  }

  @Test
  void namesTheArtifactOfEachPlatform() {
    assertThat(NativeBackend.PLATFORMS)
        .allSatisfy(
            platform ->
                assertThat(NativeBackend.missing(platform, false))
                    .contains("<artifactId>autoencoder-native-" + platform + "</artifactId>")
                    .doesNotContain("classifier", "PLATFORM", "${")
                    .endsWith("</dependency>"));
  }

  @Test
  void namesAnArtifactThatThereIs() {
    assertThat(NativeBackend.PLATFORMS)
        .allSatisfy(
            platform ->
                assertThat(Path.of("..", "autoencoder-native", platform, "pom.xml"))
                    .content(StandardCharsets.UTF_8)
                    .contains("<artifactId>autoencoder-native-" + platform + "</artifactId>"));
  }

  @Test
  void addsThePlainBuildForOldProcessors() {
    assertThat(NativeBackend.missing("linux-x86_64", true))
        .contains("<artifactId>autoencoder-native-linux-x86_64</artifactId>")
        .contains("<classifier>linux-x86_64</classifier>");
  }

  @Test
  void namesThePlatformsThereAreOnAnother() {
    assertThat(NativeBackend.missing("linux-riscv64", false))
        .contains("linux-riscv64")
        .contains(NativeBackend.PLATFORMS)
        .doesNotContain("<dependency>");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void anEmptyExtensionChoosesThePlainBuild() throws Exception {
    String classPath = System.getProperty("java.class.path");
    assumeThat(classPath).contains("linux-x86_64-onednn-avx2.jar").contains("linux-x86_64.jar");
    Ended ended = run(name -> false, "-Dorg.bytedeco.javacpp.platform.extension=");
    assertThat(ended.code()).isZero();
    assertThat(ended.out().strip().lines()).hasSize(1);
    assertThat(ended.out())
        .startsWith("trained;trained;")
        .endsWith("linux-x86_64/libnd4jcpu.so" + System.lineSeparator());
  }

  @Test
  void saysSoIfTheBackendDoesNotFitTheProcessorWhereNd4jWouldEndTheJvm() throws Exception {
    Ended ended = run(name -> false, "-Dnative.ops=" + UnfitBackend.class.getName());
    assertThat(ended.code()).isZero();
    assertThat(
            Pattern.compile("built for newer processors than this one")
                .matcher(ended.out())
                .results())
        .hasSize(2);
    assertThat(ended.out())
        .contains(
            "<artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version>"
                + "<classifier>"
                + Loader.getPlatform()
                + "</classifier>");
    assertThat(ended.out().strip().lines()).hasSize(1);
  }

  @Test
  void trainsWithoutOneDnn() throws Exception {
    Ended ended = run(name -> name.startsWith("dnnl-") || name.startsWith("opencl-"));
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("trained;trained;");
  }

  @Test
  void trainsWithoutTheBinaryOfOneDnn() throws Exception {
    Ended ended = run(name -> name.matches("(dnnl|opencl)-.*-(linux|windows|macosx)-.*"));
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("trained;trained;");
  }

  @Test
  void trainsWithMoreThreadsThanCores() throws Exception {
    Ended ended = run(name -> false, "-Dautoencoder4j.onednn=on", "-XX:ActiveProcessorCount=1");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("trained;trained;");
  }

  private static String cpuInfo(String flags) {
    return "processor\t: 0\nmodel name\t: avx2 avx2\nflags\t\t: " + flags + "\nbugs\t\t: avx2\n";
  }

  @Test
  void asksTheProcessorForAvx2() {
    assertThat(NativeBackend.lacksAvx2("amd64", cpuInfo("fpu avx avx2 bmi2"))).isFalse();
    assertThat(NativeBackend.lacksAvx2("amd64", cpuInfo("fpu avx bmi2 avx2"))).isFalse();
    assertThat(NativeBackend.lacksAvx2("x86_64", cpuInfo("avx2"))).isFalse();
    assertThat(NativeBackend.lacksAvx2("amd64", cpuInfo("fpu avx bmi2 avx2x"))).isTrue();
    assertThat(NativeBackend.lacksAvx2("AMD64", cpuInfo("fpu sse2"))).isTrue();
  }

  @Test
  void doesNotJudgeWhatItCannotRead() {
    assertThat(NativeBackend.lacksAvx2("aarch64", cpuInfo("fp asimd"))).isFalse();
    assertThat(NativeBackend.lacksAvx2("amd64", "")).isFalse();
  }
}
