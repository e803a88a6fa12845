package io.github.autoencoder4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.viz.page.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the lab as a user would, on few data. */
class LabTest {

  /** What each task must report, whatever else it does. */
  private static final Map<String, List<String>> CONTRACT =
      Map.ofEntries(
          Map.entry("mnist.1", List.of("train.images", "test.images", "parameters")),
          Map.entry(
              "mnist.2",
              List.of(
                  "test.bce_per_pixel", "test.mse", "test.knn10_accuracy", "baseline.pca2_mse")),
          Map.entry(
              "mnist.3", List.of("noisy.psnr_db", "denoised.psnr_db", "denoised.bce_per_pixel")),
          Map.entry("mnist.4", List.of("box", "filled_share", "recognised_share", "classes_seen")),
          Map.entry(
              "mnist.5",
              List.of(
                  "filled_share@l2,seed=1",
                  "filled_share@plain,seed=3",
                  "recognised_share@l2,seed=2",
                  "test.bce_per_pixel@plain,seed=1",
                  "filled_share.mean@l2",
                  "filled_share.std@plain",
                  "recognised_share.mean@plain",
                  "test.bce_per_pixel.std@l2",
                  "filled_share.difference@l2",
                  "test.bce_per_pixel.margin@l2=1e-5",
                  "latent.std@l2=1e-5,seed=2")),
          Map.entry(
              "mnist.6",
              List.of(
                  "filled_share@plain",
                  "filled_share@variational",
                  "recognised_share@variational,prior",
                  "generative.coverage@plain,mixture",
                  "kl_nats_per_image",
                  "active_units")),
          Map.entry(
              "mnist.7",
              List.of(
                  "held.mse@code=2,seed=1",
                  "held.mse.mean@code=64",
                  "held.mse.difference@code=4",
                  "held.knn10_error.mean@code=8",
                  "baseline.pca_mse@code=16",
                  "knee.mse",
                  "knee.knn10_error")),
          Map.entry(
              "dog.1",
              List.of(
                  "train.images",
                  "test.images",
                  "test.psnr_db",
                  "test.psnr_pooled_db",
                  "test.ssim",
                  "baseline.patch_pca_psnr_db")),
          Map.entry("dog.2", List.of("psnr_db")),
          Map.entry(
              "dog.3",
              List.of(
                  "latent.mean",
                  "latent.std",
                  "latent.covariance_rank",
                  "generative.coverage@lowrank",
                  "generative.precision@diagonal")),
          Map.entry("dog.4", List.of("psnr_db@0.00", "psnr_db@0.40")),
          Map.entry(
              "dog.5",
              List.of(
                  "test.psnr_db@0.05",
                  "test.psnr_db@0.15",
                  "snr_db@0.10",
                  "baseline.linear_psnr_db@0.10",
                  "power.max_deviation@0.05",
                  "generative.coverage@0.15",
                  "test.psnr_db@train=0.05,test=0.15")),
          Map.entry(
              "dog.6",
              List.of(
                  "test.psnr_db@noise",
                  "test.psnr_db@variational",
                  "generative.precision@noise,gaussian",
                  "generative.recall@variational,prior",
                  "generative.coverage@variational,mixture",
                  "generative.contrast_coverage@noise,second_stage",
                  "generative.contrast_precision@variational,rebuilt",
                  "kl_nats_per_image")));

  @TempDir static Path folder;

  private static final Locale LOCALE = Locale.getDefault();

  private static Path digits;
  private static Path dogs;

  /** With a comma for a decimal point, which no name and no figure may have. */
  @BeforeAll
  static void speakGerman() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterAll
  static void speakAsBefore() {
    Locale.setDefault(LOCALE);
  }

  @BeforeAll
  static void writeFewPictures() throws IOException {
    dogs = TinyDogs.write(folder.resolve("dogs"), 150);
    digits = TinyMnist.write(Files.createDirectory(folder.resolve("digits")), 600, 200);
  }

