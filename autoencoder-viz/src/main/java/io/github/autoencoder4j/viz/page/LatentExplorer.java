package io.github.autoencoder4j.viz.page;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A page in which the codes of a trained autoencoder can be walked: one HTML file that decodes with
 * the model's own decoder, in the browser, without network or server.
 *
 * <pre>{@code
 * LatentExplorer.of(autoencoder, Mnist.test()).title("Digits").save(Path.of("explorer.html"));
 * }</pre>
 *
 * <p>Codes of two numbers lie over the map of what they decode to: drag the point, and the picture
 * changes with it; click on a code for its picture and its neighbours; play the way between two
 * codes; draw from a Gaussian. Codes of any other length are moved along their principal axes,
 * shown channel by channel, and sent through noise of any variance.
 *
 * <p>Where the autoencoder is conditioned on classes, the page has a list to choose the one that is
 * decoded. A picture that is picked chooses its own.
 *
 * <p>The weights are in the page as 16-bit numbers. What that costs is measured when the page is
 * written, and stated in it. Not safe for use by several threads.
 */
public final class LatentExplorer {

  /** What a page of tolerable size can carry: 27 MB of text. */
  private static final long MAX_PARAMETERS = 10_000_000;

  private static final int MAX_PICTURES = 5_000;

  private final Autoencoder autoencoder;
  private final Spec spec;
  private final ImageSource data;
  private String title = "";
  private Locale language = Locale.ENGLISH;
  private int pictures;

  private LatentExplorer(Autoencoder autoencoder, Spec spec, ImageSource data) {
    this.autoencoder = autoencoder;
    this.spec = spec;
    this.data = data;
    // 1.5 million values: a thousand digits, or a hundred small photos.
    this.pictures = (int) Math.max(8, Math.min(1_000, 1_500_000L / data.shape().size()));
  }

  /**
   * Starts an explorer of the codes of some pictures.
   *
   * @param autoencoder trained, with encoder and decoder
   * @param data pictures with 1 channel (grey) or 3 (RGB), best those it was not trained on; if
   *     they are a {@link LabeledImageSource}, their codes are coloured by class
   * @return an explorer that can be changed and saved
   * @throws IllegalStateException if the autoencoder was not trained, or only a half was loaded
   * @throws IllegalArgumentException if there is no picture, their shape is not the autoencoder's
   *     or no picture's, what is decoded is rows of a table, it is conditioned on classes and the
   *     data have none, or the decoder has more than ten million numbers, which no page can carry
   * @throws io.github.autoencoder4j.exception.UnusableDataException if it is conditioned on
   *     classes, and the first picture is of another
   */
  public static LatentExplorer of(Autoencoder autoencoder, ImageSource data) {
    ImageShape shape = data.shape();
    if (data.size() == 0) {
      throw new IllegalArgumentException(
          "an explorer needs at least one picture to start from, but the data are empty");
    }
    Spec spec =
        autoencoder
            .spec()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the autoencoder was not trained; call fit(...) before you explore it"));
    if (!shape.equals(autoencoder.inputShape())) {
      throw new IllegalArgumentException(
          "the autoencoder has samples of %s, but the data have %s"
              .formatted(autoencoder.inputShape(), shape));
    }
    if (spec.output().columns().isPresent()) {
      throw new IllegalArgumentException(
          "an explorer shows pictures, but this autoencoder decodes rows of a table");
    }
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException(
          "an explorer shows pictures of 1 channel (grey) or 3 (RGB), but these have "
              + shape.channels());
    }
    long size = Network.of(spec).decoder().stream().mapToLong(LayerPlan::parameters).sum();
    if (size > MAX_PARAMETERS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the decoder has %,d numbers, and a page can carry at most %,d; train a narrower one",
              size,
              MAX_PARAMETERS));
    }
    // Both halves are needed, trained, and fit the data: told by whoever lacks them.
    autoencoder.reconstruct(data.slice(0, 1));
    return new LatentExplorer(autoencoder, spec, data);
  }

  /**
   * Sets the heading of the page. None but what the page is by default.
   *
   * @param title plain text of any script; empty for none
   * @return this
   */
  public LatentExplorer title(String title) {
    this.title = title.strip();
    return this;
  }

  /**
   * Sets how many pictures the page carries, evenly spread over the data: those that a click on a
   * code shows. By default as many as have 1.5 million values, and 1,000 at most.
   *
   * @param count 1 to 5,000; fewer if the data are fewer
   * @return this
   * @throws IllegalArgumentException if the number lies outside
   */
  public LatentExplorer pictures(int count) {
    if (count < 1 || count > MAX_PICTURES) {
      throw new IllegalArgumentException(
          "a page carries 1 to %s pictures, but was asked for %s".formatted(MAX_PICTURES, count));
    }
    pictures = count;
    return this;
  }

  /**
   * Sets the language that the page opens in. It can be switched in the page. English by default.
   *
   * @param language one that there are messages in, which are English and Chinese; others give
   *     English
   * @return this
   */
  public LatentExplorer language(Locale language) {
    this.language = Objects.requireNonNull(language, "language");
    return this;
  }

  /**
   * Writes the page. It appears whole or not at all. Missing folders are created.
   *
   * @param html where to write; the name must end in {@code .html}
   * @throws IllegalArgumentException if the name ends otherwise, or a picture has a value that the
   *     autoencoder does not know
   * @throws IllegalStateException if the decoder in the page would not compute what this one does
   * @throws java.io.UncheckedIOException if the folder cannot be made or the file not be written;
   *     known before anything is computed
   */
  public void save(Path html) {
    Path target = Page.requireHtml(html);
    Page.requireWritable(target);
    Binary binary = new Binary();
    ExplorerData content = new ExplorerData(autoencoder, spec, data, pictures);
    Map<String, Object> facts = content.describe(binary);
    String language = Messages.languageFor(this.language);
    Map<String, Map<String, String>> messages = Messages.of("explorer.", "page.", "language");
    facts.put("messages", messages);
    facts.put("language", language);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("title", title);
    values.put("language", language);
    values.put("say", Objects.requireNonNull(messages.get(language)));
    values.put("conditions", autoencoder.classes());
    values.put("plane", autoencoder.latentShape().size() == 2);
    values.put("stated", Page.json(ExplorerData.stated(facts)));
    values.put("facts", Page.json(facts));
    values.put("binary", binary.text());
    values.put("style", Page.resource("page.css") + Page.resource("explorer.css"));
    values.put("decoder", Page.resource("decoder.js"));
    values.put(
        "script",
        List.of(
                "binary.js",
                "language.js",
                "numbers.js",
                "pictures.js",
                "plane.js",
                "axes.js",
                "explorer.js")
            .stream()
            .map(Page::resource)
            .reduce("", String::concat));
    Page.write(target, Page.fill("explorer.ftlh", values));
  }
}
