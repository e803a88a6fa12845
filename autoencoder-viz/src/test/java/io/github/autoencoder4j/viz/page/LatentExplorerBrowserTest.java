package io.github.autoencoder4j.viz.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Floats;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.AutoencoderBuilder;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Opens explorers from the disk, in a browser, and uses them. */
class LatentExplorerBrowserTest {

  /** Labels as no program would choose them, and as some files have them. */
  private static final List<String> HOSTILE =
      List.of(
          "<script>window.hacked = true</script>",
          "\"'&<img src=x onerror='window.hacked = true'>",
          "\u05d0\u05d1\u05d2 " + "long ".repeat(100));

  @TempDir static Path folder;
  private static Chromium browser;
  private static Autoencoder flat;
  private static Autoencoder conv;
  private static LabeledImageSource grey;
  private static LabeledImageSource color;
  private static Path plane;
  private static Path axes;
  private static Autoencoder flatByClass;
  private static Autoencoder convByClass;
  private static Path planeByClass;
  private static Path axesByClass;

  @BeforeAll
  static void trainAndWrite() {
    browser = Chromium.start();
    grey = TinyPictures.of(240, 12, 1, TinyPictures.NAMES);
    color = TinyPictures.of(40, 16, 3, HOSTILE);
    flat = Autoencoder.dense().hidden(48).bottleneck(2).seed(1).build();
    flat.fit(grey, Training.epochs(30).batchSize(16));
    conv = Autoencoder.conv().input(16, 16, 3).latent(4, 4, 4).powerNormalize().seed(1).build();
    conv.fit(color, Training.epochs(4).batchSize(8));
    plane = folder.resolve("plane.html");
    axes = folder.resolve("axes.html");
    LatentExplorer.of(flat, grey).title("Bars, rings & <spots>").save(plane);
    LatentExplorer.of(conv, color).language(Locale.CHINESE).save(axes);
    // In another order than in the data.
    List<String> classes = List.of("spot", "bar", "ring");
    flatByClass =
        Autoencoder.dense()
            .hidden(48)
            .bottleneck(2)
            .variational()
            .conditionedOn(classes)
            .seed(1)
            .build();
    flatByClass.fit(grey, Training.epochs(30).batchSize(16));
    LabeledImageSource named = TinyPictures.of(40, 16, 3, TinyPictures.NAMES);
    convByClass =
        Autoencoder.conv().input(16, 16, 3).latent(4, 4, 4).conditionedOn(classes).seed(1).build();
    convByClass.fit(named, Training.epochs(4).batchSize(8));
    planeByClass = folder.resolve("plane-by-class.html");
    axesByClass = folder.resolve("axes-by-class.html");
    LatentExplorer.of(flatByClass, grey).save(planeByClass);
    LatentExplorer.of(convByClass, named).language(Locale.CHINESE).save(axesByClass);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void decodesInThePageWhatTheModelDecodesWherePointIsDragged() {
    browser.size(1024, 900).open(plane);
    WebElement plot = browser.find("plot");
    new Actions(browser.driver)
        .moveToElement(plot, -60, -40)
        .clickAndHold()
        .moveByOffset(37, 21)
        .moveByOffset(50, 60)
        .release()
        .perform();
    String wanted =
        (String) browser.run("return window.latentExplorer.state.code.map(Math.fround).join()");
    browser.await("document.getElementById('decoded').dataset.code === '" + wanted + "'");

    assertPixels("decoded", flat, wanted);
    float[] dragged = numbers(wanted);
    assertThat(dragged).isNotEqualTo(flat.encode(grey)[0]);
    // Sliders stand where the point is, but for their steps.
    for (int axis = 0; axis < 2; axis++) {
      WebElement slider = browser.find("z" + (axis + 1));
      assertThat(Float.parseFloat(slider.getDomProperty("value")))
          .isCloseTo(dragged[axis], within(Double.parseDouble(slider.getDomAttribute("step"))));
    }
  }

  private static Offset<Float> within(double distance) {
    return Offset.offset((float) distance);
  }

  @Test
  void movesAlongAnAxisAndThroughNoiseAsTheModelDecodes() {
    browser.size(1024, 900).open(axes);
    browser.find("axis-0").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.PAGE_UP);
    browser.find("noise").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.PAGE_UP);
    String wanted =
        (String) browser.run("return Array.from(window.latentExplorer.state.code).join()");
    awaitReceived(wanted);

