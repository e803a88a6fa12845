package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.latent.CodeNorm;
import io.github.autoencoder4j.latent.Codebook;
import io.github.autoencoder4j.latent.Contractive;
import io.github.autoencoder4j.latent.FiniteScalarQuantization;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.latent.Sparse;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.latent.VectorQuantization;
import io.github.autoencoder4j.latent.Wasserstein;
import io.github.autoencoder4j.metric.CodeUsage;
import io.github.autoencoder4j.metric.CodebookUsage;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.runtime.Decoder;
import io.github.autoencoder4j.runtime.Encoder;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingWarning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sparse, quantised and regularised codes, in whole autoencoders. */
class LatentStagesTest {

  /** The last batch of an epoch has one sample. */
  private static final ImageSource DATA =
      ImageSource.of(ImageShape.grey(4, 4), TinyData.rows(65, 16));

  @TempDir Path folder;

  private static AutoencoderBuilder<?> dense() {
    return Autoencoder.dense().input(4, 4).hidden(12).bottleneck(6);
  }

  private static AutoencoderBuilder<?> conv() {
    return Autoencoder.conv().input(4, 4, 1).latent(2, 2, 6).widths(8).residualBlocks(0);
  }

  static Stream<Arguments> stages() {
    return Stream.of(
            List.of(Sparse.topK(2)),
            List.of(Sparse.lifetime(0.2), PowerNormalization.perExample()),
            List.of(Sparse.l1(0.1)),
            List.of(Sparse.targetRate(0.2, 0.5), LatentNoise.variance(0.01)),
            List.of(Wasserstein.standard(), new CodeNorm(0.1)),
            List.of(
                PowerNormalization.perExample(),
                VectorQuantization.entries(9).dimension(3),
                LatentNoise.variance(0.1)),
            List.of(FiniteScalarQuantization.levels(3, 4)),
            List.of(Contractive.of(0.05), LatentNoise.variance(0.01)),
            List.of(PowerNormalization.perExample(), Contractive.of(0.01)))
        .flatMap(all -> Stream.of(Arguments.of(false, all), Arguments.of(true, all)));
  }

  private static Autoencoder build(boolean isConv, List<LatentStage> stages) {
    AutoencoderBuilder<?> builder = isConv ? conv() : dense();
    stages.forEach(builder::latentStage);
    return builder.corruption(Corruption.gaussian(0.1)).seed(3).build();
  }

