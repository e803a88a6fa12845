package io.github.autoencoder4j.viz;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.TrainingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Shows how an autoencoder learns: the same samples as they are reconstructed after each epoch, one
 * frame an epoch.
 *
 * <pre>{@code
 * TrainingAnimation learning = TrainingAnimation.of(autoencoder, held.slice(0, 10));
 * autoencoder.fit(train, Training.epochs(20).listener(learning));
 * learning.animation().save(Path.of("learning.png"));
 * }</pre>
 *
 * <p>Of runs of more than 100 epochs every second, third and so on is shown, and the last. Not safe
 * for use by several threads, but for those that train.
 */
public final class TrainingAnimation implements TrainingListener {

  private static final int MAX_FRAMES = 100;

  /** What was seen after an epoch. */
  private record Frame(int epoch, Picture picture) {}

  private final Autoencoder autoencoder;
  private final ImageSource samples;
  private final List<Frame> frames = new ArrayList<>();

  private TrainingAnimation(Autoencoder autoencoder, ImageSource samples) {
    this.autoencoder = autoencoder;
    this.samples = samples;
  }

  /**
   * Starts an animation.
   *
   * @param autoencoder the one that is trained
   * @param samples what it reconstructs after each epoch, all side by side, with 1 channel (grey)
   *     or 3 (RGB); at least one. If they do not fit the autoencoder, the run ends after its first
   *     epoch
   * @return a listener for {@link
   *     io.github.autoencoder4j.training.Training#listener(TrainingListener)}
   * @throws IllegalArgumentException if there is no sample, or they are no pictures
   */
  public static TrainingAnimation of(Autoencoder autoencoder, ImageSource samples) {
    Objects.requireNonNull(autoencoder, "autoencoder");
    ImageSource copy = ImageSource.of(samples.shape(), ValueRange.REALS, samples.toArrays());
    // Refuses what cannot be drawn now, not after an epoch.
    ImageGrid.of(copy.shape()).row("sample", copy).draw();
    return new TrainingAnimation(autoencoder, copy);
  }

  @Override
  public void onEpochEnd(EpochEnd event) {
    int apart = (event.epochs() + MAX_FRAMES - 1) / MAX_FRAMES;
    if (event.epoch() != event.epochs() && (event.epoch() - 1) % apart != 0) {
      return;
    }
    if (!frames.isEmpty() && frames.get(frames.size() - 1).epoch >= event.epoch()) {
      // Another run of the same autoencoder.
      frames.clear();
    }
    int digits = String.valueOf(event.epochs()).length();
    String caption =
        String.format(Locale.ROOT, "epoch %" + digits + "d of %d", event.epoch(), event.epochs());
    frames.add(
        new Frame(
            event.epoch(),
            ImageGrid.of(samples.shape())
                .title(caption)
                .row("sample", samples)
                .row("reconstruction", autoencoder.reconstruct(samples))
                .draw()));
  }

  /**
   * The frames so far, each seen for a fifth of a second and the last for two seconds. May be asked
   * for while the run goes on.
   *
   * @return an animation
   * @throws IllegalStateException if no epoch was finished
   */
  public Animation animation() {
    if (frames.isEmpty()) {
      throw new IllegalStateException(
          "no epoch was finished, so there is nothing to show; add this listener to the training"
              + " and call fit first");
    }
    return Animation.of(frames.stream().map(Frame::picture).toList())
        .every(Duration.ofMillis(200))
        .holdLast(Duration.ofSeconds(2));
  }
}
