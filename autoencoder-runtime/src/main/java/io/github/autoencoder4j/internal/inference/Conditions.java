package io.github.autoencoder4j.internal.inference;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.sources.CheckedSource;
import io.github.autoencoder4j.internal.sources.ConditionedSource;
import io.github.autoencoder4j.latent.Condition;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.output.Output;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Samples and codes with their classes behind them, where a network is conditioned; as they are
 * where it is not.
 */
public final class Conditions {

  private final Optional<Condition> condition;
  private final Network network;
  private final Output output;
  private final int numbers;

  /**
   * Makes one.
   *
   * @param spec what makes the network
   * @param network its steps
   */
  public Conditions(Spec spec, Network network) {
    this.condition = spec.condition();
    this.network = network;
    this.output = spec.output();
    this.numbers = spec.architecture().latent().size();
  }

  /**
   * Gives samples as the network is fed them.
   *
   * @param what they are called in messages
   * @param source samples, which have classes if the network is conditioned
   * @return a view that was checked
   * @throws IllegalArgumentException if they have another shape or columns, or no classes
   */
  public ImageSource samples(String what, ImageSource source) {
    if (source instanceof ConditionedSource) {
      return source;
    }
    ImageSource checked = CheckedSource.of(source);
    Rows.requireShape(what, checked.shape(), network.sample());
    SampleColumns.require(what, checked, output);
    return condition
        .<ImageSource>map(classes -> ConditionedSource.of(what, checked, classes, network.input()))
        .orElse(checked);
  }

  /**
   * Gives samples to be trained on, after a look at all of their classes.
   *
   * @param source samples, which have classes if the network is conditioned
   * @param isFirst whether the network has learnt of no class yet
   * @return a view that was checked
   * @throws IllegalArgumentException if they have another shape, or no classes
   * @throws UnusableDataException if a sample is of a class that the network does not know, or at
   *     first there is none of one that it knows
   */
  public ImageSource trainingSamples(ImageSource source, boolean isFirst) {
    ImageSource samples = samples("training data", source);
    if (samples instanceof ConditionedSource conditioned && samples.size() > 0) {
      int[] counts = conditioned.count();
      for (int k = 0; isFirst && k < counts.length; k++) {
        if (counts[k] == 0) {
          throw new UnusableDataException(
              "no sample of the training data is of class \"%s\", so nothing could be learnt of it; leave it out of conditionedOn(...), or train on data that have it"
                  .formatted(require().classes().get(k)));
        }
      }
    }
    return samples;
  }

  /**
   * Refuses what cannot tell the network a class.
   *
   * @param spec what makes the network
   * @param why it cannot, and the way out
   * @throws UnsupportedOperationException if the network is conditioned
   */
  public static void requireNone(Spec spec, String why) {
    spec.condition()
        .ifPresent(
            known -> {
              throw new UnsupportedOperationException(
                  "this autoencoder is conditioned on %s, and %s".formatted(known.listed(), why));
            });
  }

  /**
   * Gives samples classes by name.
   *
   * @param samples without classes
   * @param classes a name for each
   * @return samples with classes
   * @throws IllegalArgumentException if the network is not conditioned, there are not as many
   *     names, or one is of no class
   */
  public LabeledImageSource labeled(ImageSource samples, List<String> classes) {
    int[] places = places("samples", samples.size(), classes);
    return LabeledImageSource.of(samples, places, require().classes());
  }

  private int[] places(String what, int count, List<String> classes) {
    Condition known = require();
    if (classes.size() != count) {
      throw new IllegalArgumentException(
          "there are %s classes for %s %s; give one for each"
              .formatted(classes.size(), count, what));
    }
    return classes.stream().mapToInt(known::indexOf).toArray();
  }

  /**
   * Lists the classes.
   *
   * @return their names; empty if nothing is conditioned
   */
  public List<String> classes() {
    return condition.map(Condition::classes).orElse(List.of());
  }

  private Condition require() {
    return condition.orElseThrow(
        () ->
            new IllegalArgumentException(
                "this autoencoder is not conditioned on classes, so it cannot be told any; leave them out, or build one with conditionedOn(...)"));
  }

  /**
   * Refuses to go on without a class where there has to be one.
   *
   * @param call how to tell it, with a place for a class
   * @throws IllegalArgumentException if the network is conditioned
   */
  void requireNone(String call) {
    // No lambda, which would be an object for each sample.
    if (condition.isPresent()) {
      Condition known = condition.get();
      throw new IllegalArgumentException(
          "this autoencoder is conditioned on %s, and has to be told which; call %s"
              .formatted(known.listed(), call.formatted(known.classes().get(0))));
    }
  }

  /**
   * Puts classes behind codes.
   *
   * @return {@code codes} that the decoder can be fed
   */
  float[][] codes(float[][] codes, List<String> classes) {
    int[] places = places("codes", codes.length, classes);
    int width = network.code().size();
    int area = (width - numbers) / network.conditions();
    float[][] wide = new float[codes.length][];
    for (int i = 0; i < codes.length; i++) {
      wide[i] = Arrays.copyOf(codes[i], width);
      int at = numbers + places[i] * area;
      Arrays.fill(wide[i], at, at + area, 1);
    }
    return wide;
  }
}
