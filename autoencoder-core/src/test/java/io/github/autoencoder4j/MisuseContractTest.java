package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.model.Saving;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What every autoencoder and its builder refuse, whatever they are made of: the exception says the
 * value and the rule, and everything is as it was before.
 */
@Domain(Recipes.class)
@AddLifecycleHook(FewDiscards.class)
class MisuseContractTest {

  private static final LatentNoise CHANNEL = LatentNoise.variance(0.2);

  /** The sample with a value that is out of range; far into the second share. */
  private static final int BAD_SAMPLE = 33;

  /** A call and the words that its exception must have. */
  private record Misuse(
      Consumer<Autoencoder> call, Class<? extends Exception> type, List<String> words) {

    Misuse(Consumer<Autoencoder> call, Class<? extends Exception> type, String... words) {
      this(call, type, List.of(words));
    }

    void assertRefused(Autoencoder autoencoder) {
      assertThatThrownBy(() -> call.accept(autoencoder))
          .isInstanceOf(type)
          .hasMessageContainingAll(words.toArray(String[]::new));
    }
  }

  private static Misuse argument(Consumer<Autoencoder> call, String... words) {
    return new Misuse(call, IllegalArgumentException.class, words);
  }

  private static List<Misuse> wrongSamples(Recipe recipe) {
    ImageShape shape = recipe.architecture().input();
    ImageSource right = recipe.samples();
    List<Misuse> misuses = new ArrayList<>();
    for (int size : new int[] {shape.size() - 1, shape.size() + 1}) {
      String[] words = {"1x" + size + "x1", shape.toString()};
      ImageSource wrong = TinyData.source(20, size);
      float[][] rows = {right.get(0), new float[size]};
      String[] ofRows = {"sample 1 has " + size + " values", "" + shape.size()};
      INDArray array = Nd4j.zeros(2, size);
      misuses.addAll(
          List.of(
              argument(a -> a.encode(wrong), words),
              argument(a -> a.reconstruct(wrong), words),
              argument(a -> a.transmit(wrong, CHANNEL, 7), words),
              argument(a -> a.evaluate(wrong), words),
              argument(a -> a.evaluate(wrong, right), words),
              argument(a -> a.evaluate(right, wrong), words),
              argument(a -> a.evaluateTransmission(wrong, CHANNEL, 1, 7), words),
              argument(a -> a.fit(wrong, Recipe.TRAINING), words),
              argument(a -> a.fit(right, Recipe.TRAINING.validation(wrong)), words),
              argument(a -> a.encode(rows), ofRows),
              argument(a -> a.reconstruct(rows), ofRows),
              argument(a -> a.transmit(rows, CHANNEL, 7), ofRows),
              argument(a -> a.fit(rows, Recipe.TRAINING), ofRows),
              argument(a -> a.encode(Dl4j.samples(array)), words),
              argument(a -> a.reconstruct(Dl4j.samples(array)), words),
              argument(a -> a.fit(Dl4j.samples(array), Recipe.TRAINING), words)));
    }
    // No vectors, so that they are not taken for rows.
    ImageShape turned = new ImageShape(shape.channels() + 1, shape.height(), shape.width());
    INDArray images = Nd4j.zeros(2, turned.channels(), turned.height(), turned.width());
    INDArray cube = Nd4j.zeros(2, 3, shape.size());
    for (Consumer<Autoencoder> call :
        List.<Consumer<Autoencoder>>of(
            a -> a.encode(Dl4j.samples(images)),
            a -> a.reconstruct(Dl4j.samples(images)),
            a -> a.fit(Dl4j.samples(images), Recipe.TRAINING))) {
      misuses.add(argument(call, turned.toString(), shape.toString()));
    }
    for (Consumer<Autoencoder> call :
        List.<Consumer<Autoencoder>>of(
            a -> a.encode(Dl4j.samples(cube)),
            a -> a.reconstruct(Dl4j.samples(cube)),
            a -> a.fit(Dl4j.samples(cube), Recipe.TRAINING))) {
      misuses.add(argument(call, "[2, 3, " + shape.size() + "]", "[n, values]"));
    }
    return misuses;
  }