  @Test
  void runsEveryTaskAndKeepsTheContractOfItsResults() throws IOException {
    Path out = folder.resolve("all");

    int status =
        LabCommand.execute(
            Lab.tasks(),
            "--tasks=" + Lab.tasks().stream().map(LabTask::id).collect(Collectors.joining(",")),
            "--quick",
            "--mnist=" + digits,
            "--dogs=" + dogs,
            "--out=" + out);

    assertThat(status).isZero();
    JsonNode results = results(out);
    assertThat(results.get("schema").asInt()).isEqualTo(1);
    assertThat(results.at("/data/mnist/train").asInt()).isEqualTo(600);
    assertThat(results.at("/data/dogs/images").asInt()).isEqualTo(150);
    assertThat(results.at("/data/dogs/synthetic").asBoolean()).isFalse();
    assertThat(results.at("/environment/quick").asBoolean()).isTrue();
    for (LabTask task : Lab.tasks()) {
      JsonNode result = results.get("tasks").get(task.id());
      assertThat(result.get("status").asText()).isEqualTo("done");
      assertThat(result.get("observation").asText()).isNotBlank().doesNotContain("NaN");
      List<String> names = new ArrayList<>();
      result.get("metrics").fieldNames().forEachRemaining(names::add);
      assertThat(names).containsAll(CONTRACT.get(task.id()));
      assertThat(result.get("pictures")).isNotEmpty();
      for (JsonNode picture : result.get("pictures")) {
        assertThat(out.resolve(picture.asText())).isNotEmptyFile();
      }
      // Bars are for full runs: a quick one could only miss them.
      assertThat(result.get("bars")).isEmpty();
    }
    // So few digits may teach so little that nothing drawn is recognised.
    JsonNode sampling = results.at("/tasks/mnist.4");
    assertThat(sampling.at("/observation").asText())
        .contains(
            sampling.at("/metrics/recognised_share").asDouble() == 0
                ? "It sees no class at all."
                : "It sees %s of the 10 classes ".formatted(sampling.at("/metrics/classes_seen")));
    assertThat(out.resolve("report.html"))
        .content()
        .containsPattern("done, [0-9]+\\.[0-9] s<")
        .contains("A quick run", "data:image/png;base64,", "mnist.5", "dog.5", " ± ")
        // Figures of several models or seeds stand side by side.
        .contains(">filled_share, l2</span></td>", ">seed 3</span></th>")
        .contains(">test.psnr_db, train 0.05</span></td>", ">test 0.15</span></th>")
        .contains(">generative.coverage</span></td>", ">lowrank</span></th>")
        // Charts say what their axes are.
        .contains(
            "The mean PSNR by the noise, in shares of", "by the variance of the noise in the test.")
        // Pairs of seeds with their differences.
        .contains("compared with", "95 % interval", "by Student&#39;s t", "held.knn10_error")
        .contains("href=\"explorer.html\"", "href=\"explorer-dogs.html\"")
        .contains("\u8bad\u7ec3 600 \u5e45\uff0c\u6d4b\u8bd5 200 \u5e45")
        .doesNotContain("src=\"http", "href=\"http", "[I@", "[D@");
    assertThat(Files.size(out.resolve("report.html"))).isLessThan(8_000_000);
    assertThat(Files.size(out.resolve("explorer.html"))).isLessThan(2_000_000);
    assertThat(Files.size(out.resolve("explorer-dogs.html"))).isLessThan(8_000_000);
    assertThatBothLanguagesHaveTheSameFigures(results);
  }

