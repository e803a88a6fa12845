package io.github.autoencoder4j.viz.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Opens pages in Chromium without a window. Where {@code chromium} and {@code chromedriver} are not
 * installed its tests are skipped, unless the variable {@code BROWSER_TESTS} is {@code required}.
 */
final class Chromium implements AutoCloseable {

  private static final Pattern REQUEST =
      Pattern.compile("\"url\":\"((?:https?|wss?|ftp):[^\"]*)\"");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  final ChromeDriver driver;
  private final List<String> requests = new ArrayList<>();

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts it, or skips the test. */
  static Chromium start() {
    Optional<File> browser = program("chromium", "chromium-browser", "google-chrome");
    Optional<File> service = program("chromedriver");
    if (browser.isEmpty() || service.isEmpty()) {
      String reason =
          "chromium and chromedriver must be installed to open pages (Debian: apt-get install"
              + " chromium chromium-driver)";
      assertThat(System.getenv("BROWSER_TESTS")).as(reason).isNotEqualTo("required");
      assumeTrue(false, reason);
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.orElseThrow());
    options.addArguments(
        "--headless=new",
        // The tests of a container run as root.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--force-color-profile=srgb",
        "--disable-background-networking",
        "--lang=en");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriver driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(service.get()).build(),
            options);
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    return new Chromium(driver);
  }

  private static Optional<File> program(String... names) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of(names)
        .flatMap(
            name ->
                Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                    .splitAsStream(path)
                    .map(folder -> new File(folder, name)))
        .filter(File::canExecute)
        .findFirst();
  }

  /** Opens a page from the disk and waits until it says that it is ready. */
  Chromium open(Path page) {
    driver.get(page.toUri().toString());
    await("document.body.dataset.ready === 'true'");
    return this;
  }

  Chromium size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    return this;
  }

  Chromium dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    return this;
  }

  /** Waits until an expression holds; fails after a while. */
  void await(String expression) {
    Object seen =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            const start = performance.now();
            (function look() {
              let holds = false;
              try { holds = Boolean(%s); } catch (e) { /* not yet */ }
              if (holds) done("holds");
              else if (performance.now() - start > 20000) {
                done((document.getElementById("failure") || document.body).textContent.slice(0, 500));
              } else setTimeout(look, 20);
            })();
            """
                .formatted(expression));
    assertThat(seen).as("%s", expression).isEqualTo("holds");
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  WebElement find(String id) {
    return driver.findElement(By.id(id));
  }

  /** The red, green and blue bytes of a canvas. */
  int[] pixels(String id) {
    String text =
        (String)
            run(
                """
                const canvas = document.getElementById(arguments[0]);
                const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
                return Array.from(data).filter((v, i) => i % 4 < 3).join();
                """,
                id);
    return Pattern.compile(",").splitAsStream(text).mapToInt(Integer::parseInt).toArray();
  }

  /** Keeps a picture of the whole page for people. */
  void screenshot(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    long height = ((Number) run("return document.documentElement.scrollHeight")).longValue();
    long width = ((Number) run("return window.innerWidth")).longValue();
    Object data =
        driver
            .executeCdpCommand(
                "Page.captureScreenshot",
                Map.of(
                    "captureBeyondViewport",
                    true,
                    "clip",
                    Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)))
            .get("data");
    Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode((String) data));
  }

  /** Prints the page, as a reader does who wants a PDF. */
  byte[] print(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Object data =
        driver.executeCdpCommand("Page.printToPDF", Map.of("printBackground", true)).get("data");
    byte[] pdf = Base64.getDecoder().decode((String) data);
    Files.write(SCREENSHOTS.resolve(name + ".pdf"), pdf);
    return pdf;
  }

  /** What the console said that is no mere information. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What was asked of any network since it was started. */
  List<String> requests() {
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      if (entry.getMessage().contains("Network.requestWillBeSent")) {
        Matcher url = REQUEST.matcher(entry.getMessage());
        while (url.find()) {
          requests.add(url.group(1));
        }
      }
    }
    return requests;
  }

  /** What axe-core finds of serious or critical impact, in a line each. */
  @SuppressWarnings("unchecked")
  List<String> accessibilityFindings() throws IOException {
    try (InputStream axe =
        Objects.requireNonNull(Chromium.class.getResourceAsStream("/axe.min.js"))) {
      run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    return (List<String>)
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run().then(result => done(result.violations
              .filter(v => v.impact === "serious" || v.impact === "critical")
              .map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary).join(" | "))));
            """);
  }

  /** Ids, or texts, of what takes part in tabbing, in the order in which Tab reaches it. */
  List<String> reachedByTab() {
    List<String> reached = new ArrayList<>();
    run("document.activeElement.blur(); window.scrollTo(0, 0);");
    for (int i = 0; i < 200; i++) {
      driver.switchTo().activeElement().sendKeys(Keys.TAB);
      String name = (String) run(NAME + "return name(document.activeElement);");
      if (reached.contains(name) || name.equals("BODY")) {
        break;
      }
      reached.add(name);
    }
    return reached;
  }

  /** Whatever can be operated and is neither hidden nor disabled. */
  @SuppressWarnings("unchecked")
  List<String> controls() {
    return (List<String>)
        run(
            NAME
                + """
                return [...document.querySelectorAll("button, select, input, a[href], [tabindex='0'], summary")]
                  .filter(e => !e.disabled && e.checkVisibility()).map(name);
                """);
  }

  private static final String NAME =
      """
      const name = e => e === document.body ? "BODY" : e.id || [...document.querySelectorAll("*")].indexOf(e) + ":" + e.tagName;
      """;

  @Override
  public void close() {
    driver.quit();
  }
}