  private static List<Misuse> wrongValues(Recipe recipe) {
    ImageSource right = recipe.samples();
    List<Misuse> misuses = new ArrayList<>();
    boolean bounded = recipe.output().range().isBounded();
    // Where values may be any real numbers, only what is none is wrong.
    float[] wrong = bounded ? new float[] {Float.NaN, -0.01f, 1.01f} : new float[] {Float.NaN};
    for (float value : wrong) {
      float[][] rows = right.toArrays();
      int last = rows[BAD_SAMPLE].length - 1;
      rows[BAD_SAMPLE][last] = value;
      ImageSource source = TinyData.unchecked(rows);
      INDArray array = Nd4j.createFromArray(rows);
      String rule = bounded ? "[0, 1]" : "finite";
      // Scaling makes no number of what is none.
      String advice = bounded ? "scale" : "";
      String[] words = {"sample " + BAD_SAMPLE, "" + value, "position " + last, rule, advice};
      for (Consumer<Autoencoder> call :
          List.<Consumer<Autoencoder>>of(
              a -> a.encode(source),
              a -> a.reconstruct(source),
              a -> a.transmit(source, CHANNEL, 7),
              a -> a.evaluate(source),
              a -> a.evaluate(right, source),
              a -> a.evaluate(source, right),
              a -> a.evaluateTransmission(source, CHANNEL, 1, 7))) {
        misuses.add(new Misuse(call, UnusableDataException.class, words));
      }
      for (Consumer<Autoencoder> call :
          List.<Consumer<Autoencoder>>of(
              a -> a.encode(rows),
              a -> a.reconstruct(rows),
              a -> a.transmit(rows, CHANNEL, 7),
              a -> a.fit(rows, Recipe.TRAINING),
              a -> a.encode(Dl4j.samples(array, recipe.output().range())),
              a -> a.reconstruct(Dl4j.samples(array, recipe.output().range())),
              a -> a.fit(Dl4j.samples(array, recipe.output().range()), Recipe.TRAINING))) {
        misuses.add(argument(call, words));
      }
    }
    return misuses;
  }

  @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
  void trainingNamesTheSampleThatHoldsABadValue(@ForAll Recipe recipe) {
    // It finds out on the way, so that weights may have changed.
    float[][] rows = recipe.samples().toArrays();
    int last = rows[BAD_SAMPLE].length - 1;
    boolean bounded = recipe.output().range().isBounded();
    rows[BAD_SAMPLE][last] = bounded ? 255 : Float.POSITIVE_INFINITY;
    ImageSource bad = TinyData.unchecked(rows);
    String[] words = {
      "sample " + BAD_SAMPLE,
      bounded ? "255.0" : "Infinity",
      "position " + last,
      bounded ? "[0, 1]" : "finite"
    };
    // If it diverges on good data, it may do so before it meets the bad sample.
    recipe.train(recipe.builder().build(), recipe.samples());
    Autoencoder autoencoder = recipe.builder().build();
    for (Consumer<Autoencoder> call :
        List.<Consumer<Autoencoder>>of(
            a -> a.fit(bad, Recipe.TRAINING),
            a -> a.fit(recipe.samples(), Recipe.TRAINING.validation(bad)))) {
      autoencoder = recipe.builder().build();
      new Misuse(call, UnusableDataException.class, words).assertRefused(autoencoder);
    }
    assertThat(recipe.train(autoencoder).encode(recipe.samples())).hasNumberOfRows(40);
  }

