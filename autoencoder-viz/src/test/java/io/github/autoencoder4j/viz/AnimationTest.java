package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.data.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnimationTest {

  private static final ImageShape SHAPE = new ImageShape(5, 7, 3);

  /** A frame as a decoder that follows the specification sees it. */
  record Frame(BufferedImage image, int delayMillis) {}

  /** Whatever is in a file. */
  record Decoded(List<Frame> frames, int plays) {}

  /**
   * Takes an animated PNG apart into PNG files, checking every rule on the way, and reads these.
   */
  static Decoded decode(byte[] file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file);
    byte[] signature = new byte[8];
    in.get(signature);
    byte[] header = {};
    int frames = -1;
    int plays = -1;
    int sequence = 0;
    List<ByteArrayOutputStream> data = new ArrayList<>();
    List<Integer> delays = new ArrayList<>();
    while (in.hasRemaining()) {
      int length = in.getInt();
      byte[] type = new byte[4];
      in.get(type);
      byte[] content = new byte[length];
      in.get(content);
      CRC32 sum = new CRC32();
      sum.update(type);
      sum.update(content);
      assertThat(in.getInt()).isEqualTo((int) sum.getValue());
      ByteBuffer fields = ByteBuffer.wrap(content);
      switch (new String(type, StandardCharsets.US_ASCII)) {
        case "IHDR" -> header = content;
        case "acTL" -> {
          assertThat(data).isEmpty();
          frames = fields.getInt();
          plays = fields.getInt();
        }
        case "fcTL" -> {
          assertThat(fields.getInt()).isEqualTo(sequence++);
          assertThat(Arrays.copyOfRange(content, 4, 12)).isEqualTo(Arrays.copyOf(header, 8));
          assertThat(fields.getLong(12)).as("offsets").isZero();
          assertThat(fields.getShort(22)).as("denominator").isEqualTo((short) 1000);
          delays.add(fields.getShort(20) & 0xffff);
          data.add(new ByteArrayOutputStream());
        }
        case "IDAT" -> {
          assertThat(data).hasSize(1);
          data.get(0).writeBytes(content);
        }
        case "fdAT" -> {
          assertThat(data).hasSizeGreaterThan(1);
          assertThat(fields.getInt()).isEqualTo(sequence++);
          data.get(data.size() - 1).write(content, 4, length - 4);
        }
        case "IEND" -> assertThat(in.hasRemaining()).isFalse();
        default ->
            throw new AssertionError("a chunk " + new String(type, StandardCharsets.US_ASCII));
      }
    }
    assertThat(data).hasSize(frames);
    List<Frame> seen = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      png.writeBytes(signature);
      chunk(png, "IHDR", header);
      chunk(png, "IDAT", data.get(i).toByteArray());
      chunk(png, "IEND", new byte[0]);
      seen.add(
          new Frame(
              Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png.toByteArray()))),
              delays.get(i)));
    }
    return new Decoded(seen, plays);
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(type.getBytes(StandardCharsets.US_ASCII));
    sum.update(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  private static float[][] samples(int n) {
    Random random = new Random(5);
    float[][] samples = new float[n][SHAPE.size()];
    for (float[] sample : samples) {
      for (int i = 0; i < sample.length; i++) {
        sample[i] = random.nextFloat();
      }
    }
    return samples;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 30})
  void keepsEveryPixelOfEveryFrame(int n) throws IOException {
    float[][] samples = samples(n);
    Decoded decoded = decode(Animation.of(SHAPE, samples).toPng());

    assertThat(decoded.plays()).isZero();
    assertThat(decoded.frames()).hasSize(n).extracting(Frame::delayMillis).containsOnly(100);
    for (int i = 0; i < n; i++) {
      BufferedImage frame = decoded.frames().get(i).image();
      int factor = frame.getWidth() / SHAPE.width();
      for (int y = 0; y < SHAPE.height(); y++) {
        for (int x = 0; x < SHAPE.width(); x++) {
          int rgb = frame.getRGB(x * factor + factor / 2, y * factor + factor / 2);
          for (int c = 0; c < 3; c++) {
            assertThat(rgb >> (16 - 8 * c) & 0xff)
                .isEqualTo(
                    Math.round(255 * samples[i][(c * SHAPE.height() + y) * SHAPE.width() + x]));
          }
        }
      }
    }
  }

  @Test
  void isReadAsItsFirstFrameByWhoeverKnowsNoAnimation() throws IOException {
    Picture first = ImageGrid.of(SHAPE).row("a", samples(2)).draw();
    Picture second = ImageGrid.of(SHAPE).row("b", samples(2)).draw();
    BufferedImage read =
        ImageIO.read(new ByteArrayInputStream(Animation.of(List.of(first, second)).toPng()));

    assertThat(pixels(read)).isEqualTo(pixels(first.toImage()));
  }

  @Test
  void showsFramesForAsLongAndAsOftenAsAskedFor() throws IOException {
    Decoded decoded =
        decode(
            Animation.of(SHAPE, samples(3))
                .every(Duration.ofMillis(40))
                .holdLast(Duration.ofMinutes(1))
                .plays(2)
                .toPng());

    assertThat(decoded.plays()).isEqualTo(2);
    assertThat(decoded.frames()).extracting(Frame::delayMillis).containsExactly(40, 40, 60_000);
  }

  @Test
  void comesBackWithoutAJump() throws IOException {
    Animation there = Animation.of(SHAPE, samples(4));
    List<Frame> frames = decode(there.backAndForth().toPng()).frames();

    assertThat(frames).hasSize(6);
    for (int[] pair : new int[][] {{1, 5}, {2, 4}}) {
      assertThat(pixels(frames.get(pair[0]).image()))
          .isEqualTo(pixels(frames.get(pair[1]).image()));
    }
    assertThat(Animation.of(SHAPE, samples(1)).backAndForth().frames()).isOne();
    assertThat(Animation.of(SHAPE, samples(2)).backAndForth().frames()).isEqualTo(2);
  }

  @Test
  void putsSmallerFramesOnAGroundAsLargeAsTheLargest() throws IOException {
    Picture small = ImageGrid.of(SHAPE).row("", samples(1)).draw();
    Picture large = ImageGrid.of(SHAPE).row("", samples(3)).row("", samples(3)).draw();
    List<Frame> frames = decode(Animation.of(List.of(small, large)).toPng()).frames();
    BufferedImage first = frames.get(0).image();

    assertThat(first.getWidth()).isEqualTo(large.width());
    assertThat(first.getHeight()).isEqualTo(large.height());
    assertThat(pixels(first.getSubimage(0, 0, small.width(), small.height())))
        .isEqualTo(pixels(small.toImage()));
    assertThat(first.getRGB(large.width() - 1, large.height() - 1)).isEqualTo(0xffffffff);
  }

  @Test
  void saves(@TempDir Path folder) throws IOException {
    Animation animation = Animation.of(SHAPE, samples(2));
    Path png = folder.resolve("new").resolve("way.png");
    animation.save(png);
    animation.save(folder.resolve("way.apng"));

    assertThat(Files.readAllBytes(png)).isEqualTo(animation.toPng());
    assertThatThrownBy(() -> animation.save(folder.resolve("way.gif")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must end in .png or .apng, but was");
    assertThatThrownBy(() -> animation.save(png.resolve("way.png")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot write the picture to");
  }

  @Test
  void refusesWhatIsNoAnimation() {
    assertThatThrownBy(() -> Animation.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an animation has 1 to 2000 frames, but was given 0; leave some out");
    assertThatThrownBy(() -> Animation.of(SHAPE, new float[2_001][SHAPE.size()]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but was given 2001");
    assertThatThrownBy(() -> Animation.of(SHAPE, new float[2][3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sample 0 has 3 values, but shape %s needs 105".formatted(SHAPE));
    Animation animation = Animation.of(SHAPE, samples(2));
    assertThatThrownBy(() -> animation.every(Duration.ofMillis(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a frame is seen for 10 milliseconds to a minute, not for PT0.009S");
    assertThatThrownBy(() -> animation.holdLast(Duration.ofSeconds(61)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the last frame is seen for");
    assertThatThrownBy(() -> animation.plays(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the number of plays");
  }
}
