package io.github.autoencoder4j.viz.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.viz.ImageGrid;
import io.github.autoencoder4j.viz.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Writes reports, and reads them in a browser. */
class ReportTest {

  private static final String HOSTILE = "</script><script>window.hacked = 1</script>\"'<b>";

  @TempDir static Path folder;
  private static Path page;
  private static Picture picture;
  private static History history;

  @BeforeAll
  static void write() {
    LabeledImageSource data = TinyPictures.of(60, 8, 1, TinyPictures.NAMES);
    picture = ImageGrid.of(data.shape()).row("original", data.slice(0, 12)).draw();
    Autoencoder model = Autoencoder.dense().hidden(12).bottleneck(2).variational().seed(1).build();
    history =
        model.fit(
            data.slice(0, 48), Training.epochs(6).batchSize(8).validation(data.slice(48, 60)));
    page = folder.resolve("report.html");
    full().save(page);
  }

  private static Report full() {
    double[] values = new Random(1).doubles(500).toArray();
    values[3] = Double.NaN;
    values[4] = Double.POSITIVE_INFINITY;
    return Report.titled(Text.of("Three shapes").in(Locale.CHINESE, "三种形状"))
        .fact("test loss", "0.1234")
        .fact(Text.of("bars reached").in(Locale.CHINESE, "达到的指标"), Text.of("2 of 2"))
        .highlight("shapes", 1)
        .history(history)
        .section(
            Section.titled("shapes", Text.of("Shapes in two numbers").in(Locale.CHINESE, "两个数的形状"))
                .question(Text.of("How well?").in(Locale.CHINESE, "效果如何？"))
                .answer(Text.of(HOSTILE))
                .figure(picture.toPng(), Text.of("Twelve shapes: " + HOSTILE))
                .compare(
                    picture,
                    Text.of("noisy").in(Locale.CHINESE, "加噪"),
                    picture,
                    Text.of(HOSTILE),
                    Text.of("Twelve shapes, compared."))
                .chart(
                    Chart.lines("SNR in dB", "PSNR in dB")
                        .series("autoencoder", new double[] {0, 5, 10}, new double[] {18, 21, 24})
                        .series(HOSTILE, new double[] {0, 5, 10}, new double[] {17, 19, 20}),
                    Text.of("By noise."))
                .chart(Chart.histogram("value", values), Text.of("Values."))
                .chart(
                    Chart.bars("model", "recall", "plain", "noisy")
                        .barsWithErrors("seed 1", new double[] {0.4, 0.6}, new double[] {0.1, 0.05})
                        .series("seed 2", 0.5, 0.55),
                    Text.of("With errors."))
                .heatmap(
                    Text.of("train / test"),
                    List.of("0", "0.1"),
                    List.of("0", "0.1"),
                    new double[][] {{25, 20}, {24, Double.NaN}},
                    Text.of("In dB."))
                .table(
                    List.of(Text.of("figure"), Text.of("value")),
                    List.of(List.of(Text.of("psnr"), Text.of("24.1"))))
                .listing("./lab --tasks mnist.2")
                .link("explorer.html", Text.of("Walk the codes")));
  }

  @Test
  void reportsAnOwnRunInFiveLines() throws IOException {
    Path own = folder.resolve("own").resolve("run.html");
    Report.titled("Digits")
        .fact("test loss", "0.1")
        .history(history)
        .figure(picture, "Twelve pictures.")
        .save(own);

    assertThat(own)
        .content()
        .contains("<h1><span dir=\"auto\">Digits</span></h1>", "data:image/png;base64,", "uPlot");
  }

  @Test
  void escapesWhatItIsGiven() throws IOException {
    assertThat(Files.readString(page)).doesNotContain("<script>window.hacked");
  }

  @Test
  void writesLossCurvesWithALineForEachTerm() throws IOException {
    assertThat(Files.readString(page)).contains("validation", "kl, training", "kl, validation");
  }

