package io.github.autoencoder4j.viz.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import io.github.autoencoder4j.training.TrainingWarning;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;

/** Keeps pages fresh during runs, and reads them in a browser. */
class LivePageTest {

  private static final LabeledImageSource DATA = TinyPictures.of(60, 8, 1, TinyPictures.NAMES);

  @TempDir Path folder;

  private final AtomicLong clock = new AtomicLong();

  private LivePage page() {
    return LivePage.in(folder, clock::get);
  }

  private void pass(long seconds) {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private String html() throws IOException {
    return Files.readString(folder.resolve("live.html"));
  }

  private static BatchEnd batch(int epoch, int batch) {
    return new BatchEnd(epoch, 4, batch, 10, 32, 0.5 / epoch);
  }

  private static EpochEnd epoch(int number) {
    return new EpochEnd(
        number,
        4,
        0.4 / number,
        OptionalDouble.of(0.5 / number),
        0,
        1e-3,
        Duration.ofSeconds(1),
        Map.of("kl", 0.1),
        Map.of("kl", 0.2));
  }

  private static Autoencoder tiny() {
    return Autoencoder.dense().hidden(12).bottleneck(2).seed(1).build();
  }

  @Test
  void canBeOpenedBeforeTrainingBegins() throws IOException {
    LivePage page = page();

    assertThat(page.file()).isEqualTo(folder.toAbsolutePath().resolve("live.html"));
    assertThat(html()).contains("Waiting for the first batch", "data-refresh=\"5\"");
  }

  @Test
  void saysHowFarTheRunIsHowFastAndHowLongItWillTake() throws IOException {
    LivePage page = page();
    page.onBatchEnd(batch(1, 1));
    pass(20);
    page.onBatchEnd(batch(1, 5));

    // 32 samples since the first batch; 4 of 40 batches took 20 s, and 35 are left.
    assertThat(html())
        .contains(
            "Epoch 1 of 4, batch 5 of 10",
            "<title>12 % · Training</title>",
            fact("samples a second", "2"),
            fact("time left, about", "2:55"),
            fact("time of this run", "0:20"),
            "Loss of each batch.");

    page.onEpochEnd(epoch(1));
    pass(20);
    page.onBatchEnd(batch(2, 1));
    assertThat(html())
        .contains(
            fact("training loss", "0.40000"),
            fact("validation loss", "0.50000"),
            fact("learning rate", "0.00100"),
            "Epoch 1 was the best, with a loss of 0.70000.",
            "kl, training",
            "kl, validation");
  }

  private static String fact(String name, String value) {
    return name
        + "</span><span lang=\"zh\" data-only dir=\"auto\" hidden>"
        + Messages.of("live.").get("zh").entrySet().stream()
            .filter(entry -> Messages.of("live.").get("en").get(entry.getKey()).equals(name))
            .findFirst()
            .orElseThrow()
            .getValue()
        + "</span></dt><dd><span dir=\"auto\">"
        + value
        + "</span></dd>";
  }

  @Test
  void isWrittenNoMoreOftenThanAskedFor() throws IOException {
    LivePage page = page().every(Duration.ofSeconds(10));
    page.onBatchEnd(batch(1, 1));
    String first = html();
    pass(9);
    page.onBatchEnd(batch(1, 2));
    assertThat(html()).isEqualTo(first).contains("data-refresh=\"10\"");
    pass(1);
    page.onBatchEnd(batch(1, 3));
    assertThat(html()).contains("batch 3 of 10");
  }

  @Test
  void showsWarningsAtOnceAndTakesThemBack() throws IOException {
    LivePage page = page();
    TrainingWarning warning =
        new TrainingWarning(TrainingWarning.Kind.COLLAPSE, "outputs hardly <depend> on inputs");
    page.onBatchEnd(batch(1, 1));
    page.onWarning(warning);
    assertThat(html()).contains("class=\"warning\"", "outputs hardly &lt;depend&gt; on inputs");

    page.onWarningWithdrawn(warning);
    page.onEnd(new History(List.of(epoch(1)), 1, false, StopReason.COMPLETED, List.of()));
    assertThat(html()).doesNotContain("class=\"warning\"");
  }

  @Test
  void saysThatARunIsFinishedWithTheWeightsThatAreInPlace() throws IOException {
    Autoencoder autoencoder = tiny();
    LivePage page = LivePage.in(folder).title("<Shapes>").samples(autoencoder, DATA.slice(0, 5));
    History history =
        autoencoder.fit(
            DATA.slice(0, 48),
            Training.epochs(6)
                .batchSize(8)
                .validation(DATA.slice(48, 60))
                .earlyStopping(5)
                .listener(page));

    assertThat(history.stopReason()).isEqualTo(StopReason.COMPLETED);
    assertThat(html())
        .contains(
            "<title>\u2713 · &lt;Shapes&gt;</title>",
            "Finished: 6 epochs were trained",
            "The weights of epoch %s, the best, are in place".formatted(history.bestEpoch()),
            "Samples and their reconstructions, epoch %s.".formatted(history.bestEpoch()),
            "data:image/png;base64,")
        .doesNotContain("data-refresh", "id=\"pause\"");
    assertThat(others()).isEmpty();
  }

  /** Files that a run left beside its page. */
  private List<Path> others() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.endsWith("live.html")).toList();
    }
  }

  @Test
  void saysThatARunWasCancelledOrStoppedEarly() throws IOException {
    LivePage page = LivePage.in(folder);
    AtomicInteger asked = new AtomicInteger();
    tiny()
        .fit(
            DATA,
            Training.epochs(3)
                .batchSize(10)
                .cancelWhen(() -> asked.incrementAndGet() > 8)
                .listener(page));
    assertThat(html()).contains("Cancelled in epoch 2 of 3").doesNotContain("data-refresh");

    // The next run takes the page over.
    page.onBatchEnd(batch(1, 1));
    assertThat(html())
        .contains("Epoch 1 of 4, batch 1 of 10")
        .doesNotContain("Cancelled in epoch 2");
    page.onEnd(new History(List.of(epoch(1)), 1, true, StopReason.EARLY_STOPPED, List.of()));
    assertThat(html()).contains("Stopped early after epoch 1 of 4");
  }

  @Test
  void saysThatARunWasCancelledByAnInterrupt() throws IOException {
    Autoencoder autoencoder = tiny();
    LivePage page = LivePage.in(folder).samples(autoencoder, DATA.slice(0, 4));
    TrainingListener interrupts =
        new TrainingListener() {
          @Override
          public void onEpochEnd(EpochEnd event) {
            Thread.currentThread().interrupt();
          }
        };
    autoencoder.fit(DATA, Training.epochs(3).batchSize(10).listener(page).listener(interrupts));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(html()).contains("Cancelled in epoch 1 of 3", "data:image/png;base64,");
  }

  @Test
  void saysThatARunDivergedAndWhy() throws IOException {
    LivePage page = LivePage.in(folder);
    Autoencoder wild =
        Autoencoder.dense().hidden(12).bottleneck(2).optimizer(Optimizer.sgd(1e6)).build();
    assertThatThrownBy(() -> wild.fit(DATA, Training.epochs(3).batchSize(8).listener(page)))
        .isInstanceOf(DivergenceException.class);

    assertThat(html())
        .contains("\u2717 ·", "Diverged in epoch 1 of 3", "lower it, or bound the gradient with")
        .doesNotContain("data-refresh");
  }

  @Test
  void saysWhichErrorEndedARun() throws IOException {
    LivePage page = LivePage.in(folder);
    TrainingListener breaks =
        new TrainingListener() {
          @Override
          public void onBatchEnd(BatchEnd event) {
            throw new IllegalStateException("the <disk> is on fire");
          }
        };
    assertThatThrownBy(() -> tiny().fit(DATA, Training.epochs(3).listener(page).listener(breaks)))
        .hasMessage("the <disk> is on fire");

    assertThat(html())
        .contains(
            "Ended by an error in epoch 1 of 3",
            "java.lang.IllegalStateException: the &lt;disk&gt; is on fire");
  }

  @Test
  void goesOnWithTheCurvesOfARunThatIsResumed(@TempDir Path checkpoints) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Training training = Training.epochs(4).batchSize(10).checkpoints(Checkpoints.in(checkpoints));
    tiny().fit(DATA, training.cancelWhen(() -> asked.incrementAndGet() > 14));
    LivePage page = LivePage.in(folder);
    tiny().resume(DATA, training.listener(page));

    assertThat(html())
        .contains(
            "Resumed in epoch 3 after 2 batches; epochs before that are from the checkpoint.",
            "Finished: 4 epochs were trained");
  }

  @Test
  void aPageThatCannotBeWrittenAnyMoreDoesNotEndTheRun() throws IOException {
    LivePage page = LivePage.in(folder.resolve("run"));
    // Where the page was, there is a folder now; it is moved away before the end.
    Files.delete(page.file());
    Files.createDirectories(page.file().resolve("in the way"));
    AtomicInteger epochs = new AtomicInteger();
    TrainingListener clears =
        new TrainingListener() {
          @Override
          public void onEpochEnd(EpochEnd event) {
            try {
              if (epochs.incrementAndGet() == 3) {
                Files.move(page.file(), folder.resolve("moved"));
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    History history =
        tiny().fit(DATA, Training.epochs(3).batchSize(10).listener(page).listener(clears));

    assertThat(history.epochs()).hasSize(3);
    assertThat(page.file()).content().contains("Finished: 3 epochs were trained");
  }

  @Test
  void warnsOnceThatThePageCannotBeWritten() throws IOException {
    LivePage page = page();
    Files.delete(page.file());
    Files.createDirectories(page.file().resolve("in the way"));
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      for (int i = 1; i <= 10; i++) {
        page.onBatchEnd(batch(1, i));
        pass(10);
      }
    } finally {
      System.setErr(before);
    }

    assertThat(log.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("the page about the run cannot be written; the run continues")
        .containsOnlyOnce("UncheckedIOException: cannot write the page to");
  }

  @Test
  void refusesAFolderThatCannotBeWrittenAndWhatIsNoPicture() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> LivePage.in(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot write the page to " + file.toAbsolutePath());
    LivePage page = page();
    assertThatThrownBy(() -> page.every(Duration.ofMillis(900)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a page is written every second at most and every hour at least, not every PT0.9S");
    assertThatThrownBy(() -> page.every(Duration.ofHours(2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> page.samples(tiny(), DATA.slice(0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a page shows samples with their reconstructions, but there is no");
    ImageSource channels = ImageSource.of(new ImageShape(2, 2, 2), new float[][] {new float[8]});
    assertThatThrownBy(() -> page.samples(tiny(), channels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have 1 channel (grey) or 3 (RGB)");
  }

  @Test
  void samplesOfAnotherShapeEndTheRunAfterItsFirstBatch() {
    Autoencoder autoencoder = tiny();
    AtomicInteger batches = new AtomicInteger();
    TrainingListener counts =
        new TrainingListener() {
          @Override
          public void onBatchEnd(BatchEnd event) {
            batches.incrementAndGet();
          }
        };
    LivePage page =
        LivePage.in(folder).samples(autoencoder, TinyPictures.of(3, 9, 1, TinyPictures.NAMES));

    assertThatThrownBy(
            () ->
                autoencoder.fit(
                    DATA, Training.epochs(2).batchSize(10).listener(counts).listener(page)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(batches).hasValue(1);
  }

  @Test
  void keepsTheCurveOfBatchesShortAndTrue() {
    BatchLosses losses = new BatchLosses();
    for (int i = 1; i <= 100_000; i++) {
      losses.add(i / 1000.0, i);
    }
    List<?> x = List.copyOf((Collection<?>) losses.chart().describe().get("x"));

    assertThat(losses.perPoint()).isEqualTo(256);
    assertThat(x).hasSizeBetween(190, 400);
    // The batches 1 to 256 end at 0.256 epochs, with a mean of 128.5.
    assertThat(x.get(0)).isEqualTo(0.256);
    assertThat(Page.json(losses.chart().describe())).contains("\"y\":[128.5,384.5,");
  }

  private static Chromium browser;

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void isReadAgainByItselfUntilTheRunIsOver() throws IOException {
    if (browser == null) {
      browser = Chromium.start();
    }
    LivePage page = page().every(Duration.ofSeconds(1)).samples(trained(), DATA.slice(0, 6));
    page.onBatchEnd(batch(1, 1));
    browser.dark(false).size(1024, 900).open(page.file());
    assertThat(browser.driver.getTitle()).isEqualTo("2 % · Training");
    choose("zh");
    eventually("return document.querySelector('.state').innerText.includes('第 1 批')");

    pass(10);
    page.onBatchEnd(batch(1, 2));
    page.onEpochEnd(epoch(1));
    pass(10);
    page.onBatchEnd(batch(2, 1));
    // Read again, in the language that was chosen before.
    eventually(
        "return document.title.startsWith('27 %')"
            + " && document.querySelector('.state').innerText.includes('第 2 轮')");
    choose("en");
    eventually(
        """
        const stays = () => document.getElementById("age").textContent.endsWith("The page stays as it is.");
        if (!stays()) document.getElementById("pause").click();
        return stays();
        """);
    pass(10);
    page.onBatchEnd(batch(2, 2));
    browser.run("document.body.dataset.same = 'true'");
    browser.driver.executeAsyncScript("setTimeout(arguments[0], 1500)");
    assertThat(browser.run("return document.body.dataset.same")).isEqualTo("true");
    for (boolean dark : new boolean[] {false, true}) {
      browser.dark(dark);
      assertThat(browser.accessibilityFindings()).isEmpty();
    }
    // Paused it stays when it is opened anew, too.
    browser.open(page.file());
    assertThat(browser.reachedByTab()).containsAll(browser.controls());
    browser.find("pause").click();
    eventually("return document.title.startsWith('30 %') && !!document.body.dataset.ready");

    page.onEnd(new History(List.of(epoch(1), epoch(2)), 2, false, StopReason.COMPLETED, List.of()));
    eventually("return document.title.startsWith('\u2713') && !!document.body.dataset.ready");
    browser.run("document.body.dataset.same = 'true'");
    browser.driver.executeAsyncScript("setTimeout(arguments[0], 1500)");
    assertThat(browser.run("return document.body.dataset.same")).isEqualTo("true");
    assertThat(browser.find("age").getText()).endsWith("The page is not refreshed any more.");
    assertThat(browser.driver.findElements(By.id("pause"))).isEmpty();
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).isEmpty();
  }

  private static void choose(String language) {
    eventually(
        """
        const select = document.getElementById("language");
        select.value = "%s";
        select.dispatchEvent(new Event("change"));
        return document.documentElement.lang === select.value && !!document.body.dataset.ready;
        """
            .formatted(language));
  }

  /** Runs a script until it returns true, whatever becomes of the page meanwhile. */
  private static void eventually(String script) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    Object seen = null;
    while (System.nanoTime() < end) {
      try {
        seen = browser.run(script);
      } catch (WebDriverException e) {
        // The page is just being read again.
        seen = e.getMessage();
      }
      if (Boolean.TRUE.equals(seen)) {
        return;
      }
    }
    throw new AssertionError(script + " gave " + seen);
  }

  @Test
  void saysThatNothingHasBeenWrittenForLong() throws IOException {
    if (browser == null) {
      browser = Chromium.start();
    }
    LivePage page = page();
    page.onBatchEnd(batch(1, 1));
    Path old = folder.resolve("old.html");
    Files.writeString(
        old,
        html()
            .replaceFirst(
                "data-written=\"\\d+\"",
                "data-written=\"%s\"".formatted(System.currentTimeMillis() - 600_000)));
    browser.open(old);
    assertThat(browser.find("age").getText())
        .contains("10 min ago", "The program may have been stopped");
  }

  @Test
  void fitsEveryScreen() throws IOException {
    if (browser == null) {
      browser = Chromium.start();
    }
    Autoencoder autoencoder =
        Autoencoder.dense().hidden(24).bottleneck(2).variational().seed(1).build();
    LivePage page =
        LivePage.in(folder)
            .title("Shapes")
            .language(Locale.ENGLISH)
            .samples(autoencoder, DATA.slice(0, 8));
    AtomicInteger batches = new AtomicInteger();
    autoencoder.fit(
        DATA.slice(0, 48),
        Training.epochs(12)
            .batchSize(4)
            .validation(DATA.slice(48, 60))
            .listener(page)
            .cancelWhen(() -> batches.incrementAndGet() > 100));
    for (int width : new int[] {480, 1024, 1600}) {
      for (boolean dark : new boolean[] {false, true}) {
        browser.dark(dark).size(width, 900).open(page.file());
        browser.screenshot("live-" + width + (dark ? "-dark" : ""));
        assertThat(browser.run("return document.documentElement.scrollWidth <= window.innerWidth"))
            .as("fits %s pixels", width)
            .isEqualTo(true);
      }
    }
  }

  private static Autoencoder trained() {
    Autoencoder autoencoder = tiny();
    autoencoder.fit(DATA, Training.epochs(2));
    return autoencoder;
  }
}