  private static List<Misuse> wrongCodes(Recipe recipe) {
    ImageShape latent = recipe.architecture().latent();
    int size = latent.size();
    List<Misuse> misuses = new ArrayList<>();
    for (int wrong : new int[] {size - 1, size + 1}) {
      String[] words = {wrong + " values", "has " + size};
      String[] shapes = {"1x" + wrong + "x1", latent.toString()};
      misuses.add(
          argument(a -> a.decode(new float[][] {new float[size], new float[wrong]}), words));
      if (wrong > 0) {
        misuses.add(
            argument(a -> a.decode(Dl4j.rows(Nd4j.zeros(1, wrong), a.latentShape())), shapes));
      }
    }
    for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      float[][] codes = new float[2][size];
      codes[1][size - 1] = value;
      String[] words = {"code 1 holds " + value, "position " + (size - 1), "finite"};
      misuses.add(argument(a -> a.decode(codes), words));
      misuses.add(
          argument(a -> a.decode(Dl4j.rows(Nd4j.createFromArray(codes), a.latentShape())), words));
    }
    ImageShape turned = new ImageShape(latent.height() + 1, latent.width(), latent.channels());
    INDArray images = Nd4j.zeros(1, turned.channels(), turned.height(), turned.width());
    misuses.add(
        argument(
            a -> a.decode(Dl4j.rows(images, a.latentShape())),
            turned.toString(),
            latent.toString()));
    misuses.add(
        argument(
            a -> a.decode(Dl4j.rows(Nd4j.zeros(2, 1, size), a.latentShape())),
            "[2, 1, " + size + "]"));
    return misuses;
  }

  private static List<Misuse> wrongAmounts(Recipe recipe) {
    ImageSource right = recipe.samples();
    ImageSource none = right.slice(3, 3);
    return List.of(
        argument(a -> a.evaluate(right, right.slice(0, 7)), "40 and 7", "as many"),
        argument(a -> a.evaluate(none), "at least one", "0 and 0"),
        argument(a -> a.evaluateTransmission(none, CHANNEL, 1, 7), "at least one"),
        argument(a -> a.evaluateTransmission(right, CHANNEL, 0, 7), "at least 1 draw", "were 0"),
        argument(a -> a.fit(none, Recipe.TRAINING), "empty", "at least one"),
        argument(a -> a.fit(new float[0][], Recipe.TRAINING), "empty", "at least one"),
        argument(a -> a.fit(right, Recipe.TRAINING.validation(none)), "validation data are empty"),
        argument(a -> a.fit(right, Recipe.TRAINING.earlyStopping(1)), "validation("));
  }

  private static List<Misuse> wrongFiles() {
    Path nowhere = Path.of("no-such-folder", "model.aemodel");
    return List.of(
        new Misuse(a -> a.save(nowhere), UncheckedIOException.class, nowhere.toString()),
        new Misuse(a -> Autoencoder.load(nowhere), UncheckedIOException.class, nowhere.toString()),
        argument(a -> a.save(nowhere, Saving.encoder().optimizerState()), "Saving.whole()"));
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void wrongArgumentsAreRefusedAndChangeNothing(@ForAll Recipe recipe) {
    Autoencoder autoencoder = recipe.train(recipe.builder().build());
    ImageSource samples = recipe.samples();
    float[] parameters = autoencoder.parameters();
    float[][] outputs = autoencoder.reconstruct(samples);
    List<Misuse> misuses = new ArrayList<>(wrongSamples(recipe));
    misuses.addAll(wrongValues(recipe));
    misuses.addAll(wrongCodes(recipe));
    misuses.addAll(wrongAmounts(recipe));
    misuses.addAll(wrongFiles());
    for (Misuse misuse : misuses) {
      misuse.assertRefused(autoencoder);
    }
    assertThat(autoencoder.parameters()).isEqualTo(parameters);
    assertThat(autoencoder.reconstruct(samples)).isDeepEqualTo(outputs);
    assertThat(autoencoder.trainingRuns()).hasSize(1);
    // And it can be trained on as if nothing had happened.
    Autoencoder untroubled = recipe.train(recipe.train(recipe.builder().build()));
    assertThat(recipe.train(autoencoder).parameters()).isEqualTo(untroubled.parameters());
  }

  private static List<Consumer<Autoencoder>> usesOfTheEncoder(Recipe recipe) {
    ImageSource samples = recipe.samples();
    float[][] rows = samples.toArrays();
    return List.of(
        a -> a.encode(samples),
        a -> a.encode(rows),
        a -> a.encode(Dl4j.samples(Nd4j.createFromArray(rows))));
  }

  private static List<Consumer<Autoencoder>> usesOfTheDecoder(Recipe recipe) {
    float[][] codes = new float[2][recipe.architecture().latent().size()];
    return List.of(
        a -> a.decode(codes),
        a -> a.decode(Dl4j.rows(Nd4j.createFromArray(codes), a.latentShape())));
  }

  private static List<Consumer<Autoencoder>> usesOfBoth(Recipe recipe) {
    ImageSource samples = recipe.samples();
    float[][] rows = samples.toArrays();
    return List.of(
        a -> a.reconstruct(samples),
        a -> a.reconstruct(rows),
        a -> a.reconstruct(Dl4j.samples(Nd4j.createFromArray(rows))),
        a -> a.transmit(samples, CHANNEL, 7),
        a -> a.transmit(rows, CHANNEL, 7),
        a -> a.evaluate(samples),
        a -> a.evaluate(samples, samples),
        a -> a.evaluateTransmission(samples, CHANNEL, 1, 7),
        a -> a.save(Path.of("never.aemodel")),
        Dl4j::networkOf,
        Dl4j::stock,
        Autoencoder::parameters,
        a -> recipe.builder().build().copyWeightsFrom(a));
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void nothingCanBeUsedBeforeTraining(@ForAll Recipe recipe) {
    Autoencoder fresh = recipe.builder().build();
    List<Consumer<Autoencoder>> uses = new ArrayList<>(usesOfTheEncoder(recipe));
    uses.addAll(usesOfTheDecoder(recipe));
    uses.addAll(usesOfBoth(recipe));
    for (Consumer<Autoencoder> use : uses) {
      new Misuse(use, IllegalStateException.class, "not been trained", "fit(").assertRefused(fresh);
    }
    assertThat(fresh.isTrained()).isFalse();
    assertThat(recipe.train(fresh).parameters()).isEqualTo(recipe.trained().parameters());
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void aHalfSaysWhatItNeedsTheOtherHalfFor(@ForAll Recipe recipe) throws IOException {
    Autoencoder whole = recipe.trained();
    Path file = Files.createTempFile("half", ".aemodel");
    try {
      List<Consumer<Autoencoder>> both = new ArrayList<>(usesOfBoth(recipe));
      both.add(a -> a.fit(recipe.samples(), Recipe.TRAINING));
      both.add(a -> a.copyWeightsFrom(whole));
      whole.save(file, Saving.encoder());
      Autoencoder encoder = Autoencoder.load(file);
      whole.save(file, Saving.decoder());
      Autoencoder decoder = Autoencoder.load(file);
      for (Consumer<Autoencoder> use : both) {
        refusedByAHalf(use, "the encoder only", "Saving.whole()").assertRefused(encoder);
        refusedByAHalf(use, "the decoder only", "Saving.whole()").assertRefused(decoder);
      }
      for (Consumer<Autoencoder> use : usesOfTheDecoder(recipe)) {
        refusedByAHalf(use, "the encoder only", "Saving.decoder()").assertRefused(encoder);
      }
      for (Consumer<Autoencoder> use : usesOfTheEncoder(recipe)) {
        refusedByAHalf(use, "the decoder only", "Saving.encoder()").assertRefused(decoder);
      }
    } finally {
      Files.delete(file);
    }
  }

  private static Misuse refusedByAHalf(Consumer<Autoencoder> use, String... words) {
    return new Misuse(use, IllegalStateException.class, words);
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void aBuilderRefusesWrongChoicesAndStaysAsItWas(@ForAll Recipe recipe) {
    AutoencoderBuilder<?> builder = recipe.builder();
    for (double factor : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused(() -> builder.l1(factor), "l1", "at least 0", factor);
      assertRefused(() -> builder.l2(factor), "l2", "at least 0", factor);
      assertRefused(() -> builder.latentNoise(factor), "variance", "at least 0", factor);
    }
    for (int side : new int[] {0, -2}) {
      assertRefused(() -> builder.input(side, 3), "height", "at least 1", side);
      assertRefused(() -> builder.input(3, side, 3), "width", "at least 1", side);
      assertRefused(() -> builder.input(3, 3, side), "channels", "at least 1", side);
      if (builder instanceof DenseBuilder dense) {
        assertRefused(() -> dense.bottleneck(side), "bottleneck", "at least 1", side);
        assertRefused(() -> dense.hidden(7, side), "hidden", "at least 1", side);
        assertRefused(() -> dense.dropout(side - 1), "dropout", "[0, 1)", side - 1.0);
        assertRefused(() -> dense.dropout(1 - side), "dropout", "[0, 1)", 1.0 - side);
      }
      if (builder instanceof ConvBuilder conv) {
        assertRefused(() -> conv.latent(side, 1, 1), "height", "at least 1", side);
        assertRefused(() -> conv.widths(8, side), "channel", "at least 1", side);
        assertRefused(() -> conv.strides(2, side), "stride", "at least 1", side);
        assertRefused(() -> conv.kernel(side), "kernel", "at least 1", side);
        assertRefused(() -> conv.residualBlocks(side - 1), "blocks", "at least 0", side - 1);
      }
    }
    assertThat(recipe.train(builder.build()).parameters()).isEqualTo(recipe.trained().parameters());
  }

  private static void assertRefused(Runnable call, String what, String rule, Object value) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(what, rule, value.toString());
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void nullsAreRefusedByName(@ForAll Recipe recipe) {
    AutoencoderBuilder<?> builder = recipe.builder();
    assertNamed(() -> builder.input(null), "shape");
    assertNamed(() -> builder.loss(null), "loss");
    assertNamed(() -> builder.corruption(null), "corruption");
    assertNamed(() -> builder.latentStage(null), "stage");
    assertNamed(() -> builder.optimizer(null), "optimizer");
    if (builder instanceof DenseBuilder dense) {
      assertNamed(() -> dense.activation(null), "activation");
    }
    if (builder instanceof ConvBuilder conv) {
      assertNamed(() -> conv.activation(null), "activation");
      assertNamed(() -> conv.resampling(null), "resampling");
    }
    assertThat(builder.build().summary()).isEqualTo(recipe.builder().build().summary());
  }

  private static void assertNamed(Runnable call, String name) {
    assertThatThrownBy(call::run).isInstanceOf(NullPointerException.class).hasMessage(name);
  }
}
