package io.github.autoencoder4j.viz.page;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Resumption;
import io.github.autoencoder4j.training.TrainingListener;
import io.github.autoencoder4j.training.TrainingWarning;
import io.github.autoencoder4j.viz.ImageGrid;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a page about a training run fresh while it runs: losses of epochs and batches, one line a
 * term of the objective, samples a second, the time left, warnings, and how samples are
 * reconstructed. It is a file that a browser opens from the disk and reads again by itself; there
 * is no server.
 *
 * <pre>{@code
 * LivePage page = LivePage.in(Path.of("run")).samples(autoencoder, held);
 * System.out.println("open " + page.file().toUri());
 * autoencoder.fit(train, Training.epochs(20).validation(held).listener(page));
 * }</pre>
 *
 * <p>The page says how the run ended: finished, stopped early, cancelled, diverged or by an error;
 * then browsers stop reading it. If the program is killed, the page says for how long nothing has
 * been written. A page that cannot be written while the run goes on, because the disk is full or
 * the folder gone, is tried again each time, and a warning is logged once; it never ends the run.
 *
 * <p>For one run at a time; the next one takes the page over. Not safe for use by several threads,
 * but for those that train.
 */
public final class LivePage implements TrainingListener {

  private static final Logger LOG = LoggerFactory.getLogger(LivePage.class);

  private static final String NAME = "live.html";
  private static final int MAX_SAMPLES = 10;

  /** What is reconstructed, and by whom. */
  private record Samples(Autoencoder autoencoder, ImageSource originals) {}

  private final Path target;
  private final LongSupplier nanos;
  private @Nullable String title;
  private Locale language = Locale.ENGLISH;
  private Duration pause = Duration.ofSeconds(5);
  private @Nullable Samples samples;
  private LiveRun run = new LiveRun();
  private byte @Nullable [] pictures;
  private int picturesEpoch;
  private long written;
  private boolean isWritten;
  private boolean broken;

  private LivePage(Path target, LongSupplier nanos) {
    this.target = target;
    this.nanos = nanos;
  }

  /**
   * Starts a page, and writes it without content, so that it can be opened, and that a folder that
   * cannot be written to is found out before anything is trained.
   *
   * @param folder where {@code live.html} goes; created if it is missing
   * @return a page, to be given to {@link
   *     io.github.autoencoder4j.training.Training#listener(TrainingListener)}
   * @throws UncheckedIOException if the folder cannot be made or written to
   */
  public static LivePage in(Path folder) {
    return in(folder, System::nanoTime);
  }

  static LivePage in(Path folder, LongSupplier nanos) {
    LivePage page =
        new LivePage(
            Objects.requireNonNull(folder, "folder").toAbsolutePath().resolve(NAME), nanos);
    Page.write(page.target, page.html());
    return page;
  }

  /**
   * Sets the heading of the page. "Training" by default.
   *
   * @param title plain text of any script
   * @return this
   */
  public LivePage title(String title) {
    this.title = Objects.requireNonNull(title, "title").strip();
    return this;
  }

  /**
   * Sets the language that the page opens in. It can be switched in the page. English by default.
   *
   * @param language English or Chinese; others give English
   * @return this
   */
  public LivePage language(Locale language) {
    this.language = Objects.requireNonNull(language, "language");
    return this;
  }

  /**
   * Sets how often the page is written at most, and read again by browsers. 5 seconds by default;
   * writing takes some milliseconds.
   *
   * @param pause 1 second to 1 hour; fractions of seconds do not count
   * @return this
   * @throws IllegalArgumentException if it lies outside
   */
  public LivePage every(Duration pause) {
    if (pause.toSeconds() < 1 || pause.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "a page is written every second at most and every hour at least, not every " + pause);
    }
    this.pause = Duration.ofSeconds(pause.toSeconds());
    return this;
  }

  /**
   * Shows samples beside what the autoencoder makes of them at that time.
   *
   * @param autoencoder the one that is trained
   * @param samples with 1 channel (grey) or 3 (RGB); the first ten of them are shown
   * @return this
   * @throws IllegalArgumentException if there is no sample, or they are no pictures. If they do not
   *     fit the autoencoder, the run ends after its first batch
   */
  public LivePage samples(Autoencoder autoencoder, ImageSource samples) {
    Objects.requireNonNull(autoencoder, "autoencoder");
    if (samples.size() == 0) {
      throw new IllegalArgumentException(
          "a page shows samples with their reconstructions, but there is no sample; give at least"
              + " one, or leave samples(...) out");
    }
    ImageSource some =
        ImageSource.of(
            samples.shape(),
            ValueRange.REALS,
            samples.slice(0, Math.min(MAX_SAMPLES, samples.size())).toArrays());
    // Refuses what is no picture now, not when the run has begun.
    ImageGrid.of(some.shape()).row("", some);
    this.samples = new Samples(autoencoder, some);
    return this;
  }

  /**
   * The page.
   *
   * @return an absolute path, which ends in {@code live.html}
   */
  public Path file() {
    return target;
  }

  @Override
  public void onResume(Resumption event) {
    begin().resumed(event);
    write();
  }

  @Override
  public void onBatchEnd(BatchEnd event) {
    begin().batch(event, nanos.getAsLong());
    writeIfDue();
  }

  @Override
  public void onEpochEnd(EpochEnd event) {
    begin().epoch(event);
    writeIfDue();
  }

  @Override
  public void onWarning(TrainingWarning warning) {
    begin().warning(warning);
    write();
  }

  @Override
  public void onWarningWithdrawn(TrainingWarning warning) {
    begin().withdrawn(warning);
  }

  @Override
  public void onEnd(History history) {
    begin().ended(history);
    write();
  }

  @Override
  public void onFailure(Throwable cause) {
    begin().failed(cause);
    write();
  }

  /** The run that is on; a new one if the last is over. */
  private LiveRun begin() {
    if (run.isOver()) {
      run = new LiveRun();
      pictures = null;
      isWritten = false;
    }
    return run;
  }

  private void writeIfDue() {
    if (!isWritten || nanos.getAsLong() - written >= pause.toNanos()) {
      write();
    }
  }

  private void write() {
    isWritten = true;
    try {
      Page.write(target, html());
    } catch (UncheckedIOException e) {
      if (!broken) {
        LOG.warn("the page about the run cannot be written; the run continues", e);
      }
      broken = true;
    }
    // After the work, so that a slow disk does not hold training up all the time.
    written = nanos.getAsLong();
  }

  private String html() {
    Report report =
        Report.titled(title == null ? Messages.text("live.title") : Text.of(title))
            .language(language);
    run.describe(report);
    draw();
    if (pictures != null) {
      report.figure(pictures, Messages.text("live.pictures", picturesEpoch));
    }
    return report.fill(run.state(Instant.now(), pause));
  }

  /** Draws samples as the weights of now reconstruct them, where there are weights. */
  private void draw() {
    if (samples == null || run.weightsEpoch() == 0) {
      return;
    }
    float[][] rebuilt = samples.autoencoder.reconstruct(samples.originals);
    for (float[] row : rebuilt) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          // The run is about to end, by a divergence: the pictures before it are those to show.
          return;
        }
      }
    }
    picturesEpoch = run.weightsEpoch();
    pictures =
        ImageGrid.of(samples.originals.shape())
            .row("sample", samples.originals)
            .row("reconstruction", rebuilt)
            .draw()
            .toPng();
  }
}