  /** The observations are made from the figures of results.json, by one set of claims. */
  private static void assertThatBothLanguagesHaveTheSameFigures(JsonNode results) {
    for (LabTask task : Lab.tasks()) {
      JsonNode result = results.get("tasks").get(task.id());
      String english = result.at("/observations/en").asText();
      String chinese = result.at("/observations/zh").asText();
      assertThat(result.get("observation").asText()).isEqualTo(english);
      assertThat(chinese).containsPattern("\\p{IsHan}").doesNotContain("null", "%%");
      assertThat(figures(chinese))
          .as("%s: %s / %s", task.id(), english, chinese)
          .isEqualTo(figures(english));
    }
    // And they are those of the run.
    JsonNode dog = results.at("/tasks/dog.5");
    for (String language : List.of("en", "zh")) {
      assertThat(figures(dog.at("/observations/" + language).asText()))
          .contains(
              String.format(
                  Locale.ROOT, "%.2f", dog.at("/metrics").get("test.psnr_db@0.10").asDouble()),
              String.format(
                  Locale.ROOT,
                  "%.2f",
                  dog.at("/metrics").get("baseline.linear_psnr_db@0.10").asDouble()));
      assertThat(figures(results.at("/tasks/mnist.2/observations/" + language).asText()))
          .contains(
              String.format(
                  Locale.ROOT,
                  "%.4f",
                  results.at("/tasks/mnist.2/metrics").get("test.mse").asDouble()));
    }
  }

  private static List<String> figures(String text) {
    return Pattern.compile("[0-9][0-9.,]*(?:e[+-]?[0-9]+)?")
        .matcher(text)
        .results()
        .map(match -> match.group().replaceAll("[.,]+$", ""))
        .sorted()
        .toList();
  }

  @Test
  void opensPagesInTheLanguageThatIsAskedForAndRefusesOthers() throws IOException {
    Path out = folder.resolve("chinese");
    LabTask task = new SmallTask("small", lab -> lab.observe(words -> words.say("lab.reached")));

    assertThat(LabCommand.execute(List.of(task), "--lang=zh", "--out=" + out)).isZero();
    assertThat(out.resolve("report.html"))
        .content()
        .contains("<html lang=\"zh\">", "\u81ea\u7f16\u7801\u5668\u5b9e\u9a8c\u62a5\u544a");
    assertThat(LabCommand.execute(List.of(task), "--lang=fr", "--out=" + out)).isEqualTo(2);
  }

  @Test
  void speaksOfTheClassesThatTheDataHave() throws IOException {
    Path out = folder.resolve("letters-out");
    Path letters =
        TinyMnist.writeLetters(Files.createDirectory(folder.resolve("letters")), 2_600, 260);

    int status =
        LabCommand.execute(
            Lab.tasks(),
            "--tasks=mnist.1,mnist.2,mnist.3,mnist.4,mnist.5",
            "--quick",
            "--mnist=" + letters,
            "--out=" + out);

    assertThat(status).isZero();
    JsonNode sampling = results(out).at("/tasks/mnist.4");
    String observation = sampling.get("observation").asText();
    assertThat(observation)
        .containsPattern("sees [0-9]+ of the 26 classes .*: class(es)? [A-Z].* most often ");
    // Half-trained as it is, it hardly sees all of them.
    String last = observation.substring(observation.lastIndexOf("), class"));
    List<String> never =
        last.endsWith(" never.")
            ? Pattern.compile("[ ,.)]+").splitAsStream(last).toList()
            : List.of();
    JsonNode counts = sampling.at("/metrics/class_counts");
    assertThat(counts).hasSize(26);
    for (int i = 0; i < counts.size(); i++) {
      String name = Character.toString('A' + i);
      assertThat(never.contains(name))
          .as("class %s, seen %s times: %s", name, counts.get(i), observation)
          .isEqualTo(counts.get(i).asInt() == 0);
    }
    assertThat(
            Files.readString(out.resolve("report.html"))
                .replaceAll("base64,[^\"]*", "")
                .replaceAll("(?s)<(script|style).*?</\\1>", "")
                .toLowerCase(Locale.ROOT))
        .contains("mnist.5")
        .doesNotContain("digit", "stroke", "crisp");
  }

