package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.architecture.Strides;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.latent.Codebook;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.latent.Sparse;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.metric.CodeUsage;
import io.github.autoencoder4j.metric.CodebookUsage;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.sampling.Box;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.sampling.GaussianMixture;
import io.github.autoencoder4j.sampling.Interpolation;
import io.github.autoencoder4j.sampling.LatentDensity;
import io.github.autoencoder4j.sampling.LatentSampler;
import io.github.autoencoder4j.sampling.SecondStage;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code of docs/concepts.md, and its formulas. */
class ConceptsSnippetsTest {

  private final LabeledImageSource train = Mnist.train().slice(0, 1_000);
  private final LabeledImageSource test = Mnist.test().slice(0, 200);

  @Test
  void everyChoiceIsItsOwn() {
    // snippet: concepts-composition
    Autoencoder autoencoder =
        Autoencoder.dense()
            .input(28, 28)
            .corruption(Corruption.gaussian(0.4)) // input noise
            .hidden(256, 64) // encoder; the decoder mirrors it
            .activation(Activation.RELU)
            .dropout(0.1)
            .bottleneck(16) // the code
            .latentStage(PowerNormalization.perExample()) // latent stages, in this order
            .latentStage(LatentNoise.snrDb(10))
            .loss(Loss.BINARY_CROSS_ENTROPY) // loss and penalty
            .l2(1e-5)
            .optimizer(Optimizer.adam(1e-3))
            .seed(7)
            .build();
    // end

    autoencoder.fit(train, Training.epochs(2));
    assertThat(autoencoder.summary()).contains("power normalisation");
  }

  @Test
  void convolutionsAreAskedForByTheShapeOfTheCode() {
    // snippet: concepts-conv
    Autoencoder subpixel = Autoencoder.conv().input(64, 64, 3).latent(8, 8, 16).build();
    Autoencoder classic =
        Autoencoder.conv()
            .input(64, 64, 3)
            .latent(8, 8, 16)
            .resampling(Resampling.STRIDED)
            .widths(32, 64)
            .residualBlocks(0)
            .activation(Activation.RELU)
            .build();
    // end

    ImageShape photo = new ImageShape(64, 64, 3);
    ImageShape code = new ImageShape(8, 8, 16);
    assertThat(Strides.between(photo, code, Resampling.SUBPIXEL)).containsExactly(4, 2);
    assertThat(Strides.between(photo, code, Resampling.STRIDED)).containsExactly(2, 2, 2);
    assertThat(subpixel.latentShape()).isEqualTo(classic.latentShape());
    assertThat(subpixel.architecture().orElseThrow().toString())
        .isNotEqualTo(classic.architecture().orElseThrow().toString());
  }

