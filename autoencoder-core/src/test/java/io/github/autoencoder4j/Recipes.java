package io.github.autoencoder4j;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.Initialization;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.architecture.Strides;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.CodeNorm;
import io.github.autoencoder4j.latent.Contractive;
import io.github.autoencoder4j.latent.FiniteScalarQuantization;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.LatentNoise.Phase;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.latent.Quantizer;
import io.github.autoencoder4j.latent.Sparse;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.latent.VectorQuantization;
import io.github.autoencoder4j.latent.Wasserstein;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Autoencoders for properties. Every kind of architecture with every kind of latent stages, and
 * each of these with every output, is an edge case, so that a property with {@code edgeCases =
 * FIRST} and {@link #EVERY_KIND} tries meets them all, whatever is drawn at random elsewhere.
 */
public final class Recipes extends DomainContextBase {

  /** How many tries it takes to see every edge case. */
  static final int EVERY_KIND = 220;

  private static final List<Output> OUTPUTS =
      List.of(
          Output.bernoulli(),
          Output.gaussian(0.1),
          Output.sigmoidSquares(),
          Output.heteroscedasticGaussian(0.01),
          Output.laplace(0.3),
          Output.calibratedGaussian(),
          Output.discretizedLogistic());

  /** How many outputs each kind of stages meets on each kind of layers; not the same everywhere. */
  private static final int OUTPUTS_AT_A_TIME = 2;

  /** Extreme values are none where there is no largest one. */
  private static Corruption fitting(Corruption noise, Output output) {
    return noise.fits(output.range()) ? noise : Corruption.gaussian(0.2);
  }

  @Provide
  Arbitrary<Recipe> recipes() {
    return Combinators.combine(
            architectures(),
            stages(),
            Arbitraries.of(OUTPUTS),
            penalties(),
            corruptions().optional(),
            optimizers(),
            Arbitraries.of(Initialization.class),
            Arbitraries.longs())
        .as(
            (architecture, stages, output, penalty, corruption, optimizer, start, seed) ->
                new Recipe(
                    architecture,
                    stages,
                    output,
                    penalty,
                    corruption.map(noise -> fitting(noise, output)),
                    optimizer,
                    start,
                    seed))
        .withoutEdgeCases()
        // Only through a filter does jqwik 1.9.3 let some be added where there were none.
        .edgeCases(
            config -> config.filter(recipe -> false).add(everyKind().toArray(Recipe[]::new)));
  }

  /** What is not in the product takes turns. */
  private static List<Recipe> everyKind() {
    Activation[] activations = Activation.values();
    Initialization[] starts = Initialization.values();
    List<Penalty> penalties = List.of(Penalty.NONE, new Penalty(0, 1e-3), new Penalty(1e-4, 0));
    List<Optional<Corruption>> corruptions =
        List.of(
            Optional.empty(),
            Optional.of(Corruption.gaussian(0.4)),
            Optional.of(Corruption.masking(0.3)),
            Optional.of(Corruption.saltAndPepper(0.1)));
    List<Optimizer> optimizers =
        List.of(
            Optimizer.adam(1e-3),
            Optimizer.sgd(1e-2),
            Optimizer.nesterov(1e-3).momentum(0.8),
            Optimizer.amsGrad(1e-3));
    List<Recipe> recipes = new ArrayList<>();
    for (List<LatentStage> stages : stageKinds()) {
      for (int family = 0; family < 6; family++) {
        for (int turn = 0; turn < (family < 4 ? OUTPUTS_AT_A_TIME : 1); turn++) {
          int number = recipes.size();
          Output output = OUTPUTS.get(number % OUTPUTS.size());
          Activation activation = activations[number / 3 % activations.length];
          recipes.add(
              new Recipe(
                  architecture(family, activation, number % 2 == 0),
                  stages,
                  output,
                  penalties.get(number % 3),
                  corruptions.get(number / 2 % 4).map(noise -> fitting(noise, output)),
                  optimizers.get(number / 5 % 4),
                  starts[number / 4 % starts.length],
                  number));
        }
      }
    }
    if (recipes.size() != EVERY_KIND) {
      throw new IllegalStateException("there are %d kinds".formatted(recipes.size()));
    }
    return recipes;
  }

  private static Architecture architecture(int family, Activation activation, boolean even) {
    return switch (family) {
      case 0 -> new DenseArchitecture(ImageShape.vector(11), List.of(), 2, activation, 0);
      case 1 -> new DenseArchitecture(new ImageShape(3, 4, 2), List.of(17, 9), 4, activation, 0.1);
      case 2 ->
          conv(
              new Sides(new ImageShape(8, 4, 2), new ImageShape(2, 1, 3)),
              activation,
              1,
              Resampling.SUBPIXEL,
              8,
              true);
      // Half of them with one kernel for all levels, half with one for each.
      case 3 ->
          conv(
              Sides.of(new ImageShape(2, 3, 2), even ? 2 : 6, 1, false),
              activation,
              0,
              Resampling.STRIDED,
              5,
              false);
      case 4 ->
          conv(
              Sides.of(new ImageShape(1, 3, 2), 4, 3, true),
              activation,
              1,
              Resampling.SUBPIXEL,
              8,
              even);
      default ->
          conv(
              Sides.of(new ImageShape(1, 2, 3), even ? 4 : 6, 1, true),
              activation,
              0,
              Resampling.STRIDED,
              5,
              false);
    };
  }

  /** The shape of a sample and that of its code. */
  private record Sides(ImageShape input, ImageShape latent) {

    /** A code whose samples are so many times its width, and its height unless it is a sequence. */
    static Sides of(ImageShape latent, int factor, int channels, boolean isSequence) {
      // An image of one row would be a sequence.
      int down = isSequence ? 1 : latent.height() == 1 ? 2 * factor : factor;
      int right = isSequence ? factor : down;
      return new Sides(
          new ImageShape(latent.height() * down, latent.width() * right, channels), latent);
    }

    int factor() {
      return input.width() / latent.width();
    }
  }

  private static ConvArchitecture conv(
      Sides sides,
      Activation activation,
      int residualBlocks,
      Resampling resampling,
      int width,
      boolean lastConvolution) {
    ImageShape input = sides.input();
    ImageShape latent = sides.latent();
    List<Integer> strides = Strides.between(input, latent, resampling);
    List<Integer> widths = new ArrayList<>();
    for (int i = lastConvolution ? 0 : 1; i < strides.size(); i++) {
      widths.add(width);
    }
    int kernel =
        resampling == Resampling.SUBPIXEL
            ? 3
            : sides.factor() == 2 ? 4 : ConvArchitecture.FITTING_KERNEL;
    return new ConvArchitecture(
        input, latent, strides, widths, kernel, activation, residualBlocks, resampling);
  }

  private static List<List<LatentStage>> stageKinds() {
    LatentStage power = PowerNormalization.perExample();
    LatentStage batchPower = PowerNormalization.perBatch();
    LatentNoise noise = LatentNoise.variance(0.1);
    return List.of(
        List.of(),
        List.of(power),
        List.of(batchPower),
        List.of(noise),
        List.of(LatentNoise.stddev(0.5).during(Phase.INFERENCE)),
        List.of(LatentNoise.snrDb(3).during(Phase.BOTH)),
        List.of(power, noise),
        List.of(power, noise.during(Phase.BOTH)),
        List.of(noise.during(Phase.INFERENCE), power),
        List.of(batchPower, noise.during(Phase.INFERENCE)),
        List.of(Variational.standard()),
        List.of(Variational.standard().draws(3)),
        List.of(Variational.standard().beta(0.3).freeNats(0.05).warmup(2).capacity(2, 3), power),
        List.of(Sparse.topK(1).encoding(2)),
        List.of(Sparse.lifetime(0.3), power),
        List.of(Sparse.l1(0.1), new CodeNorm(0.1), noise),
        List.of(Sparse.targetRate(0.2, 0.1), Wasserstein.standard()),
        List.of(power, VectorQuantization.entries(5), noise),
        List.of(FiniteScalarQuantization.levels(5)),
        List.of(Contractive.of(0.1), noise),
        List.of(power, Contractive.of(0.05)),
        List.of(Contractive.of(0.2).activation(Activation.SIGMOID), batchPower));
  }

  /** Dense and convolutional layers of all kinds, small enough to be trained in no time. */
  @Provide
  public Arbitrary<Architecture> architectures() {
    Arbitrary<Activation> activations = Arbitraries.of(Activation.class);
    Arbitrary<Architecture> dense =
        Combinators.combine(
                Arbitraries.of(
                    ImageShape.vector(11), ImageShape.grey(5, 7), new ImageShape(3, 4, 2)),
                Arbitraries.integers().between(1, 40).list().ofMaxSize(3),
                Arbitraries.integers().between(1, 5),
                activations,
                Arbitraries.of(0.0, 0.1, 1.0 / 3))
            .as(DenseArchitecture::new);
    Arbitrary<Sides> images =
        Combinators.combine(
                Arbitraries.of(1, 2, 4),
                Arbitraries.of(1, 2, 3),
                Arbitraries.integers().between(1, 6),
                Arbitraries.of(1, 2, 4),
                Arbitraries.of(1, 2, 3))
            .as(
                (height, width, depth, factor, channels) ->
                    Sides.of(new ImageShape(height, width, depth), factor, channels, false));
    Arbitrary<Sides> sequences =
        Combinators.combine(
                Arbitraries.of(1, 2, 5),
                Arbitraries.integers().between(1, 6),
                Arbitraries.of(2, 3, 4, 8),
                Arbitraries.of(1, 2, 3))
            .as(
                (width, depth, factor, channels) ->
                    Sides.of(new ImageShape(1, width, depth), factor, channels, true));
    Arbitrary<Architecture> conv =
        Combinators.combine(
                Arbitraries.frequencyOf(Tuple.of(2, images), Tuple.of(1, sequences)),
                activations,
                Arbitraries.integers().between(0, 2),
                Arbitraries.of(Resampling.class),
                // Around the blocks of 8 and 16 channels that oneDNN likes.
                Arbitraries.of(1, 3, 8, 16, 20),
                Arbitraries.of(true, false))
            .as(Recipes::conv);
    return Arbitraries.oneOf(dense, conv);
  }

  @Provide
  public Arbitrary<List<LatentStage>> stages() {
    return Arbitraries.oneOf(
            Arbitraries.of(PowerNormalization.Scope.class).map(PowerNormalization::new),
            Combinators.combine(Arbitraries.doubles().between(0, 2), Arbitraries.of(Phase.class))
                .as((variance, phase) -> (LatentStage) new LatentNoise(variance, phase)),
            Combinators.combine(
                    Arbitraries.of(0.0, 0.5, 1.0, 4.0),
                    Arbitraries.of(0.0, 0.1),
                    Arbitraries.of(0, 3),
                    Arbitraries.of(0.0, 7.5))
                .as(
                    (beta, free, steps, nats) ->
                        (LatentStage) new Variational(beta, free, steps, 1, nats, 2 * steps)),
            Arbitraries.of(
                Sparse.topK(1),
                Sparse.lifetime(0.2),
                Sparse.l1(0.3),
                Sparse.targetRate(0.1, 0.2),
                Wasserstein.standard().similarity(Wasserstein.Similarity.RADIAL_BASIS),
                new CodeNorm(0.3),
                Contractive.of(0.1).activation(Activation.TANH),
                VectorQuantization.entries(3),
                FiniteScalarQuantization.levels(3)))
        .list()
        // Two power normalisations in a row square the slope at a code of zero, beyond all floats.
        .uniqueElements(Object::getClass)
        .ofMaxSize(2)
        .filter(stages -> stages.size() < 2 || !(stages.get(1) instanceof Contractive))
        .filter(
            stages ->
                stages.size() < 2
                    || !(stages.get(0) instanceof Quantizer)
                    || stages.get(1).mayFollowQuantizer());
  }

  @Provide
  public Arbitrary<Penalty> penalties() {
    Arbitrary<Double> factors = Arbitraries.of(0.0, 1e-4, 3e-3);
    return Combinators.combine(factors, factors).as(Penalty::new);
  }

  @Provide
  Arbitrary<Corruption> corruptions() {
    Arbitrary<Double> probabilities = Arbitraries.doubles().between(0, 1).ofScale(17);
    return Arbitraries.oneOf(
        probabilities.map(Corruption::gaussian),
        probabilities.map(Corruption::masking),
        probabilities.map(Corruption::saltAndPepper));
  }

  @Provide
  Arbitrary<Optimizer> optimizers() {
    Arbitrary<Optimizer> fixed =
        Arbitraries.of(
            Optimizer.adam(1e-3),
            Optimizer.adam(1e-3).beta1(0.8).beta2(0.99).epsilon(1e-7),
            Optimizer.adaMax(1e-3),
            Optimizer.nadam(1e-6),
            Optimizer.amsGrad(1e-3),
            Optimizer.adaGrad(1e-2),
            Optimizer.adaDelta(),
            Optimizer.rmsProp(1e-3).decay(0.9).epsilon(1e-6),
            Optimizer.sgd(1e-2),
            Optimizer.nesterov(1e-3).momentum(0.8),
            Optimizer.nesterov(1e-3).momentum(new Schedule.Step(Schedule.Unit.STEP, 0.7, 0.9, 2)),
            Optimizer.adaGrad(new Schedule.Step(Schedule.Unit.STEP, 1e-2, 0.5, 2)),
            Optimizer.noOp());
    return Arbitraries.oneOf(
        fixed,
        schedules().map(Optimizer::adam),
        schedules().map(Optimizer::sgd),
        schedules().map(Optimizer::rmsProp),
        schedules().map(schedule -> Optimizer.nesterov(schedule).momentum(0.5)));
  }

  private static Arbitrary<Schedule> schedules() {
    return Arbitraries.of(Schedule.Unit.class)
        .flatMap(
            unit ->
                Arbitraries.of(
                    new Schedule.Constant(1e-3),
                    new Schedule.Step(unit, 1e-3, 0.5, 2),
                    new Schedule.Exponential(unit, 1e-3, 0.9),
                    new Schedule.Inverse(unit, 1e-3, 0.1, 2),
                    new Schedule.Polynomial(unit, 1e-3, 2, 100),
                    new Schedule.Sigmoid(unit, 1e-3, 0.1, 3),
                    new Schedule.Cycle(unit, 1e-4, 1e-3, 10, 2, 0.1),
                    new Schedule.Points(unit, Map.of(0, 1e-3, 1, 1e-4))));
  }
}