  @Test
  void saysThatThereIsNothingToDrawInPlaceOfAnEmptyChart() throws IOException {
    Path empty = folder.resolve("empty.html");
    Report.titled("")
        .chart(
            Chart.lines("x", "y").series("none", Double.NaN, Double.NEGATIVE_INFINITY),
            Text.of("c"))
        .chart(Chart.histogram("z"), Text.of("d"))
        .save(empty);

    assertThat(Files.readString(empty))
        .contains("There is nothing to draw.", "Numbers left out that are not finite:</span> 2")
        .doesNotContain("data-chart=\"");
  }

  @Test
  void thinsOutAHundredThousandPoints() {
    double[] many = IntStream.range(0, 100_000).mapToDouble(i -> i % 17).toArray();

    assertThat(Page.json(Chart.lines("x", "y").series("s", many).describe()).length())
        .isLessThan(150_000);
    assertThat(((Iterable<?>) Chart.histogram("x", many).describe().get("x"))).hasSize(60);
  }

  @Test
  void refusesWhatDoesNotFit() throws IOException {
    assertThatThrownBy(() -> Chart.lines("x", "y").series("s", new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("series 's' has 3 values, but the chart needs 2 of it");
    assertThatThrownBy(() -> Chart.bars("x", "y", "a").series("s", 1).series("s", 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the chart has a series 's' already; give each a name of its own");
    assertThatThrownBy(() -> Section.titled("a b", Text.of("t")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but was 'a b'");
    assertThatThrownBy(() -> Report.titled("t").link(" JavaScript:alert(1)", Text.of("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a link leads to a page, not to ' JavaScript:alert(1)'");
    assertThatThrownBy(() -> Report.titled("t").table(List.of(Text.of("a")), List.of(List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the table has 1 columns, but a row has 0 cells");
    Picture larger = picture.above(picture);
    assertThatThrownBy(() -> Report.titled("t").compare(picture, larger, "two"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "pictures to compare must have one size, but have %s x %s and %s x %s pixels"
                .formatted(picture.width(), picture.height(), larger.width(), larger.height()));
    Path file = Files.writeString(folder.resolve("blocked"), "");
    assertThatThrownBy(() -> Report.titled("t").save(file.resolve("report.html")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot write the page to ");
  }

  private static Chromium browser;

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Chromium opened() {
    if (browser == null) {
      browser = Chromium.start();
    }
    return browser.dark(false).size(1024, 900).open(page);
  }

  @Test
  void opensAtOnceWithoutNetworkOrComplaint() {
    opened();

    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).isEmpty();
    assertThat(browser.run("return window.hacked === undefined")).isEqualTo(true);
    assertThat(((Number) browser.run("return performance.now()")).doubleValue()).isLessThan(10_000);
    assertThat(browser.driver.findElements(By.cssSelector(".plot canvas"))).hasSize(4);
    assertThat(browser.driver.findElements(By.cssSelector(".highlights img"))).hasSize(1);
  }

  @Test
  void hidesASeriesAndReadsOutValues() {
    opened();
    WebElement chart = browser.driver.findElements(By.cssSelector(".plot")).get(1);
    new Actions(browser.driver).scrollToElement(chart).moveToElement(chart, 0, -40).perform();
    browser.await(
        "[...document.querySelectorAll('.tip')].some(t => !t.hidden &&"
            + " t.textContent.includes('autoencoder 21'))");
    WebElement name = chart.findElements(By.cssSelector(".u-legend .u-series th")).get(1);
    name.sendKeys(Keys.ENTER);

    assertThat(chart.findElements(By.cssSelector(".u-legend .u-off"))).hasSize(1);
  }

  /** There is no epoch one and a half. */
  @Test
  void marksWholeEpochsOnly() {
    opened();

    assertThat(marks("center", 1)).contains("1", "2", "3", "4", "5", "6").doesNotContain("1.5");
  }

  @Test
  void marksSmallNumbersWithTheDigitsInWhichTheyDiffer() {
    Path small = folder.resolve("small.html");
    Report.titled("Small")
        .chart(
            Chart.lines("epoch", "loss")
                .series("", new double[] {1, 2, 3}, new double[] {0.00521, 0.00488, 0.00471}),
            Text.of("Small differences."))
        .save(small);
    opened();
    browser.open(small);

    assertThat(marks("right", 2))
        .contains("0.0048", "0.0049", "0.005", "0.0051")
        .doesNotHaveDuplicates();
  }

  /**
   * What stands at an axis of the first chart.
   *
   * @param align how it is aligned
   * @param along in which argument of the drawing its places differ
   */
  private static List<String> marks(String align, int along) {
    browser.run(
        """
        window.marks = new Map();
        const fill = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (...what) {
          const chart = this.canvas.closest(".plot");
          if (this.textAlign === "%s" && chart === document.querySelector(".plot")) {
            window.marks.set(what[%d], what[0]);
          }
          return fill.apply(this, what);
        };
        """
            .formatted(align, along));
    browser.driver.findElement(By.cssSelector("#language option[value=zh]")).click();
    return ((List<?>) browser.run("return [...marks.values()]"))
        .stream().map(Object::toString).toList();
  }

  @Test
  void movesTheEdgeBetweenTwoPicturesByKeysAndPointer() {
    opened();
    WebElement figure = browser.driver.findElement(By.cssSelector(".compare"));
    WebElement slider = figure.findElement(By.tagName("input"));
    WebElement stack = figure.findElement(By.cssSelector(".stack"));
    assertThat(edge()).isEqualTo("50%");
    slider.sendKeys(Keys.ARROW_RIGHT);
    assertThat(edge()).isEqualTo("51%");
    assertThat(slider.getDomAttribute("aria-valuetext"))
        .isEqualTo("noisy up to 51 %, " + HOSTILE + " beyond");
    slider.sendKeys(Keys.HOME);
    assertThat(edge()).isEqualTo("0%");

    int width = stack.getSize().getWidth();
    new Actions(browser.driver)
        .moveToElement(stack, -width / 4, 0)
        .clickAndHold()
        .moveToElement(stack, width / 4, 0)
        .release()
        .moveToElement(stack, 0, 0)
        .perform();
    assertThat(edge()).isEqualTo("75%");
    assertThat(slider.getDomProperty("value")).isEqualTo("75");
    // The second picture is cut off left of the edge, and both lie at the same place.
    assertThat(
            browser.run(
                "return getComputedStyle(document.querySelector('.stack .after')).clipPath"))
        .isEqualTo("inset(0px 0px 0px 75%)");
    List<WebElement> both = stack.findElements(By.tagName("img"));
    assertThat(both.get(1).getRect()).isEqualTo(both.get(0).getRect());
    browser.driver.findElement(By.cssSelector("#language option[value=zh]")).click();
    assertThat(slider.getDomAttribute("aria-valuetext")).startsWith("75 % 以左为加噪");
  }

  private static Object edge() {
    return browser.run("return document.querySelector('.stack').style.getPropertyValue('--edge')");
  }

  @Test
  void speaksBothLanguages() {
    opened();
    String english = browser.driver.findElement(By.tagName("body")).getText();
    browser.driver.findElement(By.cssSelector("#language option[value=zh]")).click();
    String chinese = browser.driver.findElement(By.tagName("body")).getText();

    assertThat(english).contains("Three shapes", "How well?").doesNotContain("三种形状");
    assertThat(chinese).contains("三种形状", "效果如何？", "语言").doesNotContain("How well?", "report.");
  }

  @Test
  void isReachedByTabAndHasNoSeriousAccessibilityFinding() throws IOException {
    for (boolean dark : new boolean[] {false, true}) {
      opened();
      browser.dark(dark).open(page);
      assertThat(browser.accessibilityFindings()).isEmpty();
    }
    opened();
    assertThat(browser.reachedByTab()).containsAll(browser.controls());
  }

  @Test
  void fitsEveryScreenAndPrints() throws IOException {
    opened();
    for (int width : new int[] {480, 1024, 1600}) {
      for (boolean dark : new boolean[] {false, true}) {
        browser.dark(dark).size(width, 900).open(page);
        browser.screenshot("report-" + width + (dark ? "-dark" : ""));
        assertThat(browser.run("return document.documentElement.scrollWidth <= window.innerWidth"))
            .as("fits %s pixels", width)
            .isEqualTo(true);
      }
    }
    assertThat(Arrays.copyOf(browser.dark(false).print("report"), 4))
        .containsExactly('%', 'P', 'D', 'F');
  }
}