    assertPixels("received", conv, wanted);
    assertThat(browser.find("psnr").getText()).matches("PSNR [0-9.]+ dB");
    assertThat(browser.find("noise-value").getText()).contains("0.014", "信噪比 18.4 dB");
  }

  @Test
  void decodesTheClassThatIsChosen() {
    browser.size(1024, 900).open(planeByClass);
    String code = "0.25,-0.5";
    browser.run("latentExplorer.moveTo([0.25, -0.5])");
    List<float[]> decoded = new ArrayList<>();
    for (String name : List.of("ring", "bar", "spot")) {
      choose(name);
      browser.await("document.body.dataset.map === 'true'");
      float[] exact = flatByClass.decode(new float[][] {numbers(code)}, name)[0];
      assertClose(decodeInPage(numbers(code)), exact);
      decoded.add(exact);
    }
    assertThat(decoded.get(0)).isNotEqualTo(decoded.get(1));
    assertThat(decoded.get(1)).isNotEqualTo(decoded.get(2));
    // Once for each page, for the browser minds it.
    assertShown(browser.pixels("decoded"), decoded.get(2), 1);
  }

  @Test
  void decodesTheClassThatIsChosenByConvolutions() {
    browser.size(1024, 900).open(axesByClass);
    float[] last = {};
    for (String name : List.of("spot", "bar", "ring")) {
      choose(name);
      browser.find("axis-0").sendKeys(Keys.ARROW_RIGHT);
      String code =
          (String) browser.run("return Array.from(window.latentExplorer.state.code).join()");
      awaitReceived(code);
      float[] exact = convByClass.decode(new float[][] {numbers(code)}, name)[0];
      assertClose(decodeInPage(numbers(code)), exact);
      last = exact;
    }
    assertShown(browser.pixels("received"), last, 3);
    // A picture that is sent chooses its own class.
    browser.driver.findElements(By.cssSelector("#thumbs button")).get(1).click();
    String name = (String) browser.run("return latentExplorer.model.className(1)");
    assertThat(browser.run("return document.getElementById('class').selectedOptions[0].text"))
        .isEqualTo(name);
    assertThat(browser.driver.findElement(By.tagName("body")).getText()).contains("按此类别解码");
  }

  private static void choose(String name) {
    browser.find("class").findElement(By.xpath("option[.='" + name + "']")).click();
  }

  private static void assertClose(float[] seen, float[] exact) {
    assertThat(seen).hasSameSizeAs(exact);
    for (int i = 0; i < exact.length; i++) {
      assertThat(seen[i]).isCloseTo(exact[i], within(statedError() + 1e-6));
    }
    assertThat(statedError()).isBetween(0.0, 0.01);
  }

  /** Rough pictures come first where a decoder is slow. */
  private static void awaitReceived(String code) {
    browser.await(
        "document.getElementById('received').dataset.code === '%s' && document.getElementById('received').dataset.rough === 'false'"
            .formatted(code));
  }

  @Test
  void drawsCodesOfUnitPowerAtAKeyPress() {
    browser.size(1024, 900).open(axes);
    Object before = browser.run("return Array.from(window.latentExplorer.state.code).join()");
    browser.find("axis-0").sendKeys("g");
    String drawn =
        (String) browser.run("return Array.from(window.latentExplorer.state.code).join()");

    assertThat(drawn).isNotEqualTo(before);
    float[] code = numbers(drawn);
    double power = 0;
    for (float value : code) {
      power += (double) value * value / code.length;
    }
    assertThat(power).isCloseTo(1, Offset.offset(1e-5));
    awaitReceived(drawn);
    assertPixels("received", conv, drawn);
  }

  @Test
  void offersPicturesOfAllClassesWhereDataAreInTheirOrder() {
    LabeledImageSource mixed = TinyPictures.of(120, 16, 3, TinyPictures.NAMES);
    // Labels go round, so this is every third picture, three times.
    int[] byClass = IntStream.range(0, 120).map(i -> i % 40 * 3 + i / 40).toArray();
    Path page = folder.resolve("sorted.html");
    LatentExplorer.of(conv, mixed.select(byClass)).save(page);
    browser.size(1024, 900).open(page);
    List<WebElement> thumbs = browser.driver.findElements(By.cssSelector("#thumbs button"));

    assertThat(
            thumbs.stream()
                .map(each -> each.getDomAttribute("aria-label").replaceAll(".*[ ,]", "")))
        .hasSize(24)
        .satisfies(
            names ->
                TinyPictures.NAMES.forEach(
                    name -> assertThat(names).filteredOn(name::equals).hasSize(8)));
    WebElement last = thumbs.get(23);
    last.click();
    assertThat(browser.find("picked-name").getText()).contains("spot");
    assertThat(last.getDomAttribute("aria-pressed")).isEqualTo("true");
    assertThat(thumbs.get(0).getDomAttribute("aria-pressed")).isEqualTo("false");
    assertThat(browser.run("return window.latentExplorer.state.picked")).isEqualTo(115L);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void decodesEveryActivation(Activation activation) {
    LabeledImageSource few = grey.slice(0, 24);
    Autoencoder dense =
        Autoencoder.dense().hidden(10).bottleneck(3).activation(activation).seed(2).build();
    dense.fit(few, Training.epochs(2).batchSize(8));
    assertDecodesAlike(dense, few);
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"SILU", "PRELU", "GDN"})
  void decodesStridedNetworksWithAndWithoutResidualBlocks(Activation activation) {
    LabeledImageSource few = grey.slice(0, 24);
    Autoencoder strided =
        Autoencoder.conv()
            .input(12, 12, 1)
            .latent(3, 3, 2)
            .widths(6, 5)
            .resampling(Resampling.STRIDED)
            .residualBlocks(activation == Activation.PRELU ? 1 : 0)
            .activation(activation)
            .seed(2)
            .build();
    strided.fit(few, Training.epochs(2).batchSize(8));
    assertDecodesAlike(strided, few);
  }

  @ParameterizedTest
  @EnumSource
  void decodesSequences(Resampling resampling) {
    ImageSource few =
        ImageSource.of(
            new ImageShape(1, 48, 3), TinyPictures.of(24, 12, 1, TinyPictures.NAMES).toArrays());
    Autoencoder sequences =
        Autoencoder.conv()
            .input(1, 48, 3)
            .latent(1, 4, 2)
            .widths(6, 5)
            .strides(resampling == Resampling.STRIDED ? new int[] {3, 4} : new int[] {4, 3})
            .resampling(resampling)
            .residualBlocks(1)
            .seed(2)
            .build();
    sequences.fit(few, Training.epochs(2).batchSize(8));
    assertDecodesAlike(sequences, few);
    assertThat(browser.complaints()).isEmpty();
  }

  /** A mean and a scale for each value; the page shows the means. */
  @Test
  void decodesWhereTheDecoderTellsMoreThanValues() {
    LabeledImageSource few = grey.slice(0, 24);
    for (AutoencoderBuilder<?> builder :
        List.of(
            Autoencoder.conv().input(12, 12, 1).latent(3, 3, 2).widths(6),
            Autoencoder.dense().hidden(10).bottleneck(2))) {
      Autoencoder model = builder.output(Output.discretizedLogistic()).seed(2).build();
      model.fit(few, Training.epochs(2).batchSize(8));
      assertDecodesAlike(model, few);
      if (model.latentShape().size() == 2) {
        browser.await("document.getElementById('decoded').dataset.code !== undefined");
        assertPixels(
            "decoded",
            model,
            (String) browser.run("return document.getElementById('decoded').dataset.code"));
      }
    }
    assertThat(browser.complaints()).isEmpty();
  }

  private static void assertDecodesAlike(Autoencoder model, ImageSource few) {
    Path page = folder.resolve("activation.html");
    LatentExplorer.of(model, few).save(page);
    browser.open(page);
    // One of those that the error was measured by.
    float[] code = model.encode(few)[2];
    float[] exact = model.decode(new float[][] {code})[0];
    assertClose(decodeInPage(code), exact);
  }

  private static float[] decodeInPage(float[] code) {
    return numbers(
        (String)
            browser.run(
                "return"
                    + " Array.from(window.latentExplorer.decode(arguments[0].split(',').map(Number))).join()",
                text(code)));
  }

  private static double statedError() {
    return ((Number) browser.run("return window.latentExplorer.model.error")).doubleValue();
  }

  @Test
  void asksNoNetworkAndComplainsOfNothing() {
    browser.open(plane);
    browser.await("document.body.dataset.map === 'true'");
    browser.open(axes);
    browser.find("draw").click();

    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).isEmpty();
  }

  @Test
  void showsHostileLabelsAsText() {
    browser.open(axes);
    browser.find("noise").click();

    assertThat(browser.run("return window.hacked === undefined")).isEqualTo(true);
    assertThat(browser.find("picked-name").getText())
        .contains("<script>window.hacked = true</script>");
    browser.open(plane);
    assertThat(browser.driver.findElement(By.tagName("h1")).getText())
        .isEqualTo("Bars, rings & <spots>");
  }

  @Test
  void isReachedByTabAndOperatedByKeys() {
    for (Path page : List.of(plane, axes, planeByClass, axesByClass)) {
      browser.size(1024, 900).open(page);
      assertThat(browser.reachedByTab()).containsAll(browser.controls());
    }
    browser.open(plane);
    float[] before =
        numbers((String) browser.run("return window.latentExplorer.state.code.join()"));
    browser.find("plot").sendKeys(Keys.ARROW_LEFT, Keys.ARROW_UP);
    float[] after = numbers((String) browser.run("return window.latentExplorer.state.code.join()"));
    assertThat(after[0]).isLessThan(before[0]);
    assertThat(after[1]).isGreaterThan(before[1]);
  }

  @Test
  void playsTheWayBetweenTwoPoints() {
    browser.open(plane);
    browser.find("set-a").click();
    browser.find("plot").sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_LEFT));
    browser.find("set-b").click();
    browser.await("document.getElementById('strip').children.length === 9");
    browser.find("play").click();

    // The slider shows hundredths and so says 1 a frame or two before the way ends.
    browser.await("latentExplorer.state.code.join() === latentExplorer.state.to.join()");
    assertThat(browser.run("return document.getElementById('way').value")).isEqualTo("1");
  }

  @Test
  void speaksBothLanguages() {
    browser.open(plane);
    String english = body();
    browser.driver.findElement(By.cssSelector("#language option[value=zh]")).click();
    String chinese = body();

    assertThat(english).contains("Decoded here", "class bar").doesNotContain("解码");
    assertThat(chinese).contains("此处的解码结果", "类别 bar").doesNotContain("Decoded here", "explorer.");
    assertThat(browser.run("return document.documentElement.lang")).isEqualTo("zh");
  }

  private static String body() {
    return browser.driver.findElement(By.tagName("body")).getText();
  }

  @Test
  void hasNoSeriousAccessibilityFindingInLightOrDark() throws IOException {
    for (boolean dark : new boolean[] {false, true}) {
      for (Path page : List.of(plane, axes, planeByClass, axesByClass)) {
        browser.dark(dark).size(1024, 900).open(page);
        assertThat(browser.accessibilityFindings()).isEmpty();
      }
    }
    browser.dark(false);
  }

  @Test
  void fitsEveryScreen() throws IOException {
    for (int width : new int[] {375, 480, 1024, 1600}) {
      for (boolean dark : new boolean[] {false, true}) {
        for (Path page : List.of(plane, axes, planeByClass, axesByClass)) {
          browser.dark(dark).size(width, 900).open(page);
          if (page.equals(plane) || page.equals(planeByClass)) {
            browser.await("document.body.dataset.map === 'true'");
          }
          browser.screenshot(
              page.getFileName().toString().replace(".html", "-") + width + (dark ? "-dark" : ""));
          assertThat(
                  browser.run("return document.documentElement.scrollWidth <= window.innerWidth"))
              .as("%s fits %s pixels", page, width)
              .isEqualTo(true);
        }
      }
    }
    browser.dark(false);
    assertThat(browser.print("plane")).startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void opensAndDecodesDigitsAndDogsInTime() throws IOException {
    LabeledImageSource digits = TinyPictures.of(1_200, 28, 1, TinyPictures.NAMES);
    Autoencoder two = Autoencoder.dense().hidden(512, 256, 128).bottleneck(2).seed(1).build();
    two.fit(digits.slice(0, 16), Training.epochs(1).batchSize(16));
    LabeledImageSource photos = TinyPictures.of(120, 64, 3, TinyPictures.NAMES);
    Autoencoder dogs =
        Autoencoder.conv().input(64, 64, 3).latent(8, 8, 16).powerNormalize().seed(1).build();
    dogs.fit(photos.slice(0, 4), Training.epochs(1).batchSize(4));

    Path digit = folder.resolve("digits.html");
    LatentExplorer.of(two, digits).save(digit);
    assertThat(Files.size(digit)).isLessThan(2_000_000);
    assertThat(milliseconds(digit)).as("ms a digit").isLessThan(8);
    Path dog = folder.resolve("dogs.html");
    LatentExplorer.of(dogs, photos).save(dog);
    assertThat(Files.size(dog)).isLessThan(8_000_000);
    assertThat(milliseconds(dog)).as("ms a dog").isLessThan(300);
  }

  /**
   * The quickest of some openings and decodings: what else the machine does only makes the others
   * slower.
   */
  private static double milliseconds(Path page) throws IOException {
    double opened = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 3; i++) {
      browser.open(page);
      Object time = browser.run("return window.latentExplorer.opened");
      opened = Math.min(opened, ((Number) time).doubleValue());
    }
    double decoded =
        ((Number)
                browser.run(
                    """
                    const times = [];
                    for (let i = 0; i < 12; i++) {
                      const start = performance.now();
                      latentExplorer.decode(latentExplorer.model.codeOf(0));
                      times.push(performance.now() - start);
                    }
                    return Math.min(...times);
                    """))
            .doubleValue();
    Files.writeString(
        Path.of("target", "explorer-times.txt"),
        String.format(
            Locale.ROOT,
            "%s: first picture after %.0f ms, decoded in %.1f ms%n",
            page.getFileName(),
            opened,
            decoded),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    assertThat(opened).as("ms to the first picture").isLessThan(1_000);
    return decoded;
  }

  private static void assertPixels(String canvas, Autoencoder model, String code) {
    float[] decoded = model.decode(new float[][] {numbers(code)})[0];
    assertShown(browser.pixels(canvas), decoded, model.inputShape().channels());
  }

  private static void assertShown(int[] pixels, float[] decoded, int channels) {
    int plane = decoded.length / channels;
    assertThat(pixels).hasSize(3 * plane);
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < 3; c++) {
        float exact = 255 * decoded[channels == 3 ? c * plane + i : i];
        assertThat((float) pixels[3 * i + c]).isCloseTo(exact, within(2));
      }
    }
  }

  private static float[] numbers(String text) {
    return Floats.toArray(Pattern.compile(",").splitAsStream(text).map(Float::valueOf).toList());
  }

  private static String text(float[] numbers) {
    return Floats.join(",", numbers);
  }
}