  @Test
  void saysThatDogsAreDrawnIfNoneAreGiven() throws IOException {
    Path out = folder.resolve("synthetic");

    LabTask count =
        new SmallTask(
            "count", lab -> lab.metric("dogs", lab.trainDogs().size() + lab.testDogs().size()));

    int status = LabCommand.execute(List.of(count), "--quick", "--out=" + out);

    assertThat(status).isZero();
    assertThat(results(out).at("/data/dogs/synthetic").asBoolean()).isTrue();
    assertThat(results(out).at("/data/dogs/source").asText()).isEqualTo("synthetic");
    assertThat(out.resolve("report.html")).content().contains("Synthetic dogs");
  }

  /** A task of a test's own. */
  private record SmallTask(String id, boolean isOptional, Consumer<TaskRun> work)
      implements LabTask {

    SmallTask(String id, Consumer<TaskRun> work) {
      this(id, false, work);
    }

    @Override
    public Text title() {
      return Text.of("Do a little");
    }

    @Override
    public Text question() {
      return Text.of("Can you do a little?");
    }

    @Override
    public void run(TaskRun lab) {
      work.accept(lab);
    }
  }

  @Test
  void theTenTasksOfTheLabAreDoneIfNoneIsNamed() throws IOException {
    assertThat(Lab.tasks().stream().filter(task -> !task.isOptional()).map(LabTask::id))
        .hasSize(10)
        .doesNotContain("mnist.6", "mnist.7", "dog.6");
    Path out = folder.resolve("optional");
    List<LabTask> tasks =
        List.of(new SmallTask("one", lab -> {}), new SmallTask("beyond", true, lab -> {}));

    assertThat(LabCommand.execute(tasks, "--out=" + out)).isZero();
    assertThat(results(out).get("tasks").fieldNames()).toIterable().containsExactly("one");
    assertThat(out.resolve("report.html"))
        .content()
        .contains("these tasks have none")
        .doesNotContain("not asked in a quick run");
    assertThat(LabCommand.execute(tasks, "--tasks=beyond", "--out=" + out)).isZero();
    assertThat(results(out).get("tasks").fieldNames()).toIterable().containsExactly("beyond");
  }

  @Test
  void studiesHaveAsManySeedsAsAskedForAndResumeOnlyIfTold() throws IOException {
    Path out = folder.resolve("study");
    List<String> trained = new ArrayList<>();
    LabTask task =
        new SmallTask(
            "mnist.5",
            lab ->
                lab.study(
                        "size",
                        List.of(2, 4),
                        3,
                        size -> "size=" + size,
                        size -> 2,
                        (size, seed) -> {
                          trained.add(size + ":" + seed);
                          return Map.of("test.bce_per_pixel", 1.0 / size + seed * seed / 100.0);
                        })
                    .report("test.bce_per_pixel"));
    String[] command = {"--mnist=" + digits, "--out=" + out, "--seed=7", "--seeds=2"};

    assertThat(LabCommand.execute(List.of(task), command)).isZero();
    assertThat(trained).containsExactly("2:7", "4:7", "2:8", "4:8");
    JsonNode metrics = results(out).at("/tasks/mnist.5/metrics");
    assertThat(metrics.get("test.bce_per_pixel.difference@size=4").asDouble())
        .isCloseTo(-0.25, within(1e-12));
    assertThat(metrics.get("test.bce_per_pixel.margin@size=4").asDouble()).isLessThan(1e-9);
    assertThat(metrics.has("test.bce_per_pixel.difference@size=2")).isFalse();
    assertThat(out.resolve("mnist.5/study-test.bce_per_pixel.png")).isNotEmptyFile();
    assertThat(out.resolve("report.html"))
        .content()
        .contains("--tasks mnist.5 --seed 7 --seeds 2", ">test.bce_per_pixel, size 4</span></td>")
        .doesNotContain("test.bce_per_pixel.margin");

    // One seed more, and what is there already counts.
    command[3] = "--seeds=3";
    LabCommand.execute(
        List.of(task),
        Stream.concat(Stream.of(command), Stream.of("--resume")).toArray(String[]::new));
    assertThat(trained).hasSize(6).endsWith("2:9", "4:9");
    LabCommand.execute(List.of(task), command);
    assertThat(trained).hasSize(12);
    // One seed has neither spread nor differences.
    command[3] = "--seeds=1";
    assertThat(LabCommand.execute(List.of(task), command)).isZero();
    assertThat(results(out).toString()).doesNotContain("NaN", ".std@", ".margin@");
    command[3] = "--seeds=0";
    assertThat(LabCommand.execute(List.of(task), command)).isEqualTo(2);
  }