  /** Stopped within the second epoch, the codebook has moved and restarts are under way. */
  @ParameterizedTest
  @MethodSource("stages")
  void aRunThatWasStoppedIsTheRunThatWasNot(boolean isConv, List<LatentStage> stages) {
    Training training = Training.epochs(3).batchSize(8);
    Autoencoder whole = build(isConv, stages);
    History expected = whole.fit(DATA, training);
    Training written = training.checkpoints(Checkpoints.in(folder).everySteps(1));
    AtomicInteger asked = new AtomicInteger();
    build(isConv, stages).fit(DATA, written.cancelWhen(() -> asked.getAndIncrement() == 13));
    Autoencoder resumed = build(isConv, stages);
    History history = resumed.resume(DATA, written);
    assertThat(resumed.parameters()).isEqualTo(whole.parameters());
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(history.epochs().get(epoch).trainingTerms())
          .isEqualTo(expected.epochs().get(epoch).trainingTerms());
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void itLearnsAndItsHistoryNamesItsTerms(boolean isConv, List<LatentStage> stages) {
    Autoencoder autoencoder = build(isConv, stages);
    History history = autoencoder.fit(DATA, Training.epochs(15).batchSize(13));
    assertThat(history.epochs().get(14).trainingLoss())
        .isLessThan(history.epochs().get(0).trainingLoss());
    List<String> terms = stages.stream().flatMap(stage -> stage.terms().stream()).toList();
    assertThat(history.epochs().get(14).trainingTerms()).containsOnlyKeys(terms);
    assertThat(autoencoder.evaluate(DATA).objective().terms()).containsOnlyKeys(terms);
  }

  @Test
  void aContractionComesBeforeWhatItCouldNotMeasureThrough() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dense().latentNoise(0.1).contractive(0.1))
        .withMessageContainingAll("contraction of weight 0.1000", "noise", "powerNormalize()");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> conv().contractive(0.1).contractive(0.2))
        .withMessageContainingAll("contraction of weight 0.2000", "follows", "0.1000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dense().contractive(0))
        .withMessageContainingAll("weight", "0.0", "above 0");
    AutoencoderBuilder<?> draws = dense().contractive(0.1);
    draws.latentStage(Variational.standard().draws(5));
    assertThatIllegalArgumentException()
        .isThrownBy(draws::build)
        .withMessageContainingAll("5 draws", "contraction");
    assertThat(dense().powerNormalize().contractive(0.1).latentNoise(0.1).build().summary())
        .contains("contraction of weight 0.1000");
  }

  @Test
  void sparseCodesHaveFewNumbersInUse() {
    Autoencoder top = dense().sparse(Sparse.topK(2).encoding(3)).build();
    top.fit(DATA, Training.epochs(5).batchSize(8));
    CodeUsage usage = new CodeUsage();
    top.encode(DATA, (index, code) -> usage.add(code));
    assertThat(usage.activeShare()).isCloseTo(0.5, offset(1e-9));
    assertThat(usage.units()).isEqualTo(6);
    Autoencoder rates =
        dense().sparse(Sparse.targetRate(0.1, 20)).optimizer(Optimizer.adam(2e-2)).build();
    rates.fit(DATA, Training.epochs(40).batchSize(13));
    CodeUsage means = new CodeUsage(0.5);
    rates.encode(DATA, (index, code) -> means.add(code));
    for (double mean : means.meanActivities()) {
      assertThat(mean).isCloseTo(0.1, offset(0.05));
    }
  }

  @Test
  void wideCodesThatAreSparseGetNoWarning() {
    for (LatentStage stage :
        List.of(
            Sparse.topK(3),
            Sparse.l1(1),
            Contractive.of(0.1),
            FiniteScalarQuantization.levels(2))) {
      History history =
          Autoencoder.dense()
              .hidden(4)
              .bottleneck(20)
              .latentStage(stage)
              .build()
              .fit(DATA, Training.epochs(1));
      assertThat(history.warnings())
          .extracting(TrainingWarning::kind)
          .doesNotContain(TrainingWarning.Kind.NO_BOTTLENECK);
    }
    History plain =
        Autoencoder.dense()
            .hidden(4)
            .bottleneck(20)
            .regularized(0.1)
            .build()
            .fit(DATA, Training.epochs(1));
    assertThat(plain.warnings())
        .extracting(TrainingWarning::kind)
        .contains(TrainingWarning.Kind.NO_BOTTLENECK);
  }

  @Test
  void indicesAreAllThatADecoderNeeds() throws IOException {
    for (Autoencoder autoencoder :
        List.of(
            conv().vectorQuantize(20).build(),
            dense().quantize(VectorQuantization.entries(10).dimension(2)).build(),
            conv().quantize(FiniteScalarQuantization.levels(5, 3, 2)).build(),
            dense().quantize(FiniteScalarQuantization.levels(4, 4, 4)).build())) {
      autoencoder.fit(DATA, Training.epochs(4).batchSize(8));
      Codebook codebook = autoencoder.codebook();
      float[][] codes = autoencoder.encode(DATA);
      float[][] sent = new float[codes.length][];
      for (int i = 0; i < codes.length; i++) {
        int[] indices = codebook.indices(codes[i]);
        assertThat(indices).hasSize(codebook.length());
        sent[i] = codebook.code(indices);
      }
      assertThat(sent).isDeepEqualTo(codes);
      float[][] expected = autoencoder.reconstruct(DATA);
      assertThat(autoencoder.decode(sent)).isDeepEqualTo(expected);
      Path file = folder.resolve("half.aemodel");
      autoencoder.save(file, Saving.encoder());
      try (Encoder encoder = Encoder.load(file)) {
        for (int i = 0; i < codebook.entries(); i++) {
          assertThat(encoder.codebook().entry(i)).isEqualTo(codebook.entry(i));
        }
      }
      autoencoder.save(file, Saving.decoder());
      try (Decoder decoder = Decoder.load(file)) {
        assertThat(decoder.decode(sent)).isDeepEqualTo(expected);
      }
      assertThatIllegalStateException()
          .isThrownBy(() -> Autoencoder.load(file).codebook())
          .withMessageContaining("the decoder only");
      Files.delete(file);
    }
  }

  /** A codebook is a value: training on moves the next one, not this one. */
  @Test
  void aCodebookStaysAsItIs() {
    Autoencoder autoencoder = dense().vectorQuantize(6).build();
    autoencoder.fit(DATA, Training.epochs(2).batchSize(8));
    Codebook before = autoencoder.codebook();
    float[] entry = before.entry(0);
    autoencoder.fit(DATA, Training.epochs(2).batchSize(8));
    assertThat(before.entry(0)).isEqualTo(entry);
    assertThat(autoencoder.codebook().entry(0)).isNotEqualTo(entry);
  }

  @Test
  void restartsKeepTheCodebookInUse() {
    ImageSource many = ImageSource.of(ImageShape.grey(4, 4), TinyData.rows(512, 16));
    CodebookUsage[] usages = new CodebookUsage[2];
    for (int i = 0; i < 2; i++) {
      Autoencoder autoencoder =
          conv().quantize(VectorQuantization.entries(64).restart(i == 0 ? 0 : 0.1)).build();
      autoencoder.fit(many, Training.epochs(15).batchSize(16));
      Codebook codebook = autoencoder.codebook();
      CodebookUsage usage = new CodebookUsage(codebook.entries());
      autoencoder.encode(many, (index, code) -> usage.add(codebook.indices(code)));
      usages[i] = usage;
    }
    assertThat(usages[1].usedShare()).isGreaterThan(0.9);
    assertThat(usages[1].perplexity()).isGreaterThan(usages[0].perplexity());
  }

  @Test
  void choicesThatDoNotFitAreRefusedWhereTheyAreMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dense().sparse(Sparse.topK(7)).build())
        .withMessageContainingAll("keep 7", "has 6");
    // The input is not known before there are data, but the code is.
    Autoencoder late = Autoencoder.dense().bottleneck(6).sparse(Sparse.topK(7)).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> late.fit(DATA, Training.epochs(1)))
        .withMessageContainingAll("keep 7", "has 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dense().quantize(VectorQuantization.entries(8).dimension(4)).build())
        .withMessageContaining("vectors of 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> conv().quantize(FiniteScalarQuantization.levels(8, 5, 5, 5)).build())
        .withMessageContaining("6 channels");
    AutoencoderBuilder<?> quantized = dense().vectorQuantize(8);
    assertThatIllegalArgumentException()
        .isThrownBy(quantized::powerNormalize)
        .withMessageContainingAll("power normalisation", "put it before");
    assertThatIllegalArgumentException()
        .isThrownBy(quantized::variational)
        .withMessageContaining("put it before");
    // The builder is as it was.
    assertThat(quantized.latentNoise(0.1).build().summary()).contains("codebook of 8");
  }

  @Test
  void onlyQuantizedCodesHaveACodebook() {
    Autoencoder plain = dense().build();
    plain.fit(DATA, Training.epochs(1));
    assertThatIllegalStateException()
        .isThrownBy(plain::codebook)
        .withMessageContaining("vectorQuantize(...)");
    assertThatIllegalStateException()
        .isThrownBy(() -> dense().vectorQuantize(4).build().codebook());
  }

  @Test
  void theDiscrepancyDrawsCodesToTheNormalDistribution() {
    ImageSource many = ImageSource.of(ImageShape.grey(4, 4), TinyData.rows(256, 16));
    double[] figures = new double[2];
    for (int i = 0; i < 2; i++) {
      Autoencoder autoencoder =
          Autoencoder.dense()
              .hidden(16)
              .bottleneck(2)
              .latentStage(Wasserstein.standard().weight(i == 0 ? 0 : 100))
              .build();
      autoencoder.fit(many, Training.epochs(40).batchSize(64));
      double squares = 0;
      for (float[] code : autoencoder.encode(many)) {
        squares += (code[0] * code[0] + code[1] * code[1]) / (2 * 256);
      }
      figures[i] = Math.abs(Math.log(squares));
    }
    // A mean square of 1, where without the term it is any other.
    assertThat(figures[1]).isLessThan(0.3).isLessThan(figures[0]);
  }
}
