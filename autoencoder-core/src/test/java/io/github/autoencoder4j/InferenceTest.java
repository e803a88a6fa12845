package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.training.Training;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class InferenceTest {

  private static final ImageShape SHAPE = new ImageShape(2, 3, 2);
  private static final int LENGTH = 12;
  private static final ImageSource DATA = ImageSource.of(SHAPE, TinyData.rows(60, LENGTH));

  private static Autoencoder autoencoder;
  private static float[][] codes;
  private static float[][] outputs;

  @BeforeAll
  static void train() {
    autoencoder = Autoencoder.dense().input(SHAPE).hidden(10).bottleneck(3).seed(3).build();
    autoencoder.fit(DATA, Training.epochs(20).batchSize(10));
    codes = autoencoder.encode(DATA);
    outputs = autoencoder.reconstruct(DATA);
  }

  private static float[][] rows(INDArray array) {
    INDArray flat = array.dup('c').reshape('c', array.size(0), array.length() / array.size(0));
    return flat.toFloatMatrix();
  }

  @Test
  void codesDifferAndReconstructionsComeNear() {
    assertThat(codes[0]).isNotEqualTo(codes[1]);
    assertThat(autoencoder.evaluate(DATA).meanSquaredError()).isLessThan(0.05);
  }

  @Test
  void aViewOfALargerArrayGivesTheSame() {
    INDArray wide = Nd4j.zeros(60, LENGTH + 5);
    var part = wide.get(NDArrayIndex.all(), NDArrayIndex.interval(3, 3 + LENGTH));
    part.assign(Nd4j.createFromArray(DATA.toArrays()));
    assertThat(autoencoder.encode(Dl4j.samples(part))).isDeepEqualTo(codes);
  }

  @Test
  void anAutoencoderOfVectorsTakesImagesOfAsManyValues() {
    Autoencoder vectors = Autoencoder.dense().hidden(10).bottleneck(3).seed(3).build();
    vectors.fit(
        Dl4j.samples(Nd4j.createFromArray(DATA.toArrays())),
        Training.epochs(20).batchSize(10).validation(DATA));
    assertThat(vectors.inputShape()).isEqualTo(ImageShape.vector(LENGTH));
    assertThat(vectors.encode(DATA)).isDeepEqualTo(codes);
    assertThat(vectors.evaluate(DATA).meanSquaredError()).isLessThan(0.05);
    vectors.fit(DATA, Training.epochs(1).batchSize(10));
  }

  @Test
  void manySamplesAgreeWithSingleOnes() {
    // More than two of the batches that they are cut into.
    ImageSource many = ImageSource.of(SHAPE, TinyData.rows(4_203, LENGTH));
    float[][] together = autoencoder.reconstruct(many);
    float[][] codesTogether = autoencoder.encode(many);
    float[][] decodedTogether = autoencoder.decode(codesTogether);
    for (int i : new int[] {0, 1, 2_047, 2_048, 2_049, 4_095, 4_096, 4_202}) {
      float[][] code = autoencoder.encode(many.slice(i, i + 1));
      assertThat(code[0]).containsExactly(codesTogether[i], offset(1e-4f));
      float[][] alone = autoencoder.reconstruct(many.slice(i, i + 1));
      assertThat(alone[0]).containsExactly(together[i], offset(1e-5f));
      assertThat(decodedTogether[i]).containsExactly(together[i], offset(1e-5f));
    }
  }

  @Test
  void noiseGoesOnFromBatchToBatch() {
    LatentNoise noise = LatentNoise.variance(1);
    Autoencoder noisy =
        Autoencoder.dense()
            .input(SHAPE)
            .hidden(10)
            .bottleneck(3)
            .latentStage(noise.during(LatentNoise.Phase.INFERENCE))
            .build();
    noisy.copyWeightsFrom(autoencoder);
    ImageSource sameAgain = DATA.select(new int[4_203]);
    for (float[][] received :
        List.of(noisy.reconstruct(sameAgain), autoencoder.transmit(sameAgain, noise, 7))) {
      Set<Float> values = new HashSet<>();
      for (float[] row : received) {
        values.add(row[0]);
      }
      // Floats are few enough that some are met twice by chance, but not half of them.
      assertThat(values).hasSizeGreaterThan(4_000);
    }
  }

  @Test
  void worksInsideOfACallersWorkspaceAndOutlivesIt() {
    float[][] encoded;
    try (MemoryWorkspace caller = Nd4j.getWorkspaceManager().getAndActivateWorkspace("CALLER")) {
      assertThat(caller.isScopeActive()).isTrue();
      assertThat(autoencoder.reconstruct(DATA)).isDeepEqualTo(outputs);
      encoded = autoencoder.encode(Dl4j.samples(Nd4j.createFromArray(DATA.toArrays())));
    }
    assertThat(encoded).isDeepEqualTo(codes);
  }

  @Test
  void trainsInsideOfACallersWorkspace() {
    Autoencoder inside = Autoencoder.dense().hidden(10).bottleneck(3).seed(3).build();
    Autoencoder outside = Autoencoder.dense().hidden(10).bottleneck(3).seed(3).build();
    try (MemoryWorkspace caller = Nd4j.getWorkspaceManager().getAndActivateWorkspace("CALLER")) {
      assertThat(caller.isScopeActive()).isTrue();
      inside.fit(DATA, Training.epochs(3).batchSize(16));
    }
    outside.fit(DATA, Training.epochs(3).batchSize(16));
    inside.fit(DATA, Training.epochs(1).batchSize(16));
    outside.fit(DATA, Training.epochs(1).batchSize(16));
    assertThat(inside.parameters()).isEqualTo(outside.parameters());
  }

  @Test
  void corruptsNothingWhenItIsUsed() {
    Autoencoder denoiser =
        Autoencoder.dense()
            .hidden(10)
            .bottleneck(3)
            .dropout(0.5)
            .corruption(Corruption.gaussian(1))
            .build();
    denoiser.fit(DATA, Training.epochs(2).batchSize(10));
    assertThat(denoiser.reconstruct(DATA)).isDeepEqualTo(denoiser.reconstruct(DATA));
    assertThat(denoiser.evaluate(DATA)).isEqualTo(denoiser.evaluate(DATA));
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void evaluatesAsWeWouldByHand(Loss loss) {
    Autoencoder judged = Autoencoder.dense().hidden(10).bottleneck(3).loss(loss).l1(1e-3).build();
    judged.fit(DATA, Training.epochs(5).batchSize(10));
    ImageSource seen = Corruption.gaussian(0.2).applyTo(DATA, 1);
    float[][] answers = judged.reconstruct(seen);
    double squares = 0;
    double entropy = 0;
    double decibels = 0;
    for (int i = 0; i < 60; i++) {
      float[] wanted = DATA.get(i);
      double ofImage = 0;
      for (int j = 0; j < LENGTH; j++) {
        double y = answers[i][j];
        ofImage += (y - wanted[j]) * (y - wanted[j]) / LENGTH;
        entropy -= wanted[j] * Math.log(y) + (1 - wanted[j]) * Math.log(1 - y);
      }
      squares += ofImage / 60;
      decibels += -10 * Math.log10(ofImage) / 60;
    }
    Evaluation evaluation = judged.evaluate(seen, DATA);
    assertThat(evaluation.images()).isEqualTo(60);
    assertThat(evaluation.objective())
        .isEqualTo(new Objective(evaluation.reconstructionLoss(), Map.of()));
    assertThat(evaluation.meanSquaredError()).isCloseTo(squares, within(1e-7));
    assertThat(evaluation.binaryCrossEntropy().perPixel())
        .isCloseTo(entropy / (60 * LENGTH), within(1e-5));
    assertThat(evaluation.psnr().mean()).isCloseTo(decibels, within(1e-4));
    assertThat(evaluation.reconstructionLoss())
        .isCloseTo(
            loss == Loss.BINARY_CROSS_ENTROPY
                ? evaluation.binaryCrossEntropy().perPixel()
                : evaluation.meanSquaredError(),
            within(1e-8));
    assertThat(evaluation.penalty()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void handsOutTheNetworkAndACopyInStockLayers(Loss loss) {
    Autoencoder autoencoder =
        Autoencoder.dense().hidden(10).bottleneck(3).loss(loss).l2(1e-3).dropout(0.1).build();
    autoencoder.fit(DATA, Training.epochs(5).batchSize(10));
    float[][] expected = autoencoder.reconstruct(DATA);
    INDArray samples = Nd4j.createFromArray(DATA.toArrays());
    var stock = Dl4j.stock(autoencoder);
    for (var network : List.of(Dl4j.networkOf(autoencoder), stock)) {
      float[][] actual = network.output(samples).toFloatMatrix();
      for (int i = 0; i < 60; i++) {
        for (int j = 0; j < LENGTH; j++) {
          assertThat((double) actual[i][j]).isCloseTo(expected[i][j], offset(1e-5));
        }
      }
    }
    // A copy: what is done to it stays there.
    stock.params().muli(0);
    assertThat(autoencoder.reconstruct(DATA)).isDeepEqualTo(expected);
  }

  @Test
  void theNetworkTakesArraysInAnyOrder() {
    ImageShape shape = new ImageShape(4, 4, 3);
    ImageSource images = ImageSource.of(shape, TinyData.rows(12, shape.size()));
    Autoencoder conv = Autoencoder.conv().latent(2, 2, 3).build();
    conv.fit(images, Training.epochs(2).batchSize(4));
    var network = Dl4j.networkOf(conv);
    INDArray samples = Nd4j.createFromArray(images.toArrays()).reshape(12, 3, 4, 4);
    INDArray expected = network.output(samples);
    INDArray channelsLast = samples.permute(0, 2, 3, 1).dup('c').permute(0, 3, 1, 2);
    for (INDArray other : List.of(samples.dup('f'), channelsLast)) {
      assertThat(rows(network.output(other))).isDeepEqualTo(rows(expected));
      assertThat(network.score(new DataSet(samples, other)))
          .isEqualTo(network.score(new DataSet(samples, samples)));
    }
    float[] start = conv.parameters();
    network.fit(new DataSet(samples, samples));
    float[] rowMajor = conv.parameters();
    assertThat(rowMajor).isNotEqualTo(start);

    Autoencoder again = Autoencoder.conv().latent(2, 2, 3).build();
    again.fit(images, Training.epochs(2).batchSize(4));
    Dl4j.networkOf(again).fit(new DataSet(channelsLast, samples.dup('f')));
    assertThat(again.parameters()).isEqualTo(rowMajor);
  }
}
