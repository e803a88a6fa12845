package io.github.autoencoder4j.internal.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bytedeco.javacpp.FloatPointer;

class TiledProductsTest {

  /** A picture's rows and columns, its neighbours' included, are 3 apart at most. */
  private static final int[] TAPS = {-1, 0, 1};

  @BeforeContainer
  static void needsOneDnn() {
    assumeTrue(OneDnn.isOpen(), "oneDNN is not here");
  }

  /** Threads of their own, so many at a time, for as long as a job takes. */
  private record Threads(int count) implements Workers {
    @Override
    public void run(int pieces, IntConsumer piece) {
      List<Thread> threads =
          IntStream.range(0, pieces).mapToObj(i -> new Thread(() -> piece.accept(i))).toList();
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /** A convolution, its gradients, and what they were computed from, row-major. */
  private static final class Run {

    final float[] in;
    final float[] weights;
    final float[] biases;
    final float[] delta;
    final float[] out;
    final float[] inGradient;
    final float[] weightGradient;
    final float[] biasGradient;

    /** From equal seeds, the first samples are the same however many there are. */
    Run(Workers workers, int n, int in, int out, int height, int width, long seed) {
      Random random = new Random(seed);
      long[] sides = {n, in, height, width};
      long[] outSides = {n, out, height, width};
      weights = numbers(random, out * in * 9);
      biases = numbers(random, out);
      this.in = numbers(random, n * in * height * width);
      delta = numbers(new Random(seed + 1), n * out * height * width);
      try (Graph graph = new Graph()) {
        List<Step> steps = new ArrayList<>();
        Pass pass = new Pass(graph, true, workers, new Activations(graph, true), steps, steps);
        Learned weight = learned(graph, weights, out, in, 3, 3);
        Learned bias = learned(graph, biases, out);
        Tensor source = graph.keep(graph.tensor(graph.plain(sides), sides));
        Tensor gradient = graph.keep(graph.tensor(graph.plain(outSides), outSides));
        Reversible sums = new TiledProducts(pass, workers).add(weight, bias, source, outSides);
        Tensor computed = graph.keep(graph.in(graph.plain(outSides), sums.out(), steps));
        Tensor back = sums.reverse().build(gradient, true);
        Tensor inGradients = graph.keep(graph.in(graph.plain(sides), back, steps));
        graph.seal(List.of(), steps);
        graph.workAlone();
        source.buffer().put(this.in);
        gradient.buffer().put(delta);
        // Twice, so that nothing is left behind that a second run would meet.
        for (int i = 0; i < 2; i++) {
          steps.forEach(step -> step.run(0));
          graph.await();
        }
        this.out = read(computed);
        inGradient = read(inGradients);
        weightGradient = read(weight.gradient());
        biasGradient = read(bias.gradient());
      }
    }

    private static float[] numbers(Random random, int count) {
      float[] numbers = new float[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = random.nextFloat() - 0.5f;
      }
      return numbers;
    }

    private static Learned learned(Graph graph, float[] values, long... sides) {
      return new Learned(
          graph.view(new FloatPointer(values), graph.plain(sides), sides),
          graph.view(new FloatPointer(values.length), graph.plain(sides), sides),
          0);
    }

    private static float[] read(Tensor tensor) {
      FloatBuffer buffer = tensor.buffer();
      float[] values = new float[buffer.capacity()];
      buffer.get(0, values);
      return values;
    }
  }

  @Property(tries = 60)
  void computesWhatAConvolutionIs(
      @ForAll @IntRange(min = 1, max = 5) int n,
      @ForAll @IntRange(min = 1, max = 40) int in,
      @ForAll @IntRange(min = 1, max = 40) int out,
      @ForAll @IntRange(min = 1, max = 19) int height,
      @ForAll @IntRange(min = 1, max = 19) int width,
      @ForAll @IntRange(min = 1, max = 3) int workers,
      @ForAll long seed) {
    Run run = new Run(new Threads(workers), n, in, out, height, width, seed);

    double[] expected = new double[run.out.length];
    double[] inGradient = new double[run.in.length];
    double[] weightGradient = new double[run.weights.length];
    double[] biasGradient = new double[out];
    for (int sample = 0; sample < n; sample++) {
      for (int to = 0; to < out; to++) {
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            int at = ((sample * out + to) * height + y) * width + x;
            expected[at] += run.biases[to];
            biasGradient[to] += run.delta[at];
            for (int from = 0; from < in; from++) {
              for (int dy : TAPS) {
                for (int dx : TAPS) {
                  if (y + dy >= 0 && y + dy < height && x + dx >= 0 && x + dx < width) {
                    int seen = ((sample * in + from) * height + y + dy) * width + x + dx;
                    int weight = (to * in + from) * 9 + (dy + 1) * 3 + dx + 1;
                    expected[at] += (double) run.weights[weight] * run.in[seen];
                    inGradient[seen] += (double) run.weights[weight] * run.delta[at];
                    weightGradient[weight] += (double) run.in[seen] * run.delta[at];
                  }
                }
              }
            }
          }
        }
      }
    }
    assertClose(run.out, expected);
    assertClose(run.inGradient, inGradient);
    assertClose(run.weightGradient, weightGradient);
    assertClose(run.biasGradient, biasGradient);
  }

  /** By the size of all: sums of many numbers of both signs may come to nearly nothing. */
  private static void assertClose(float[] values, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    double[] found = new double[values.length];
    Arrays.setAll(found, i -> values[i]);
    assertThat(found).containsExactly(expected, within(1e-5 * (1 + largest)));
  }

  @Property(tries = 60)
  void hasTheSameBitsAloneAndAmongOthers(
      @ForAll @IntRange(min = 2, max = 20) int n,
      @ForAll @IntRange(min = 1, max = 60) int in,
      @ForAll @IntRange(min = 1, max = 60) int out,
      @ForAll @IntRange(min = 1, max = 14) int side,
      @ForAll @IntRange(min = 1, max = 4) int workers,
      @ForAll long seed) {
    float[] among = new Run(Workers.CALLER, n, in, out, side, side, seed).out;
    float[] alone = new Run(new Threads(workers), 1, in, out, side, side, seed).out;

    assertThat(alone).containsExactly(Arrays.copyOf(among, alone.length));
  }
}