  @Test
  void whatAnotherRunMeasuredOnOtherDataIsNotTaken() throws IOException {
    Path out = folder.resolve("other-data");
    LabTask task =
        new SmallTask(
            "mnist.5",
            lab ->
                lab.study(
                    "size",
                    List.of(2),
                    1,
                    size -> "2",
                    size -> 2,
                    (size, seed) -> Map.of("a", 1.0)));
    LabCommand.execute(List.of(task), "--mnist=" + digits, "--out=" + out);

    int status =
        LabCommand.execute(
            List.of(task), "--mnist=" + digits, "--out=" + out, "--quick", "--resume");

    assertThat(status).isEqualTo(1);
    assertThat(results(out).at("/tasks/mnist.5/notes").toString())
        .contains("holds results of the study", "quick");
  }

  @Test
  void anErrorOfATaskIsReportedAndTheOthersAreDone() throws IOException {
    Path out = folder.resolve("errors");
    List<LabTask> tasks =
        List.of(
            new SmallTask("stack", LabTest::overflow),
            new SmallTask(
                "heap",
                lab -> {
                  lab.metric("before", 1);
                  throw new OutOfMemoryError("made up");
                }),
            new SmallTask(
                "class",
                lab -> {
                  throw new NoClassDefFoundError("some/Missing");
                }),
            new SmallTask("after", lab -> lab.metric("after", 2)));

    assertThat(LabCommand.execute(tasks, "--quick", "--out=" + out)).isEqualTo(1);

    JsonNode found = results(out).get("tasks");
    for (String id : List.of("stack", "heap", "class")) {
      assertThat(found.get(id).get("status").asText()).isEqualTo("failed");
    }
    assertThat(found.at("/stack/notes").toString())
        .contains("The task failed: java.lang.StackOverflowError");
    assertThat(found.at("/heap/notes").toString()).contains("OutOfMemoryError: made up");
    assertThat(found.at("/heap/metrics/before").asInt()).isEqualTo(1);
    assertThat(found.at("/class/notes").toString()).contains("some/Missing");
    assertThat(found.at("/after/status").asText()).isEqualTo("done");
    assertThat(out.resolve("report.html"))
        .content()
        .contains("StackOverflowError", "made up", "</html>");
  }

  @SuppressWarnings("InfiniteRecursion")
  private static void overflow(TaskRun lab) {
    overflow(lab);
  }

  @Test
  void twoLabsDoNotWriteToOneFolder() throws IOException {
    Path out = folder.resolve("shared");
    List<Integer> second = new ArrayList<>();
    LabTask intruder =
        new SmallTask(
            "first",
            lab ->
                second.add(
                    LabCommand.execute(
                        List.of(new SmallTask("second", other -> {})), "--out=" + out)));

    assertThat(LabCommand.execute(List.of(intruder), "--out=" + out)).isZero();

    assertThat(second).containsExactly(1);
    assertThat(results(out).get("tasks").fieldNames()).toIterable().containsExactly("first");
    // Given back at the end.
    assertThat(LabCommand.execute(List.of(new SmallTask("third", lab -> {})), "--out=" + out))
        .isZero();
  }

  @Test
  void theSameSeedGivesTheSameFigures() throws IOException {
    List<String> metrics = new ArrayList<>();
    for (String name : List.of("first", "second")) {
      Path out = folder.resolve(name);
      LabCommand.execute(
          Lab.tasks(),
          "--tasks=mnist.2",
          "--quick",
          "--seed=5",
          "--mnist=" + digits,
          "--out=" + out);
      metrics.add(results(out).at("/tasks/mnist.2/metrics").toString());
    }
    assertThat(metrics.get(0)).isEqualTo(metrics.get(1));
  }

