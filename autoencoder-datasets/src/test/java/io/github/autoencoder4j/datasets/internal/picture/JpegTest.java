package io.github.autoencoder4j.datasets.internal.picture;

import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.cmykJpeg;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.inserted;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.jpeg;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.plain;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.progressiveJpeg;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.recoded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import java.awt.Rectangle;
import java.io.IOException;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegTest {

  @Test
  void tellsHowAFileIsDecoded() throws IOException {
    assertThat(isSequential(jpeg(plain(8, 8, 0)))).isTrue();
    assertThat(isSequential(progressiveJpeg(plain(8, 8, 0)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC3, 0xC7, 0xCB, 0xCF})
  void refusesLosslessFiles(int process) {
    byte[] lossless = recoded(jpeg(plain(8, 8, 0)), process);
    // A segment before the frame, with what looks like another frame in it.
    byte[] comment = {-1, (byte) 0xFE, 0, 6, -1, (byte) 0xC0, 0, 17};

    for (byte[] file : new byte[][] {lossless, inserted(lossless, 2, comment)}) {
      assertThatThrownBy(() -> decode(file))
          .isInstanceOf(BrokenPictureException.class)
          .hasMessage("is a lossless JPEG, which is not read");
    }
  }

  @Test
  void takesNoFrameInsideASegmentForThatOfTheFile() throws IOException {
    byte[] comment = {-1, (byte) 0xFE, 0, 6, -1, (byte) 0xC3, 0, 17};

    assertThat(isSequential(inserted(jpeg(plain(8, 8, 0)), 2, comment))).isTrue();
  }

  @Test
  void refusesAPartThatWasNotCut() throws IOException {
    Rectangle part = new Rectangle(3, 3, 5, 4);

    JpegPicture.checkPart(plain(5, 4, 0), part);
    assertThatThrownBy(() -> JpegPicture.checkPart(plain(8, 8, 0), part))
        .isInstanceOf(BrokenPictureException.class)
        .hasMessageContaining("8 x 8")
        .hasMessageContaining("5 x 4");
  }

  @Test
  void readsWithOurReaderWhereImageIoDoesNotKnowIt() throws IOException {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    ImageReaderSpi before = Jpeg.provider(registry);
    registry.deregisterServiceProvider(before);
    try {
      byte[] pixels = decode(cmykJpeg(0, 200, 200, 20));
      assertThat(pixels[0] & 0xFF).as("red").isGreaterThan(200);
      assertThat(pixels[64] & 0xFF).as("green").isLessThan(90);

      ImageReaderSpi again = Jpeg.provider(registry);
      assertThat(again).isInstanceOf(JPEGImageReaderSpi.class).isNotSameAs(before);
      assertThat(Jpeg.provider(registry)).isSameAs(again);
      assertThat(again.createReaderInstance()).isNotNull();
      registry.deregisterServiceProvider(again);
    } finally {
      registry.registerServiceProvider(before);
    }
  }

  private static boolean isSequential(byte[] file) throws IOException {
    try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(file)) {
      boolean sequential = Jpeg.isSequential(in);
      assertThat(in.getStreamPosition()).isZero();
      return sequential;
    }
  }

  private static byte[] decode(byte[] file) throws IOException {
    try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(file)) {
      return new PictureDecoder(new ImageShape(8, 8, 3)).decode(in);
    }
  }
}
