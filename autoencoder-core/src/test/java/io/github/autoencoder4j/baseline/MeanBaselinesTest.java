package io.github.autoencoder4j.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import org.junit.jupiter.api.Test;

class MeanBaselinesTest {

  @Test
  void meanImageIsTheMeanOfTheTrainingImages() {
    ImageSource train =
        ImageSource.of(new ImageShape(1, 1, 2), new float[][] {{0, 0.5f}, {1, 0.25f}});
    MeanImage line = MeanImage.fit(train);
    assertThat(line.image()).containsExactly(0.5f, 0.375f);
    assertThat(line.shape()).isEqualTo(train.shape());
    assertThat(line.reconstruct(new float[3][2]))
        .isDeepEqualTo(new float[][] {line.image(), line.image(), line.image()});
    assertThat(line.evaluate(train).mse()).isCloseTo((0.25 + 0.015625) / 2, within(1e-7));
  }

  @Test
  void meanImageRejectsNothingAndOtherSizes() {
    ImageShape shape = ImageShape.grey(1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeanImage.fit(ImageSource.of(shape, new float[0][])))
        .withMessageContaining("no images");
    MeanImage line = MeanImage.fit(ImageSource.of(shape, new float[1][2]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> line.reconstruct(new float[1][3]))
        .withMessageContaining("must have 2 values");
  }

  @Test
  void meanColorKeepsOneNumberAChannel() {
    ImageShape shape = new ImageShape(1, 2, 2);
    assertThat(new MeanColor(shape).reconstruct(new float[][] {{0, 1, 0.25f, 0.75f}, {1, 1, 0, 0}}))
        .isDeepEqualTo(new float[][] {{0.5f, 0.5f, 0.5f, 0.5f}, {1, 1, 0, 0}});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MeanColor(shape).reconstruct(new float[1][3]));
  }
}
