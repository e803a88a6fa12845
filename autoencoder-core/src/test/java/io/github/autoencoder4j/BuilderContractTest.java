package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BuilderContractTest {

  private static final float[][] DATA = TinyData.rows(12, 6);

  @Provide
  Arbitrary<Double> illegalFactors() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().lessThan(0),
        Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
  }

  @Provide
  Arbitrary<Double> illegalDropouts() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().lessThan(0),
        Arbitraries.doubles().greaterOrEqual(1),
        Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
  }

  @Property
  void rejectsBottlenecksBelowOne(@ForAll @IntRange(min = Integer.MIN_VALUE, max = 0) int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Autoencoder.dense().bottleneck(size))
        .withMessageContaining("bottleneck")
        .withMessageContaining("at least 1")
        .withMessageContaining("" + size);
  }

  @Property
  void acceptsBottlenecksFromOneOn(@ForAll @IntRange(min = 1, max = 5_000) int size) {
    Autoencoder built = Autoencoder.dense().input(2, 3).hidden().bottleneck(size).build();
    assertThat(built.latentShape()).isEqualTo(ImageShape.vector(size));
  }

  @Property
  void rejectsHiddenSizesBelowOneAtAnyPlace(
      @ForAll @IntRange(min = Integer.MIN_VALUE, max = 0) int size,
      @ForAll @IntRange(max = 3) int place) {
    int[] sizes = {4, 3, 2, 1};
    sizes[place] = size;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Autoencoder.dense().hidden(sizes))
        .withMessageContaining("hidden")
        .withMessageContaining("at least 1")
        .withMessageContaining("" + size);
  }

  @Property
  void buildsTheHiddenLayersInMirrorOrder(
      @ForAll @Size(max = 5) List<@IntRange(min = 1, max = 300) Integer> hidden) {
    int[] sizes = hidden.stream().mapToInt(Integer::intValue).toArray();
    var layers =
        Autoencoder.dense()
            .input(5, 7)
            .hidden(sizes)
            .bottleneck(2)
            .build()
            .architecture()
            .orElseThrow();
    List<Integer> expected = new ArrayList<>(hidden);
    expected.add(2);
    assertThat(layers.encoder()).extracting(l -> l.output().size()).isEqualTo(expected);
    List<Integer> mirrored = new ArrayList<>(hidden);
    Collections.reverse(mirrored);
    mirrored.add(35);
    assertThat(layers.decoder()).extracting(l -> l.output().size()).isEqualTo(mirrored);
  }

  @Property
  void rejectsPenaltiesThatAreNegativeOrNotFinite(@ForAll("illegalFactors") double factor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Autoencoder.dense().l2(factor))
        .withMessageContaining("l2")
        .withMessageContaining("at least 0")
        .withMessageContaining("" + factor);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Autoencoder.dense().l1(factor))
        .withMessageContaining("l1")
        .withMessageContaining("at least 0")
        .withMessageContaining("" + factor);
  }

  @Property
  void acceptsPenaltiesFromZeroOn(@ForAll @DoubleRange(max = 1e12) double factor) {
    String summary = Autoencoder.dense().input(2, 2).l1(factor).l2(factor).build().summary();
    assertThat(summary).contains("l1 " + factor).contains("l2 " + factor);
  }

  @Property
  void rejectsDropoutOutsideOfTheHalfOpenUnitInterval(@ForAll("illegalDropouts") double share) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Autoencoder.dense().dropout(share))
        .withMessageContaining("dropout")
        .withMessageContaining("[0, 1)")
        .withMessageContaining("" + share);
  }

  @Property
  void acceptsDropoutInTheHalfOpenUnitInterval(
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double share) {
    assertThatCode(() -> Autoencoder.dense().input(2, 2).dropout(share).build())
        .doesNotThrowAnyException();
  }

  @Property
  void rejectsInputSidesBelowOne(
      @ForAll @IntRange(min = Integer.MIN_VALUE, max = 0) int side,
      @ForAll @IntRange(max = 2) int place) {
    int[] sides = {4, 4, 3};
    sides[place] = side;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Autoencoder.dense().input(sides[0], sides[1], sides[2]))
        .withMessageContaining("at least 1")
        .withMessageContaining("" + side);
  }

  @Example
  void buildsFromTheBottleneckAlone() {
    Autoencoder built = Autoencoder.dense().bottleneck(2).build();
    assertThat(built.architecture()).isEmpty();
    assertThat(built.isTrained()).isFalse();
    built.fit(DATA, Training.epochs(1).batchSize(4));
    assertThat(built.inputShape()).isEqualTo(ImageShape.vector(6));
    assertThat(built.latentShape()).isEqualTo(ImageShape.vector(2));
  }

  private static List<Consumer<DenseBuilder>> choices() {
    return List.of(
        b -> b.input(2, 3),
        b -> b.hidden(5, 4),
        b -> b.bottleneck(2),
        b -> b.activation(Activation.TANH),
        b -> b.dropout(0.1),
        b -> b.loss(Loss.MEAN_SQUARED_ERROR),
        b -> b.l1(1e-5),
        b -> b.l2(1e-3),
        b -> b.corruption(Corruption.gaussian(0.2)),
        b -> b.optimizer(Optimizer.adam(1e-2)),
        b -> b.seed(5));
  }

  private static DenseBuilder chosen(List<Consumer<DenseBuilder>> choices) {
    DenseBuilder builder = Autoencoder.dense();
    choices.forEach(choice -> choice.accept(builder));
    return builder;
  }

  private static float[] trained(Autoencoder autoencoder) {
    autoencoder.fit(DATA, Training.epochs(2).batchSize(5));
    return autoencoder.parameters();
  }

  @Example
  void everyChoiceReachesTheTrainedWeights() {
    // Guards the property above: a choice that is ignored would pass it.
    List<Consumer<DenseBuilder>> defaults = choices();
    float[] all = trained(chosen(defaults).build());
    for (int left = 1; left < defaults.size(); left++) {
      List<Consumer<DenseBuilder>> rest = new ArrayList<>(defaults);
      rest.remove(left);
      assertThat(trained(chosen(rest).build())).as("choice %d left out", left).isNotEqualTo(all);
    }
  }

  @Property(tries = 8)
  void builtObjectsDoNotFollowTheirBuilder(@ForAll Random shuffle) {
    DenseBuilder builder = chosen(choices());
    Autoencoder built = builder.build();
    String before = built.summary();
    List<Consumer<DenseBuilder>> changes =
        new ArrayList<>(
            List.of(
                b -> b.input(3, 2),
                b -> b.hidden(9),
                b -> b.bottleneck(1),
                b -> b.activation(Activation.RELU),
                b -> b.dropout(0.5),
                b -> b.loss(Loss.BINARY_CROSS_ENTROPY),
                b -> b.l1(1),
                b -> b.l2(1),
                b -> b.corruption(Corruption.masking(0.9)),
                b -> b.optimizer(Optimizer.sgd(1)),
                b -> b.seed(77)));
    Collections.shuffle(changes, shuffle);
    changes.forEach(change -> change.accept(builder));
    assertThat(built.summary()).isEqualTo(before);
    assertThat(trained(built)).isEqualTo(trained(chosen(choices()).build()));
    assertThat(builder.build().summary()).isNotEqualTo(before);
  }

  @Example
  void aBuilderMayBuildTwice() {
    DenseBuilder builder = chosen(choices());
    Autoencoder first = builder.build();
    Autoencoder second = builder.build();
    float[] ofFirst = trained(first);
    assertThat(second.isTrained()).isFalse();
    assertThat(trained(second)).isEqualTo(ofFirst);
  }

  @Example
  void doesNotFollowTheArrayOfHiddenSizes() {
    int[] sizes = {5, 4};
    DenseBuilder builder = Autoencoder.dense().input(2, 3).hidden(sizes);
    Arrays.fill(sizes, 1);
    assertThat(builder.build().architecture().orElseThrow().encoder().get(0).output().size())
        .isEqualTo(5);
  }
}