  @Test
  void findsAnUnwritableFolderBeforeItTrains() throws IOException {
    Path file = Files.writeString(folder.resolve("not-a-folder"), "text");
    assertThat(LabCommand.execute(Lab.tasks(), "--out", file.resolve("below").toString()))
        .isEqualTo(1);
    assertThat(file).hasContent("text");
  }

  @Test
  void refusesATaskThatDoesNotExist() {
    assertThat(LabCommand.execute(Lab.tasks(), "--tasks", "mnist.9")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train-labels-idx1-ubyte", "t10k-images-idx3-ubyte"})
  void aDamagedFileIsReported(String name) throws IOException {
    Path out = folder.resolve("of-" + name);
    Path broken = TinyMnist.write(Files.createDirectory(folder.resolve(name)), 600, 200);
    Path file = broken.resolve(name);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));

    int status =
        LabCommand.execute(
            Lab.tasks(), "--tasks=mnist.1", "--quick", "--mnist=" + broken, "--out=" + out);

    assertThat(status).isEqualTo(1);
    JsonNode task = results(out).at("/tasks/mnist.1");
    assertThat(task.get("status").asText()).isEqualTo("failed");
    assertThat(task.get("notes").toString()).contains(name);
    assertThat(out.resolve("report.html")).content().contains(name, "</html>");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 'all pictures, 1, are on one side'",
    "40, 'of 40 pictures are to test with'",
  })
  void refusesTooFewDogsBeforeItTrains(int count, String figures) throws IOException {
    Path out = folder.resolve("few-out-" + count);
    Path few = TinyDogs.write(folder.resolve("few-" + count), count);

    int status =
        LabCommand.execute(
            Lab.tasks(), "--tasks=dog.1,dog.2", "--quick", "--dogs=" + few, "--out=" + out);

    assertThat(status).isEqualTo(1);
    for (String id : List.of("dog.1", "dog.2")) {
      JsonNode task = results(out).get("tasks").get(id);
      assertThat(task.get("status").asText()).isEqualTo("failed");
      assertThat(task.get("metrics")).isEmpty();
      assertThat(task.get("notes").toString())
          .contains("few-" + count, figures, "give it 200 pictures or more")
          .doesNotContain("slice");
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no signal to send")
  void aSignalLeavesAReadableReport() throws Exception {
    Path out = folder.resolve("interrupted");
    // So many that training takes seconds more than a signal.
    Path many = TinyMnist.write(Files.createDirectory(folder.resolve("many")), 6_000, 200);
    Process lab =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Lab.class.getName(),
                "--tasks=mnist.1,mnist.2",
                "--mnist=" + many,
                "--out=" + out)
            .redirectErrorStream(true)
            .start();
    try (var console = lab.inputReader()) {
      // The first epoch of the second task is early enough.
      String line = console.readLine();
      while (line != null && !line.startsWith("mnist.2 bottleneck 2: epoch 1 ")) {
        line = console.readLine();
      }
      assertThat(line).isNotNull();
      // SIGTERM, which Java takes as it takes Ctrl-C; that one is deaf in what runs in the
      // background.
      lab.toHandle().destroy();
      console.transferTo(java.io.Writer.nullWriter());
    }
    assertThat(lab.waitFor(60, TimeUnit.SECONDS)).isTrue();

    JsonNode tasks = results(out).get("tasks");
    assertThat(tasks.at("/mnist.1/status").asText()).isEqualTo("done");
    assertThat(tasks.at("/mnist.2/status").asText()).isEqualTo("interrupted");
    assertThat(out.resolve("report.html")).content().contains("interrupted", "</html>");
  }

  private static JsonNode results(Path out) throws IOException {
    return new ObjectMapper().readTree(out.resolve("results.json").toFile());
  }
}
