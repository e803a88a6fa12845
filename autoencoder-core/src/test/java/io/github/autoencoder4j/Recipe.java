package io.github.autoencoder4j;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.Initialization;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.latent.Condition;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.LatentNoise.Phase;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Assume;

/** Everything that one autoencoder is told, and the calls that tell it. */
public record Recipe(
    Architecture architecture,
    List<LatentStage> stages,
    Output output,
    Penalty penalty,
    Optional<Corruption> corruption,
    Optimizer optimizer,
    Initialization initialization,
    long seed) {

  private static final Map<Recipe, Autoencoder> TRAINED = new HashMap<>();

  /** Three steps, the last of fewer samples. */
  static final Training TRAINING = Training.epochs(1).batchSize(4);

  private static final int TRAINED_ON = 10;

  /** Enough samples that inference shares them among cores. */
  private static final int SAMPLES = 40;

  /** A builder that was told all of this. */
  AutoencoderBuilder<?> builder() {
    return builder(calls -> {});
  }

  /** A builder that was told all of this in another order. */
  AutoencoderBuilder<?> builder(Random order) {
    return builder(calls -> Collections.shuffle(calls, order));
  }

  /** Puts calls into the order in which they are made. */
  private interface Order {
    void apply(List<Runnable> calls);
  }

  private AutoencoderBuilder<?> builder(Order order) {
    List<Runnable> calls = new ArrayList<>();
    AutoencoderBuilder<?> builder =
        architecture instanceof DenseArchitecture dense
            ? tellLayers(dense, calls)
            : tellLayers((ConvArchitecture) architecture, calls);
    calls.add(() -> builder.input(architecture.input()));
    calls.add(() -> builder.output(output));
    calls.add(() -> builder.l1(penalty.l1()));
    calls.add(() -> builder.l2(penalty.l2()));
    calls.add(() -> builder.optimizer(optimizer));
    calls.add(() -> builder.initialization(initialization));
    calls.add(() -> builder.seed(seed));
    corruption.ifPresent(noise -> calls.add(() -> builder.corruption(noise)));
    // Stages have an order of their own, which no order of the calls may change.
    Iterator<LatentStage> next = stages.iterator();
    stages.forEach(stage -> calls.add(() -> tellStage(builder, next.next())));
    order.apply(calls);
    calls.forEach(Runnable::run);
    return builder;
  }

  private static DenseBuilder tellLayers(DenseArchitecture layers, List<Runnable> calls) {
    DenseBuilder builder = Autoencoder.dense();
    calls.add(() -> builder.hidden(array(layers.hidden())));
    calls.add(() -> builder.bottleneck(layers.bottleneck()));
    calls.add(() -> builder.activation(layers.activation()));
    calls.add(() -> builder.dropout(layers.dropout()));
    return builder;
  }

  private static ConvBuilder tellLayers(ConvArchitecture layers, List<Runnable> calls) {
    ConvBuilder builder = Autoencoder.conv();
    var latent = layers.latent();
    calls.add(() -> builder.latent(latent.height(), latent.width(), latent.channels()));
    calls.add(() -> builder.strides(array(layers.strides())));
    calls.add(() -> builder.widths(array(layers.widths())));
    if (layers.kernel() != ConvArchitecture.FITTING_KERNEL) {
      calls.add(() -> builder.kernel(layers.kernel()));
    }
    calls.add(() -> builder.activation(layers.activation()));
    calls.add(() -> builder.residualBlocks(layers.residualBlocks()));
    calls.add(() -> builder.resampling(layers.resampling()));
    return builder;
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** By the shortest name there is for it. */
  private static void tellStage(AutoencoderBuilder<?> builder, LatentStage stage) {
    if (stage.equals(PowerNormalization.perExample())) {
      builder.powerNormalize();
    } else if (stage instanceof LatentNoise noise && noise.phase() == Phase.TRAINING) {
      builder.latentNoise(noise.variance());
    } else {
      builder.latentStage(stage);
    }
  }

  Recipe withSeed(long other) {
    return new Recipe(
        architecture, stages, output, penalty, corruption, optimizer, initialization, other);
  }

  Recipe withStages(List<LatentStage> others) {
    return new Recipe(
        architecture, others, output, penalty, corruption, optimizer, initialization, seed);
  }

  /** The same, told the class of each sample. */
  Recipe conditionedOn(List<String> classes) {
    List<LatentStage> conditioned = new ArrayList<>(stages);
    conditioned.add(new Condition(classes));
    return withStages(conditioned);
  }

  /** Samples of the right shape: the same at every call. */
  ImageSource samples() {
    ImageSource samples =
        ImageSource.of(architecture.input(), TinyData.rows(SAMPLES, architecture.input().size()));
    return classes().isEmpty() ? samples : LabeledImageSource.of(samples, labels(), classes());
  }

  /** The classes that it is conditioned on, if it is. */
  List<String> classes() {
    return stages.stream()
        .filter(Condition.class::isInstance)
        .flatMap(stage -> ((Condition) stage).classes().stream())
        .toList();
  }

  private int[] labels() {
    int[] labels = new int[SAMPLES];
    Arrays.setAll(labels, i -> i * i % 7 % classes().size());
    return labels;
  }

  /** Those of the samples that are trained on. */
  ImageSource trainingSamples() {
    return samples().slice(0, TRAINED_ON);
  }

  /** Trained a little, once for all tests that train it no further. */
  Autoencoder trained() {
    return TRAINED.computeIfAbsent(this, recipe -> recipe.train(recipe.builder().build()));
  }

  /** Trains a little; gives up the try if these choices cannot be trained together. */
  Autoencoder train(Autoencoder autoencoder) {
    return train(autoencoder, trainingSamples());
  }

  /** Trains an epoch; gives up the try if these choices cannot be trained together. */
  Autoencoder train(Autoencoder autoencoder, ImageSource data) {
    try {
      autoencoder.fit(data, TRAINING);
    } catch (DivergenceException e) {
      Assume.that(false);
    }
    return autoencoder;
  }

  /** What holds for all its samples at once, so that one depends on the others. */
  boolean isNormalizedPerBatch() {
    return stages.contains(PowerNormalization.perBatch());
  }

  /** Whether reconstructions are noisy. */
  boolean isNoisyAtInference() {
    return stages.stream()
        .anyMatch(
            stage ->
                stage instanceof LatentNoise noise
                    && noise.phase() != Phase.TRAINING
                    && noise.variance() > 0);
  }
}
