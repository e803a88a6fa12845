package io.github.autoencoder4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.ImageFiles;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of Spark's image source become what the data sets make of the same files. */
class ImagesTest {

  private static final ImageShape SHAPE = new ImageShape(6, 8, 3);

  @TempDir static Path folder;

  @BeforeAll
  static void draw() throws Exception {
    int[] types = {
      BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_4BYTE_ABGR
    };
    for (int i = 0; i < 6; i++) {
      BufferedImage picture = new BufferedImage(20 + 3 * i, 31 - 2 * i, types[i % 3]);
      for (int y = 0; y < picture.getHeight(); y++) {
        for (int x = 0; x < picture.getWidth(); x++) {
          int opacity = i % 3 == 2 && x > y ? 0x80 : 0xFF;
          picture.setRGB(x, y, opacity << 24 | (x * 9 + i) << 16 | (y * 7) << 8 | (x + y) * 3);
        }
      }
      ImageIO.write(picture, "png", folder.resolve("picture%d.png".formatted(i)).toFile());
    }
  }

  private static Dataset<Row> images(boolean dropInvalid) {
    return Sessions.local()
        .read()
        .format("image")
        .option("dropInvalid", dropInvalid)
        .load(folder.toUri().toString());
  }

  @Test
  void areScaledAsFilesAre() throws Exception {
    Autoencoder autoencoder = Autoencoder.dense().input(SHAPE).bottleneck(3).build();
    ImageSource files = ImageFiles.from(folder).resize(6, 8).load();
    AutoencoderModel model =
        new AutoencoderEstimator(() -> autoencoder)
            .setInputCol("image")
            .setEpochs(2)
            .fit(images(true));
    List<Row> coded =
        model.transform(images(true)).orderBy("image.origin").select("code").collectAsList();
    assertThat(coded).hasSize(6);
    List<Row> images = images(true).orderBy("image.origin").collectAsList();
    ImageSource samples =
        InputColumn.of(images(true).schema(), "image").source(images, SHAPE, 0, 0);
    assertThat(samples.toArrays()).isDeepEqualTo(files.toArrays());
    try (Autoencoder local = model.autoencoder()) {
      float[][] codes = local.encode(files);
      for (int i = 0; i < 6; i++) {
        Vector code = coded.get(i).getAs(0);
        for (int j = 0; j < 3; j++) {
          // So few rows in a call that oneDNN adds up in another order than for all of them.
          assertThat((float) code.apply(j)).isCloseTo(codes[i][j], within(1e-6f));
        }
      }
    }
  }

  @Test
  void areRefusedWhereTheyCouldNotBeDecodedOrHaveNoShape() throws Exception {
    Path broken = Files.writeString(folder.resolve("zz-broken.png"), "no picture");
    try {
      AutoencoderEstimator shaped =
          new AutoencoderEstimator(() -> Autoencoder.dense().input(SHAPE).bottleneck(3).build())
              .setInputCol("image");
      assertThatThrownBy(() -> shaped.fit(images(false)))
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining("zz-broken.png, which Spark could not decode")
          .hasMessageContaining("dropInvalid");
    } finally {
      Files.delete(broken);
    }
    AutoencoderEstimator shapeless =
        new AutoencoderEstimator(() -> Autoencoder.dense().bottleneck(3).build())
            .setInputCol("image");
    assertThatThrownBy(() -> shapeless.fit(images(true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("build it with input(height, width, channels)");
  }
}
