package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.LatentNoise.Phase;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import org.junit.jupiter.api.Test;

/** Convolutional autoencoders and latent stages through the public door. */
class ConvAutoencoderTest {

  private static final ImageShape SHAPE = new ImageShape(16, 8, 3);
  private static final ImageSource IMAGES = images(SHAPE, 24);

  /** Smooth pictures: a gradient and a bump of some colour each. */
  private static ImageSource images(ImageShape shape, int n) {
    float[][] rows = new float[n][shape.size()];
    for (int i = 0; i < n; i++) {
      RandomStream random = RandomStream.of(5, "images", i);
      double tilt = random.nextDouble();
      double row = random.nextDouble() * shape.height();
      double column = random.nextDouble() * shape.width();
      for (int c = 0; c < shape.channels(); c++) {
        double strength = random.nextDouble();
        for (int y = 0; y < shape.height(); y++) {
          for (int x = 0; x < shape.width(); x++) {
            double distance = (y - row) * (y - row) + (x - column) * (x - column);
            double value =
                0.5 * tilt * y / shape.height() + 0.5 * strength * Math.exp(-distance / 9);
            rows[i][(c * shape.height() + y) * shape.width() + x] = (float) value;
          }
        }
      }
    }
    return ImageSource.of(shape, rows);
  }

  private static ConvBuilder small() {
    return Autoencoder.conv().latent(4, 2, 4).widths(8, 8).strides(2, 2).seed(3);
  }

  private static Autoencoder trained(AutoencoderBuilder<?> builder) {
    Autoencoder autoencoder = builder.build();
    autoencoder.fit(IMAGES, Training.epochs(2).batchSize(8));
    return autoencoder;
  }

  @Test
  void learnsPictures() {
    Autoencoder autoencoder = small().build();
    autoencoder.fit(IMAGES, Training.epochs(1).batchSize(8));
    double first = autoencoder.evaluate(IMAGES).meanSquaredError();
    autoencoder.fit(IMAGES, Training.epochs(30).batchSize(8).cosineDecay());
    assertThat(autoencoder.evaluate(IMAGES).meanSquaredError()).isLessThan(0.8 * first);
    assertThat(autoencoder.latentShape()).isEqualTo(new ImageShape(4, 2, 4));
    assertThat(autoencoder.encode(IMAGES)).hasNumberOfRows(24);
    assertThat(autoencoder.encode(IMAGES)[0]).hasSize(32);
  }

  @Test
  void stridedConvolutionsAndEveryActivationLearnToo() {
    for (Activation activation : Activation.values()) {
      Autoencoder autoencoder =
          Autoencoder.conv()
              .latent(4, 2, 4)
              .widths(8)
              .resampling(Resampling.STRIDED)
              .residualBlocks(0)
              .activation(activation)
              .build();
      autoencoder.fit(IMAGES, Training.epochs(1).batchSize(8));
      double first = autoencoder.evaluate(IMAGES).meanSquaredError();
      autoencoder.fit(IMAGES, Training.epochs(10).batchSize(8));
      assertThat(autoencoder.evaluate(IMAGES).meanSquaredError())
          .as("%s", activation)
          .isLessThan(0.8 * first);
    }
  }

  @Test
  void startsCloseToTheBestLinearCode() {
    Autoencoder fresh = Autoencoder.conv().latent(4, 2, 12).seed(2).build();
    fresh.fit(IMAGES.slice(0, 1), Training.epochs(1).batchSize(1).warmup(1_000_000));
    // Sixteen times fewer values than pixels of smooth pictures, and no training to speak of.
    assertThat(fresh.evaluate(IMAGES).psnr().mean()).isGreaterThan(22);
  }

  @Test
  void choosesALatentShapeFromTheData() {
    Autoencoder digits = Autoencoder.conv().build();
    digits.fit(images(ImageShape.grey(28, 28), 4), Training.epochs(1).batchSize(4));
    assertThat(digits.latentShape()).isEqualTo(new ImageShape(7, 7, 1));
    Autoencoder photos = Autoencoder.conv().input(64, 64, 3).build();
    assertThat(photos.latentShape()).isEqualTo(new ImageShape(8, 8, 16));
    assertThat(photos.summary())
        .contains("space to depth 4x4", "8x8x16", "receptive field", "1/12", "1/24");
  }

  @Test
  void inferenceNoiseReachesReconstructionsAndNotCodes() {
    LatentNoise noise = LatentNoise.variance(0.5).during(Phase.INFERENCE);
    Autoencoder noisy = trained(small().powerNormalize().latentStage(noise));
    Autoencoder clean = trained(small().powerNormalize());
    // Training never saw the noise.
    assertThat(noisy.parameters()).isEqualTo(clean.parameters());
    assertThat(noisy.encode(IMAGES)).isDeepEqualTo(clean.encode(IMAGES));
    float[][] received = noisy.reconstruct(IMAGES);
    assertThat(received[0]).isNotEqualTo(clean.reconstruct(IMAGES)[0]);
    assertThat(noisy.reconstruct(IMAGES)).isDeepEqualTo(received);
    // Every sample has noise of its own.
    float[][] twice = noisy.reconstruct(IMAGES.select(0, 0));
    assertThat(twice[0]).isNotEqualTo(twice[1]);
  }

  @Test
  void aNoisierChannelLosesMore() {
    Autoencoder autoencoder = trained(small().powerNormalize().latentNoise(0.1));
    Evaluation clean = autoencoder.evaluate(IMAGES);
    Evaluation little = autoencoder.evaluateTransmission(IMAGES, LatentNoise.variance(0.05), 10, 1);
    Evaluation much = autoencoder.evaluateTransmission(IMAGES, LatentNoise.variance(0.5), 10, 1);
    assertThat(little.images()).isEqualTo(240);
    assertThat(little.psnr().count()).isEqualTo(240);
    assertThat(clean.meanSquaredError()).isLessThan(little.meanSquaredError());
    assertThat(little.meanSquaredError()).isLessThan(much.meanSquaredError());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.evaluateTransmission(IMAGES, LatentNoise.variance(0.1), 0, 1))
        .withMessageContaining("1 draw");
  }

  @Test
  void weightsCanBeTakenOverByAnotherTraining() {
    Autoencoder plain = trained(small());
    Autoencoder noisy = small().latentNoise(0.1).seed(9).build();
    noisy.copyWeightsFrom(plain);
    assertThat(noisy.parameters()).isEqualTo(plain.parameters());
    assertThat(noisy.reconstruct(IMAGES)).isDeepEqualTo(plain.reconstruct(IMAGES));
    noisy.fit(IMAGES, Training.epochs(1).batchSize(8));
    assertThat(noisy.parameters()).isNotEqualTo(plain.parameters());

    Autoencoder other = small().widths(8, 9).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> other.copyWeightsFrom(plain))
        .withMessageContaining("equal layers");
    assertThatIllegalStateException().isThrownBy(() -> plain.copyWeightsFrom(small().build()));
  }

  @Test
  void rowsAreNoImages() {
    Autoencoder autoencoder = Autoencoder.conv().build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.fit(new float[4][12], Training.epochs(1).batchSize(2)))
        .withMessageContaining("12 values")
        .withMessageContaining("input(height, width, channels)");
  }

  @Test
  void impossibleShapesAreRefusedWhenBuilt() {
    ConvBuilder builder = Autoencoder.conv().input(64, 64, 3).latent(10, 10, 16);
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("8x8x16 and 16x16x16");
  }
}