  @Test
  void corruptions() {
    // snippet: concepts-corruption
    List<Corruption> corruptions =
        List.of(
            Corruption.gaussian(0.4), // clip(x + 0.4 N(0, 1), 0, 1)
            Corruption.masking(0.3), // 0 with probability 0.3
            Corruption.saltAndPepper(0.1)); // 0 or 1 with probability 0.1, evenly
    ImageSource noisy = corruptions.get(0).applyTo(test, 1); // the same noise at every read
    // end

    float[] once = noisy.get(0);
    assertThat(noisy.get(0)).isEqualTo(once).isNotEqualTo(test.get(0));
    for (Corruption corruption : corruptions) {
      for (float value : corruption.applyTo(test, 1).get(3)) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void variationalCodes() {
    // snippet: concepts-variational
    Autoencoder digits =
        Autoencoder.dense()
            .hidden(400)
            .bottleneck(20)
            .activation(Activation.RELU)
            .variational()
            .build();
    digits.fit(train, Training.epochs(2).batchSize(128));

    Objective objective = digits.evaluate(test).objective();
    double bound = -objective.total() * 784; // evidence lower bound, in nats an image
    double divergence = objective.terms().get("kl") * 784; // in nats an image
    float[][] drawn = digits.decode(Gaussian.standard(20).sample(9, 1));
    // end

    assertThat(divergence).isPositive();
    assertThat(bound)
        .isCloseTo(-objective.reconstruction() * 784 - divergence, within(1e-9))
        .isNegative();
    assertThat(drawn).hasNumberOfRows(9);
  }

  @Test
  void classesAreToldToEncoderAndDecoder() {
    List<String> digitNames = Arrays.stream(test.labels()).mapToObj(Integer::toString).toList();
    // snippet: concepts-classes
    Autoencoder byClass =
        Autoencoder.dense()
            .hidden(400)
            .bottleneck(20)
            .variational()
            .conditionedOn(train.classNames()) // or "0", "1", ...
            .build();
    byClass.fit(train, Training.epochs(2).batchSize(128)); // a LabeledImageSource

    float[][] sevens = byClass.decode(Gaussian.standard(20).sample(9, 1), "7");
    float[][] style = byClass.encode(test.toArrays(), digitNames); // or byClass.encode(test)
    float[][] asEights = byClass.decode(style, "8"); // the same slant and ink, other digits
    // end

    assertThat(sevens).hasDimensions(9, 784);
    assertThat(style).isDeepEqualTo(byClass.encode(test));
    assertThat(asEights).hasDimensions(test.size(), 784);
    assertThat(asEights).isNotEqualTo(byClass.decode(style, "1"));
  }

  @Test
  void sparseCodes() {
    // snippet: concepts-sparse
    Autoencoder wide =
        Autoencoder.dense()
            .hidden()
            .bottleneck(500)
            .sparse(Sparse.topK(12).encoding(25)) // few numbers of each code are not 0
            .build();
    wide.fit(train, Training.epochs(2));

    CodeUsage usage = new CodeUsage();
    wide.encode(test, (index, code) -> usage.add(code));
    double share = usage.activeShare(); // of the numbers of a code: at most 25 / 500
    int dead = usage.deadUnits(); // numbers that were 0 in every code
    // end

    assertThat(share).isPositive().isLessThanOrEqualTo(0.05);
    assertThat(dead).isBetween(0, 499);
  }

  @Test
  void codesThatDependLittleOnPixels() {
    // snippet: concepts-contractive
    Autoencoder calm =
        Autoencoder.dense().hidden(400).bottleneck(32).powerNormalize().contractive(0.1).build();
    calm.fit(train, Training.epochs(2));

    double term = calm.evaluate(test).objective().terms().get("contraction");
    double squaredNorm = term * 784 / 0.1; // of the Jacobian of a code, on average
    // end

    assertThat(squaredNorm).isBetween(1e-3, 1e3);
  }

  @Test
  void codesOfIndices() {
    // snippet: concepts-codebook
    Autoencoder discrete = Autoencoder.conv().latent(7, 7, 8).vectorQuantize(64).build();
    discrete.fit(train, Training.epochs(2));

    Codebook codebook = discrete.codebook();
    int[] indices = codebook.indices(discrete.encode(test)[0]); // 49 of 0 to 63
    float[][] received = discrete.decode(new float[][] {codebook.code(indices)});

    CodebookUsage entries = new CodebookUsage(codebook.entries());
    discrete.encode(test, (index, code) -> entries.add(codebook.indices(code)));
    double perplexity = entries.perplexity(); // 64 if all entries are used alike
    double bits = codebook.length() * entries.bits(); // of a code, if frequent entries take fewer
    // end

    assertThat(indices).hasSize(49);
    assertThat(received[0]).isEqualTo(discrete.reconstruct(test.slice(0, 1))[0]);
    assertThat(perplexity).isBetween(1.0, 64.0);
    assertThat(bits).isLessThanOrEqualTo(codebook.bits() + 1e-9);
  }

  @Test
  void noiseAndPower() {
    // snippet: concepts-stages
    Autoencoder robust =
        Autoencoder.dense()
            .hidden(64)
            .bottleneck(16)
            .powerNormalize() // every code: mean square 1
            .latentNoise(0.1) // a variance; while training only
            .build();
    robust.fit(train, Training.epochs(2));

    float[][] clean = robust.reconstruct(test.toArrays()); // no noise
    float[][] noisy = robust.transmit(test.toArrays(), LatentNoise.snrDb(10), 7); // with noise
    // end

    for (float[] code : robust.encode(test)) {
      double power = 0;
      for (float value : code) {
        power += (double) value * value / code.length;
      }
      assertThat(power).isCloseTo(1, within(1e-5));
    }
    assertThat(clean).isDeepEqualTo(robust.decode(robust.encode(test)));
    assertThat(noisy[0]).isNotEqualTo(clean[0]);
    assertThat(LatentNoise.snrDb(10).variance()).isCloseTo(0.1, within(1e-12));
    assertThat(LatentNoise.variance(0.05).snrDb()).isCloseTo(13.01, within(0.005));
    assertThat(LatentNoise.variance(0.15).snrDb()).isCloseTo(8.24, within(0.005));
  }

  @Test
  void lossAndPenaltyAreToldApart() {
    // snippet: concepts-penalty
    Autoencoder autoencoder = Autoencoder.dense().hidden(64).bottleneck(8).l2(1e-4).build();
    autoencoder.fit(train, Training.epochs(3));

    Evaluation result = autoencoder.evaluate(test);
    double loss = result.reconstructionLoss(); // mean per pixel, without the penalty
    double penalty = result.penalty(); // 1e-4 * sum(W^2)
    double objective = loss + penalty; // what training made small
    // end

    assertThat(objective).isEqualTo(loss + penalty).isGreaterThan(loss);
    // Biases bear no penalty: the sum over all parameters can only be larger.
    double squares = 0;
    for (float parameter : autoencoder.parameters()) {
      squares += (double) parameter * parameter;
    }
    assertThat(penalty).isPositive().isLessThan(1e-4 * squares);
    assertThat(result.binaryCrossEntropy().perImage())
        .isCloseTo(784 * result.binaryCrossEntropy().perPixel(), within(1e-9));
  }

  @Test
  void densities() {
    Autoencoder autoencoder = Autoencoder.dense().hidden(64).bottleneck(2).build();
    autoencoder.fit(train, Training.epochs(5));
    // snippet: concepts-sampling
    float[][] codes = autoencoder.encode(train);

    Box box = Box.quantiles(codes); // uniform between the 1 % and 99 % quantiles
    LatentDensity diagonal = Gaussian.diagonal(codes); // every entry for itself
    LatentSampler lowRank = Gaussian.lowRank(codes); // all correlations, any rank
    LatentDensity shrunk = Gaussian.shrinkage(codes); // correlations, but every direction
    GaussianMixture mixture = GaussianMixture.components(10).fit(codes, 7);
    SecondStage stage = SecondStage.fit(codes, 32, 7); // a variational autoencoder of the codes

    float[][] drawn = autoencoder.decode(mixture.sample(9, 7)); // the same for the same seed
    double likely = mixture.logDensity(codes[0]); // in nats
    float[][] walk = autoencoder.decode(Interpolation.linear(codes[0], codes[1], 10));
    // end

    assertThat(drawn).hasDimensions(9, 784);
    assertThat(drawn).isDeepEqualTo(autoencoder.decode(mixture.sample(9, 7)));
    assertThat(likely).isFinite();
    assertThat(walk).hasDimensions(10, 784);
    for (LatentSampler sampler : List.of(box, diagonal, lowRank, shrunk, mixture, stage)) {
      assertThat(sampler.sample(3, 1)).hasDimensions(3, 2);
    }
    float[] middle = {
      (float) ((box.lower()[0] + box.upper()[0]) / 2),
      (float) ((box.lower()[1] + box.upper()[1]) / 2)
    };
    double area = (box.upper()[0] - box.lower()[0]) * (box.upper()[1] - box.lower()[1]);
    assertThat(box.logDensity(middle)).isCloseTo(-Math.log(area), within(1e-9));
    assertThat(Arrays.stream(mixture.weights()).sum()).isCloseTo(1, within(1e-9));
  }
}
