package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.training.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Activations with parameters of their own, through the public door. */
class LearnedActivationAutoencoderTest {

  private static final ImageShape SHAPE = new ImageShape(8, 8, 1);
  private static final ImageSource IMAGES = ImageSource.of(SHAPE, TinyData.rows(24, SHAPE.size()));

  private static AutoencoderBuilder<?> builder(String form, Activation activation) {
    return switch (form) {
      case "residual" -> Autoencoder.conv().latent(2, 2, 4).widths(6, 6).activation(activation);
      case "strided" ->
          Autoencoder.conv()
              .latent(2, 2, 4)
              .widths(6, 6)
              .residualBlocks(0)
              .resampling(Resampling.STRIDED)
              .activation(activation);
      default ->
          Autoencoder.dense().hidden(20, 10).bottleneck(4).dropout(0.1).activation(activation);
    };
  }

  static Stream<Arguments> all() {
    return Stream.of("residual", "strided", "dense")
        .flatMap(
            form -> Stream.of(Activation.PRELU, Activation.GDN).map(a -> Arguments.of(form, a)));
  }

  /** With everything else that an autoencoder can have. */
  private static Autoencoder fresh(String form, Activation activation) {
    return builder(form, activation).l2(1e-5).powerNormalize().latentNoise(0.01).seed(3).build();
  }

  private static List<INDArray> learned(Autoencoder autoencoder) {
    List<INDArray> arrays = new ArrayList<>();
    for (Layer layer : Dl4j.networkOf(autoencoder).getLayers()) {
      layer
          .paramTable()
          .forEach(
              (key, values) -> {
                if (List.of("a", "beta", "gamma").contains(key)) {
                  arrays.add(values);
                }
              });
    }
    return arrays;
  }

  @ParameterizedTest
  @MethodSource("all")
  void trainingMovesWhatTheyLearnAndLowersTheLoss(String form, Activation activation) {
    Autoencoder autoencoder = fresh(form, activation);
    autoencoder.fit(IMAGES, Training.epochs(1).batchSize(8));
    double first = autoencoder.evaluate(IMAGES).meanSquaredError();
    List<INDArray> before = learned(autoencoder).stream().map(INDArray::dup).toList();
    autoencoder.fit(IMAGES, Training.epochs(30).batchSize(8));
    List<INDArray> after = learned(autoencoder);
    assertThat(after).hasSizeGreaterThanOrEqualTo(2);
    for (int i = 0; i < after.size(); i++) {
      assertThat(after.get(i).distance2(before.get(i))).isGreaterThan(1e-3);
    }
    assertThat(autoencoder.evaluate(IMAGES).meanSquaredError()).isLessThan(0.8 * first);
  }

  @Test
  void theDecoderInvertsWhatTheEncoderDivides() {
    for (String form : List.of("residual", "strided", "dense")) {
      var layers = builder(form, Activation.GDN).input(SHAPE).build().architecture().orElseThrow();
      assertThat(layers.encoder())
          .extracting(LayerPlan::activation)
          .contains(Activation.GDN)
          .doesNotContain(Activation.INVERSE_GDN);
      assertThat(layers.decoder())
          .extracting(LayerPlan::activation)
          .contains(Activation.INVERSE_GDN)
          .doesNotContain(Activation.GDN);
    }
    var slopes = builder("strided", Activation.PRELU).input(SHAPE).build();
    assertThat(slopes.architecture().orElseThrow().decoder())
        .extracting(LayerPlan::activation)
        .containsExactly(Activation.PRELU, Activation.PRELU, Activation.IDENTITY);
  }

  @Test
  void theSummaryCountsWhatTheyLearn() {
    assertThat(lines("strided", Activation.PRELU))
        .contains(
            "encoder-1 conv 4x4 stride 2 4x4x6 prelu " + ((16 + 1) * 6 + 6),
            "logits transposed conv 4x4 stride 2 8x8x1 " + (16 * 6 + 1));
    assertThat(lines("strided", Activation.GDN))
        .contains("encoder-1 conv 4x4 stride 2 4x4x6 gdn " + ((16 + 1) * 6 + 6 * 6 + 6))
        .anyMatch(line -> line.startsWith("decoder-1") && line.contains("inverse_gdn"));
    assertThat(lines("residual", Activation.PRELU))
        .contains(
            "encoder-1-residual-1 residual block 3x3 4x4x6 prelu " + (2 * (9 * 6 + 1) * 6 + 6));
    assertThat(lines("dense", Activation.PRELU))
        .contains("encoder-2 dense 1x10x1 prelu " + (21 * 10 + 10));
  }

  private static List<String> lines(String form, Activation activation) {
    return builder(form, activation)
        .input(SHAPE)
        .build()
        .summary()
        .lines()
        .map(line -> line.strip().replaceAll("\\s+", " "))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"PRELU", "GDN"})
  void theStockNetworkIsTheSameOrIsRefused(Activation activation) {
    for (String form : List.of("strided", "dense")) {
      Autoencoder autoencoder = builder(form, activation).build();
      autoencoder.fit(IMAGES, Training.epochs(2).batchSize(8));
      if (activation == Activation.GDN) {
        assertThatExceptionOfType(UnsupportedOperationException.class)
            .isThrownBy(() -> Dl4j.stock(autoencoder))
            .withMessageContaining("GDN of encoder-1")
            .withMessageContaining("Dl4j.networkOf(...)");
        continue;
      }
      INDArray rows = Nd4j.createFromArray(IMAGES.toArrays());
      INDArray batch = form.equals("dense") ? rows : rows.reshape(24, 1, 8, 8);
      float[] theirs = Dl4j.stock(autoencoder).output(batch).dup('c').data().asFloat();
      float[][] ours = autoencoder.reconstruct(IMAGES);
      for (int i = 0; i < theirs.length; i++) {
        assertThat(ours[i / 64][i % 64]).isCloseTo(theirs[i], offset(1e-5f));
      }
    }
  }
}
