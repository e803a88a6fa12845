package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Evaluations of parts add up to that of the whole. */
class PartialEvaluationTest {

  private static final ImageShape SHAPE = ImageShape.vector(9);
  private static final ImageSource DATA = data();

  private static final Autoencoder PLAIN =
      trained(Autoencoder.dense().input(SHAPE).hidden(6).bottleneck(2).build());
  private static final Autoencoder NOISY =
      trained(
          Autoencoder.dense()
              .input(SHAPE)
              .hidden(6)
              .bottleneck(2)
              .variational()
              .latentStage(LatentNoise.variance(0.3).during(LatentNoise.Phase.BOTH))
              .build());
  private static final Autoencoder REAL =
      trained(
          Autoencoder.dense()
              .input(SHAPE)
              .hidden(6)
              .bottleneck(2)
              .output(Output.gaussian(1))
              .build());

  private static ImageSource data() {
    RandomStream random = RandomStream.of(1, "data");
    float[][] rows = new float[50][SHAPE.size()];
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) random.nextDouble();
      }
    }
    return ImageSource.of(SHAPE, ValueRange.UNIT, rows);
  }

  private static Autoencoder trained(Autoencoder autoencoder) {
    autoencoder.fit(DATA, Training.epochs(1));
    return autoencoder;
  }

  @Property(tries = 30)
  void partsAreTheWhole(
      @ForAll @IntRange(min = 1, max = 48) int cut, @ForAll @IntRange(min = 0, max = 2) int which) {
    Autoencoder autoencoder = new Autoencoder[] {PLAIN, NOISY, REAL}[which];
    Evaluation whole = autoencoder.evaluate(DATA);
    int second = cut + (49 - cut) / 2 + 1;
    Evaluation parts =
        autoencoder
            .evaluatePart(DATA.slice(0, cut), 0)
            .plus(autoencoder.evaluatePart(DATA.slice(cut, second), cut))
            .plus(
                second < 50
                    ? autoencoder.evaluatePart(DATA.slice(second, 50), second)
                    : autoencoder.evaluatePart(DATA.slice(49, 50), 49))
            .evaluation();
    if (second < 50) {
      same(parts, whole, Evaluation::reconstructionLoss);
      same(parts, whole, evaluation -> evaluation.objective().total());
      same(parts, whole, Evaluation::meanSquaredError);
      same(parts, whole, Evaluation::penalty);
      assertThat(parts.images()).isEqualTo(50);
      if (which < 2) {
        same(parts, whole, evaluation -> evaluation.binaryCrossEntropy().excessPerPixel());
        same(parts, whole, evaluation -> evaluation.psnr().mean());
        same(parts, whole, evaluation -> evaluation.psnr().std());
        same(parts, whole, evaluation -> evaluation.psnr().percentile5());
        same(parts, whole, evaluation -> evaluation.psnr().pooled());
      } else {
        assertThat(parts.psnr().mean()).isNaN();
      }
    }
  }

  /** But for single precision, in which layers round otherwise where a batch has few samples. */
  private static void same(Evaluation one, Evaluation two, ToDoubleFunction<Evaluation> figure) {
    assertThat(figure.applyAsDouble(one)).isCloseTo(figure.applyAsDouble(two), within(1e-5));
  }

  @Test
  void travel() throws Exception {
    PartialEvaluation part = NOISY.evaluatePart(DATA, 0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(part);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      PartialEvaluation back = (PartialEvaluation) in.readObject();
      assertThat(back.evaluation()).isEqualTo(part.evaluation());
    }
  }

  @Test
  void refuseEachOther() {
    PartialEvaluation plain = PLAIN.evaluatePart(DATA, 0);
    assertThatThrownBy(() -> plain.plus(NOISY.evaluatePart(DATA, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two autoencoders");
    assertThatThrownBy(() -> PLAIN.evaluatePart(DATA, -1))
        .hasMessage("first must be at least 0, but was -1");
  }
}
