package io.github.autoencoder4j.internal.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bytedeco.javacpp.FloatPointer;

class PointWeightsTest {

  private static final int SMALL = 5;
  private static final int LARGE = 7;

  @BeforeContainer
  static void needsOneDnn() {
    assumeTrue(OneDnn.isOpen(), "oneDNN is not here");
  }

  /** The weights of a layer that begin at some position, drawn by it. */
  private static Learned learned(Graph graph, Filter filter, int start) {
    Random random = new Random(start);
    float[] values = new float[SMALL * LARGE * filter.area()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    long[] sides = {SMALL, LARGE, filter.kernel(), filter.kernel()};
    Tensor value = graph.view(new FloatPointer(values), graph.plain(sides), sides);
    return new Learned(value, value, start);
  }

  private static float[] read(Tensor tensor) {
    FloatBuffer buffer = tensor.buffer();
    float[] values = new float[buffer.capacity()];
    buffer.get(0, values);
    return values;
  }

  private static void compute(PointWeights weights) {
    IntStream.range(0, weights.groups()).forEach(weights::compute);
  }

  @Example
  void programsThatAskForTheSameWeightsHaveThemInCommon() {
    try (Graph graph = new Graph();
        PointWeights weights = new PointWeights(3)) {
      Tensor first = weights.matrices(Filter.SAME, learned(graph, Filter.SAME, 0), LARGE, SMALL);
      Tensor again = weights.matrices(Filter.SAME, learned(graph, Filter.SAME, 0), LARGE, SMALL);
      Tensor other = weights.matrices(Filter.SAME, learned(graph, Filter.SAME, 315), LARGE, SMALL);

      assertThat(again).isSameAs(first);
      assertThat(other).isNotSameAs(first);
      assertThat(first.sides()).containsExactly(36, LARGE, SMALL);
      assertThat(weights.groups()).isEqualTo(2);
    }
  }

  @Example
  void followsTheWeightsWheneverItIsComputed() {
    try (Graph graph = new Graph();
        PointWeights weights = new PointWeights(2)) {
      Learned learned = learned(graph, Filter.SAME, 0);
      Tensor matrices = weights.matrices(Filter.SAME, learned, LARGE, SMALL);
      compute(weights);
      float[] before = read(matrices);
      FloatBuffer values = learned.value().buffer();
      for (int i = 0; i < values.capacity(); i++) {
        values.put(i, 2 * values.get(i));
      }
      compute(weights);
      float[] doubled = read(matrices);

      for (int i = 0; i < doubled.length; i++) {
        assertThat(doubled[i]).isEqualTo(2 * before[i]);
      }
      assertThat(before).isNotEqualTo(doubled);
    }
  }

  @Property(tries = 50)
  void areTheSameHoweverTheWorkIsShared(
      @ForAll @IntRange(min = 1, max = 6) int groups,
      @ForAll @IntRange(min = 1, max = 5) int layers,
      @ForAll boolean half) {
    Filter filter = half ? Filter.HALF : Filter.SAME;
    assertThat(all(filter, groups, layers)).isDeepEqualTo(all(filter, 1, layers));
  }

  private static float[][] all(Filter filter, int groups, int layers) {
    try (Graph graph = new Graph();
        PointWeights weights = new PointWeights(groups)) {
      List<Tensor> made = new ArrayList<>();
      for (int layer = 0; layer < layers; layer++) {
        Learned learned = learned(graph, filter, layer * 1000);
        made.add(weights.matrices(filter, learned, LARGE, SMALL));
      }
      assertThat(weights.groups()).isEqualTo(Math.min(groups, made.size()));
      compute(weights);
      return made.stream().map(PointWeightsTest::read).toArray(float[][]::new);
    }
  }
}
