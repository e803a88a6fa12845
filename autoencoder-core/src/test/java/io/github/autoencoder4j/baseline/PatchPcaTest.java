package io.github.autoencoder4j.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.random.RandomStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PatchPcaTest {

  @Property(tries = 10)
  void onePatchPerImageIsPlainPca(@ForAll long seed) {
    ImageSource images = draw(new ImageShape(4, 3, 2), 60, seed);
    PatchPca patches = PatchPca.fit(images, 1, 1, 5);
    Pca plain = Pca.fit(images, 5);
    assertThat(patches.patchComponents().directions()).isDeepEqualTo(plain.directions());
    assertThat(patches.encode(images.toArrays())).isDeepEqualTo(plain.encode(images));
    assertThat(patches.evaluate(images)).isEqualTo(plain.evaluate(images));
  }

  @Test
  void allCoefficientsGiveTheImageBack() {
    ImageSource images = draw(new ImageShape(6, 4, 3), 30, 1);
    PatchPca patches = PatchPca.fit(images, 3, 2, 12);
    assertThat(patches.imageShape()).isEqualTo(images.shape());
    assertThat(patches.patchShape()).isEqualTo(new ImageShape(2, 2, 3));
    assertThat(patches.latentShape()).isEqualTo(new ImageShape(3, 2, 12));
    float[][] originals = images.toArrays();
    float[][] reconstructions = patches.reconstruct(originals);
    for (int i = 0; i < originals.length; i++) {
      assertThat(reconstructions[i]).containsExactly(originals[i], within(1e-5f));
    }
  }

  @Test
  void latentIsLaidOutByChannel() {
    ImageShape shape = ImageShape.grey(2, 4);
    float[][] rows = draw(shape, 30, 2).toArrays();
    // Only the right half varies, so only its position has a coefficient.
    for (float[] row : rows) {
      row[0] = row[1] = row[4] = row[5] = 0;
    }
    ImageSource images = ImageSource.of(shape, rows);
    PatchPca patches = PatchPca.fit(images, 1, 2, 2);
    float[][] codes = patches.encode(rows);
    assertThat(codes[0]).hasSize(4);
    assertThat(codes[0][0]).isEqualTo(codes[1][0]);
    assertThat(codes[0][2]).isEqualTo(codes[1][2]);
    assertThat(codes[0][1]).isNotEqualTo(codes[1][1]);
  }

  @Test
  void rejectsImpossibleLatents() {
    ImageSource images = draw(new ImageShape(6, 4, 3), 30, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PatchPca.fit(images, 4, 2, 1))
        .withMessageContaining("4 x 2 does not divide 6x4x3");
    assertThatIllegalArgumentException().isThrownBy(() -> PatchPca.fit(images, 0, 2, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PatchPca.fit(images, 3, 2, 13))
        .withMessageContaining("1 to 12");
    assertThatIllegalArgumentException().isThrownBy(() -> PatchPca.fit(images, 3, 2, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PatchPca.fit(images.slice(0, 2), 3, 2, 4))
        .withMessageContaining("more than 12");
    PatchPca patches = PatchPca.fit(images, 3, 2, 4);
    ImageSource photos = ImageSource.of(new ImageShape(64, 64, 3), new float[1][12_288]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PatchPca.fit(photos, 1, 1, 16))
        .withMessageContaining("12288 values")
        .withMessageContaining("4096");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> patches.evaluate(images.slice(0, 0)))
        .withMessageContaining("no image");
    assertThatIllegalArgumentException().isThrownBy(() -> patches.encode(new float[1][71]));
    assertThatIllegalArgumentException().isThrownBy(() -> patches.decode(new float[1][25]));
  }

  static ImageSource draw(ImageShape shape, int n, long seed) {
    RandomStream random = RandomStream.of(seed, "images");
    float[][] images = new float[n][shape.size()];
    for (float[] image : images) {
      double level = random.nextDouble();
      for (int i = 0; i < image.length; i++) {
        image[i] = (float) (level * (0.3 + 0.7 * random.nextDouble()));
      }
    }
    return ImageSource.of(shape, images);
  }
}
