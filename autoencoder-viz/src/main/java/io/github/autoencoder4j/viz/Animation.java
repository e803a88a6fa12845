package io.github.autoencoder4j.viz;

import io.github.autoencoder4j.data.ImageShape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures one after another, as an animated PNG: every browser plays it, on pages and in Markdown,
 * in all colours of its frames; whatever cannot shows the first.
 *
 * <pre>{@code
 * float[][] way = Interpolation.linear(codes[0], codes[1], 30);
 * Animation.of(Mnist.test().shape(), autoencoder.decode(way)).backAndForth().save(Path.of("way.png"));
 * }</pre>
 *
 * <p>Frames are kept compressed. Immutable and safe for use by several threads.
 *
 * @see LatentTraversal
 * @see TrainingAnimation
 */
public final class Animation {

  private static final int MAX_FRAMES = 2_000;
  private static final int DEFAULT_MILLIS = 100;

  private final List<byte[]> frames;
  private final int millis;
  private final int lastMillis;
  private final int plays;

  private Animation(List<byte[]> frames, int millis, int lastMillis, int plays) {
    this.frames = frames;
    this.millis = millis;
    this.lastMillis = lastMillis;
    this.plays = plays;
  }

  /**
   * Joins pictures.
   *
   * @param frames in the order in which they are seen; 1 to 2,000. Smaller ones stand at the top
   *     left of a white ground as large as the largest
   * @return an animation that shows each for a tenth of a second, and all again and again
   * @throws IllegalArgumentException if there are none or more, or the ground would hold more than
   *     100 million pixels
   */
  public static Animation of(List<Picture> frames) {
    require(frames.size());
    int width = frames.stream().mapToInt(Picture::width).max().orElseThrow();
    int height = frames.stream().mapToInt(Picture::height).max().orElseThrow();
    List<byte[]> files = frames.stream().map(frame -> frame.toPng(width, height)).toList();
    return new Animation(files, DEFAULT_MILLIS, DEFAULT_MILLIS, 0);
  }

  /**
   * Joins samples, such as what a decoder makes of the codes on the way between two.
   *
   * @param shape the shape of a sample, with 1 channel (grey) or 3 (RGB)
   * @param samples one a frame, {@code float[n][shape.size()]}; 1 to 2,000
   * @return an animation that shows each for a tenth of a second, and all again and again
   * @throws IllegalArgumentException if the shape has another number of channels, there are none or
   *     more, or a sample has the wrong length or holds a value that is not finite
   */
  public static Animation of(ImageShape shape, float[][] samples) {
    require(samples.length);
    return of(
        Tiles.of(Tiles.drawable(shape), samples).stream()
            .map(image -> new Picture(Tiles.block(image, Tiles.comfortableMagnification(shape))))
            .toList());
  }

  private static void require(int frames) {
    if (frames < 1 || frames > MAX_FRAMES) {
      throw new IllegalArgumentException(
          "an animation has 1 to %s frames, but was given %s; leave some out"
              .formatted(MAX_FRAMES, frames));
    }
  }

  /**
   * Sets for how long each frame is seen.
   *
   * @param duration 10 milliseconds to a minute
   * @return a changed copy, whose last frame is seen as long as the others
   * @throws IllegalArgumentException if it lies outside
   */
  public Animation every(Duration duration) {
    int each = millis("a frame", duration);
    return new Animation(frames, each, each, plays);
  }

  /**
   * Sets for how long the last frame is seen, before all begins again.
   *
   * @param duration 10 milliseconds to a minute
   * @return a changed copy
   * @throws IllegalArgumentException if it lies outside
   */
  public Animation holdLast(Duration duration) {
    return new Animation(frames, millis, millis("the last frame", duration), plays);
  }

  private static int millis(String what, Duration duration) {
    if (duration.compareTo(Duration.ofMillis(10)) < 0
        || duration.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException(
          "%s is seen for 10 milliseconds to a minute, not for %s".formatted(what, duration));
    }
    return (int) duration.toMillis();
  }

  /**
   * Sets how often all frames are seen.
   *
   * @param times 1 to 1,000, after which the last frame stays; 0, the default, for ever
   * @return a changed copy
   * @throws IllegalArgumentException if it lies outside
   */
  public Animation plays(int times) {
    return new Animation(
        frames, millis, lastMillis, Require.inRange("the number of plays", times, 0, 1_000));
  }

  /**
   * Shows the frames in order and then, without the two ends, in reverse order, so that the
   * beginning follows without a jump.
   *
   * @return a changed copy
   * @throws IllegalArgumentException if it had more than 2,000 frames
   */
  public Animation backAndForth() {
    List<byte[]> both = new ArrayList<>(frames);
    for (int i = frames.size() - 2; i > 0; i--) {
      both.add(frames.get(i));
    }
    require(both.size());
    return new Animation(List.copyOf(both), millis, lastMillis, plays);
  }

  /**
   * The number of frames.
   *
   * @return at least 1
   */
  public int frames() {
    return frames.size();
  }

  /**
   * Writes the animation as a file in memory.
   *
   * @return the bytes of an animated PNG
   */
  public byte[] toPng() {
    int[] durations = new int[frames.size()];
    Arrays.fill(durations, millis);
    durations[durations.length - 1] = lastMillis;
    return Apng.of(frames, durations, plays);
  }

  /**
   * Writes the animation as an animated PNG. The file appears whole or not at all. Missing parent
   * folders are created.
   *
   * @param png where to write; the name must end in {@code .png} or {@code .apng}
   * @throws IllegalArgumentException if the name ends otherwise
   * @throws java.io.UncheckedIOException if the folder cannot be created or the file cannot be
   *     written; the message names the path
   */
  public void save(Path png) {
    PictureFile.write(PictureFile.require(png, "animations", ".png", ".apng"), toPng());
  }
}
