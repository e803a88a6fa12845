package io.github.autoencoder4j.datasets.internal.picture;

import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.cmykJpeg;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.inserted;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.jpeg;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.plain;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.progressiveJpeg;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JpegPictureTest {

  private static final ImageShape SHAPE = new ImageShape(8, 8, 3);

  @Test
  void overlooksDamagedProfiles() throws IOException {
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] tags = linear.clone();
    Arrays.fill(tags, 128, 300, (byte) 0xEE);
    byte[] garbage = new byte[600];
    Arrays.fill(garbage, (byte) 0x5A);
    byte[][] segments = {
      profile(),
      profile(1, 1),
      profile(1),
      profile(0, 1, garbage),
      profile(0, 254, garbage),
      profile(0, 0, garbage),
      profile(255, 254, garbage),
      profile(2, 1, garbage),
      profile(1, 1, garbage),
      profile(1, 1, Arrays.copyOf(linear, 4)),
      profile(1, 1, Arrays.copyOf(linear, 127)),
      profile(1, 1, Arrays.copyOf(linear, 200)),
      profile(1, 1, tags),
      Bytes.concat(profile(1, 2, garbage), profile(1, 2, garbage)),
      Bytes.concat(profile(0, 254, garbage), profile(93, 254, garbage), profile(64, 254, garbage)),
    };
    for (byte[] file :
        new byte[][] {jpeg(noisy()), progressiveJpeg(noisy()), cmykJpeg(0, 9, 99, 20)}) {
      byte[] pixels = decode(file);
      for (int i = 0; i < segments.length; i++) {
        assertThat(decode(inserted(file, 2, segments[i]))).as("segment %d", i).isEqualTo(pixels);
      }
    }
  }

  @Test
  void convertsColoursByTheirProfile() throws IOException {
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] pixels = decode(inserted(jpeg(plain(16, 16, 0x333333)), 2, profile(1, 1, linear)));

    assertThat(pixels[0] & 0xFF).isBetween(122, 126); // 0.2 of the light
  }

  @Test
  void aPictureThatEndsEarlyIsRightOrRefused() throws IOException {
    for (byte[] file : new byte[][] {jpeg(noisy()), progressiveJpeg(noisy())}) {
      byte[] pixels = decode(file);
      for (int length = file.length - 40; length < file.length; length++) {
        byte[] cut = Arrays.copyOf(file, length);
        try {
          assertThat(decode(cut)).as("%d of %d bytes", length, file.length).isEqualTo(pixels);
        } catch (BrokenPictureException e) {
          assertThat(e).hasMessage("is truncated");
        }
      }
    }
    // Nothing but the mark of its end is missing.
    byte[] file = jpeg(noisy());
    assertThat(decode(Arrays.copyOf(file, file.length - 2))).isEqualTo(decode(file));
  }

  private static byte[] profile(int... numbers) {
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) numbers[i];
    }
    byte[] name = "ICC_PROFILE\0".getBytes(ISO_8859_1);
    int length = 2 + name.length + bytes.length;
    byte[] head = {(byte) 0xFF, (byte) 0xE2, (byte) (length >> 8), (byte) length};
    return Bytes.concat(head, name, bytes);
  }

  private static byte[] profile(int number, int count, byte[] data) {
    int[] bytes = new int[2 + data.length];
    bytes[0] = number;
    bytes[1] = count;
    for (int i = 0; i < data.length; i++) {
      bytes[2 + i] = data[i];
    }
    return profile(bytes);
  }

  private static BufferedImage noisy() {
    BufferedImage image = plain(60, 60, 0);
    long state = 1;
    for (int i = 0; i < 3_600; i++) {
      state = state * 6_364_136_223_846_793_005L + 1;
      image.setRGB(i % 60, i / 60, (int) (state >>> 40));
    }
    return image;
  }

  private static byte[] decode(byte[] file) throws IOException {
    return new PictureDecoder(SHAPE).decode(new ByteArrayImageInputStream(file));
  }
}
