package io.github.autoencoder4j.viz;

import io.github.autoencoder4j.data.ImageShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * What happens to a decoded image when one number of its code moves and the others stay: a row for
 * each number (Higgins et al., "beta-VAE", ICLR 2017, figure 1). Where a number means something of
 * its own, one thing changes along its row.
 *
 * <pre>{@code
 * LatentTraversal traversal = LatentTraversal.of(codes[0]).dimension(0).dimension(1).range(-3, 3);
 * traversal.draw(shape, autoencoder::decode).save(Path.of("traversal.png"));
 * traversal.animate(shape, autoencoder::decode).save(Path.of("moving.png"));
 * }</pre>
 *
 * <p>The numbers of large codes mean little one by one; walk those along their principal axes, by
 * {@link #direction}. Not safe for use by several threads; the pictures are.
 */
public final class LatentTraversal extends Figure<LatentTraversal> {

  private static final int MAX_STEPS = 500;

  /** A row: its label, and the code at each place of the range. */
  private record Way(String label, DoubleFunction<float[]> codes) {}

  private final float[] code;
  private final List<Way> ways = new ArrayList<>();
  private double[] range = {-3, 3};
  private int steps = 9;
  private int magnification;

  private LatentTraversal(float[] code) {
    this.code = code;
  }

  /**
   * Starts a traversal.
   *
   * @param code where it passes through: one code, {@code float[k]}, such as that of a sample, or
   *     zeros for the middle of a standard normal distribution; copied
   * @return a traversal without rows, from -3 to 3 in 9 steps
   * @throws IllegalArgumentException if the code is empty or holds a value that is not finite
   */
  public static LatentTraversal of(float[] code) {
    if (code.length == 0) {
      throw new IllegalArgumentException("a traversal needs a code of at least one number");
    }
    return new LatentTraversal(finite("code", code));
  }

  private static float[] finite(String what, float[] values) {
    for (int i = 0; i < values.length; i++) {
      Require.finite(what + "[" + i + "]", values[i]);
    }
    return values.clone();
  }

  /**
   * Adds a row in which one number takes each value of the range in place of its own.
   *
   * @param index which number, from 0; its label is {@code z} and the index counted from 1
   * @return this
   * @throws IllegalArgumentException if the code has no such number
   */
  public LatentTraversal dimension(int index) {
    Require.inRange("dimension", index, 0, code.length - 1);
    ways.add(
        new Way(
            "z" + (index + 1),
            value -> {
              float[] moved = code.clone();
              moved[index] = (float) value;
              return moved;
            }));
    return this;
  }

  /**
   * Adds a row that walks straight through the code: the code plus each value of the range times a
   * direction, such as a principal axis of codes times the standard deviation along it.
   *
   * @param label what stands to the left of the row
   * @param direction {@code float[k]}, as many numbers as the code; copied
   * @return this
   * @throws IllegalArgumentException if the length differs, a value is not finite, or all are zero
   */
  public LatentTraversal direction(String label, float[] direction) {
    if (direction.length != code.length) {
      throw new IllegalArgumentException(
          "the code has %s numbers, but the direction %s has %s"
              .formatted(code.length, label, direction.length));
    }
    float[] step = finite("direction", direction);
    if (Arrays.equals(step, new float[step.length])) {
      throw new IllegalArgumentException(
          "the direction " + label + " has zeros only and leads nowhere; leave it out");
    }
    ways.add(
        new Way(
            label,
            value -> {
              float[] moved = code.clone();
              for (int i = 0; i < moved.length; i++) {
                moved[i] += (float) (value * step[i]);
              }
              return moved;
            }));
    return this;
  }

  /**
   * Sets the values that the numbers take. -3 to 3 by default, which holds 99.7 % of a standard
   * normal distribution.
   *
   * @param low the first
   * @param high the last
   * @return this
   * @throws IllegalArgumentException if low is not below high, or one is not finite
   */
  public LatentTraversal range(double low, double high) {
    range = Require.range(low, high);
    return this;
  }

  /**
   * Sets how many images a row has, and an animation frames on its way there. 9 by default.
   *
   * @param count 2 to 500
   * @return this
   * @throws IllegalArgumentException if it lies outside
   */
  public LatentTraversal steps(int count) {
    steps = Require.inRange("steps", count, 2, MAX_STEPS);
    return this;
  }

  /**
   * Sets how large each pixel is shown. By default the smallest number that makes the longer side
   * of an image at least 80 pixels.
   *
   * @param factor the side of the square that shows one pixel; 1 to 256
   * @return this
   * @throws IllegalArgumentException if the factor lies outside 1 to 256
   */
  public LatentTraversal magnify(int factor) {
    magnification = Require.inRange("magnification", factor, 1, 256);
    return this;
  }

  /**
   * The codes whose images are shown, row by row.
   *
   * @return {@code float[rows * steps][k]}
   * @throws IllegalStateException if there is no row
   */
  public float[][] codes() {
    if (ways.isEmpty()) {
      throw new IllegalStateException(
          "a traversal needs at least one row; call dimension or direction");
    }
    float[][] codes = new float[ways.size() * steps][];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = ways.get(i / steps).codes().apply(value(i % steps));
    }
    return codes;
  }

  private double value(int step) {
    double share = (double) step / (steps - 1);
    return (1 - share) * range[0] + share * range[1];
  }

  /**
   * Decodes {@link #codes()}, all in one call, and draws a strip of images for each row, under the
   * values that they belong to.
   *
   * @param shape the shape of a decoded image, with 1 channel (grey) or 3 (RGB)
   * @param decoder turns {@code float[n][k]} codes into {@code float[n][shape.size()]} images
   * @return the picture
   * @throws IllegalStateException if there is no row
   * @throws IllegalArgumentException if the shape has another number of channels, or the decoded
   *     images are not as many as the codes, have the wrong length or are not finite
   */
  public Picture draw(ImageShape shape, Function<float[][], float[][]> decoder) {
    float[][] decoded = decode(decoder);
    String[] headers = new String[steps];
    Arrays.setAll(headers, step -> written(step));
    ImageGrid grid = grid(shape).columnHeaders(headers);
    for (int row = 0; row < ways.size(); row++) {
      grid.row(ways.get(row).label(), Arrays.copyOfRange(decoded, row * steps, (row + 1) * steps));
    }
    return grid.draw();
  }

  /**
   * Decodes {@link #codes()}, all in one call, and lets the images of all rows, side by side, move
   * along their rows and back.
   *
   * @param shape the shape of a decoded image, with 1 channel (grey) or 3 (RGB)
   * @param decoder turns {@code float[n][k]} codes into {@code float[n][shape.size()]} images
   * @return an animation of {@code 2 * steps - 2} frames
   * @throws IllegalStateException if there is no row
   * @throws IllegalArgumentException if the shape has another number of channels, or the decoded
   *     images are not as many as the codes, have the wrong length or are not finite
   */
  public Animation animate(ImageShape shape, Function<float[][], float[][]> decoder) {
    float[][] decoded = decode(decoder);
    String[] labels = ways.stream().map(Way::label).toArray(String[]::new);
    List<Picture> frames = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      float[][] images = new float[ways.size()][];
      for (int row = 0; row < images.length; row++) {
        images[row] = decoded[row * steps + step];
      }
      String[] captions = new String[images.length];
      Arrays.fill(captions, written(step));
      frames.add(grid(shape).columnHeaders(labels).row("", images, captions).draw());
    }
    return Animation.of(frames).backAndForth();
  }

  private ImageGrid grid(ImageShape shape) {
    ImageGrid grid = ImageGrid.of(shape).title(title()).subtitle(subtitle());
    return magnification == 0 ? grid : grid.magnify(magnification);
  }

  /** All of one width, or nearly so, so that frames do not differ. */
  private String written(int step) {
    return String.format(Locale.ROOT, "%+.2f", value(step));
  }

  private float[][] decode(Function<float[][], float[][]> decoder) {
    float[][] codes = codes();
    float[][] decoded = decoder.apply(codes);
    if (decoded.length != codes.length) {
      throw new IllegalArgumentException(
          "the traversal has %s codes, but the decoder made %s images of them"
              .formatted(codes.length, decoded.length));
    }
    return decoded;
  }

  @Override
  LatentTraversal self() {
    return this;
  }
}
