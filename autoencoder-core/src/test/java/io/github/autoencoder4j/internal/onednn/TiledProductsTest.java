package io.github.autoencoder4j.internal.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.nativeblas.NativeOpsHolder;

class TiledProductsTest {

  @BeforeContainer
  static void needsOneDnn() {
    assumeTrue(OneDnn.isOpen(), "oneDNN is not here");
  }

  /** Threads of their own, so many at a time, for as long as a job takes, on one core each. */
  private record Threads(int count) implements Parallel {
    @Override
    public void run(int pieces, IntConsumer piece) {
      List<Thread> threads =
          IntStream.range(0, pieces)
              .mapToObj(
                  i ->
                      new Thread(
                          () -> {
                            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
                            piece.accept(i);
                          }))
              .toList();
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

  /** What is convolved. */
  private record Shape(
      Filter filter, boolean transposed, int n, int in, int out, int height, int width) {

    /** The sides of the large pictures, of which every stride's pixel is one of the small. */
    long[] large() {
      int stride = filter.stride();
      // An odd line more is seen by no other output.
      int more = transposed ? 0 : height % stride;
      return new long[] {
        n, transposed ? out : in, (long) stride * height + more, (long) stride * width
      };
    }

    long[] small() {
      return new long[] {n, transposed ? in : out, height, width};
    }

    Shape ofOne() {
      return new Shape(filter, transposed, 1, in, out, height, width);
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
    Run(Parallel workers, Shape shape, long seed) {
      Random random = new Random(seed);
      int kernel = shape.filter.kernel();
      long[] sides = shape.transposed ? shape.small() : shape.large();
      long[] outSides = shape.transposed ? shape.large() : shape.small();
      weights = numbers(random, shape.out * shape.in * kernel * kernel);
      biases = numbers(random, shape.out);
      in = numbers(random, count(sides));
      delta = numbers(new Random(seed + 1), count(outSides));
      try (Graph graph = new Graph();
          PointWeights points = new PointWeights(workers.count())) {
        List<Step> steps = new ArrayList<>();
        Pass pass =
            new Pass(
                graph,
                true,
                workers,
                null,
                points,
                null,
                new Activations(graph, true),
                steps,
                steps);
        Learned weight = learned(graph, weights, shape.out, shape.in, kernel, kernel);
        Learned bias = learned(graph, biases, shape.out);
        Tensor source = graph.keep(graph.tensor(graph.plain(sides), sides));
        Tensor gradient = graph.keep(graph.tensor(graph.plain(outSides), outSides));
        Reversible sums =
            new TiledProducts(pass, workers)
                .add(shape.filter, shape.transposed, weight, bias, source, outSides);
        Tensor computed = graph.keep(graph.in(graph.plain(outSides), sums.out(), steps));
        Tensor back = sums.reverse().build(gradient, true);
        Tensor inGradients = graph.keep(graph.in(graph.plain(sides), back, steps));
        graph.seal(List.of(), steps);
        graph.workAlone();
        source.buffer().put(0, in);
        gradient.buffer().put(0, delta);
        // Twice, so that nothing is left behind that a second run would meet.
        for (int i = 0; i < 2; i++) {
          workers.run(points.groups(), points::compute);
          steps.forEach(step -> step.run(0));
          graph.await();
        }
        out = read(computed);
        inGradient = read(inGradients);
        weightGradient = read(weight.gradient());
        biasGradient = read(bias.gradient());
      }
    }

    private static int count(long[] sides) {
      return (int) Arrays.stream(sides).reduce(1, (a, b) -> a * b);
    }

    private static float[] numbers(Random random, int count) {
      float[] numbers = new float[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = random.nextFloat() - 0.5f;
      }
      return numbers;
    }

    /** Weights lie as the small picture's channels, then the large one's, transposed or not. */
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

  /** Tells of each weight of each tap which pixels it takes to which. */
  private interface Visitor {
    void visit(int large, int small, int weight);
  }

  private static void visit(Shape shape, Visitor visitor) {
    int[] large = Arrays.stream(shape.large()).mapToInt(side -> (int) side).toArray();
    int[] small = Arrays.stream(shape.small()).mapToInt(side -> (int) side).toArray();
    int kernel = shape.filter.kernel();
    int stride = shape.filter.stride();
    for (int sample = 0; sample < shape.n; sample++) {
      for (int to = 0; to < small[1]; to++) {
        for (int from = 0; from < large[1]; from++) {
          for (int y = 0; y < small[2]; y++) {
            for (int x = 0; x < small[3]; x++) {
              for (int tap = 0; tap < kernel * kernel; tap++) {
                int seenY = stride * y + tap / kernel - 1;
                int seenX = stride * x + tap % kernel - 1;
                if (seenY >= 0 && seenY < large[2] && seenX >= 0 && seenX < large[3]) {
                  visitor.visit(
                      ((sample * large[1] + from) * large[2] + seenY) * large[3] + seenX,
                      ((sample * small[1] + to) * small[2] + y) * small[3] + x,
                      (to * large[1] + from) * kernel * kernel + tap);
                }
              }
            }
          }
        }
      }
    }
  }

  @Property(tries = 100)
  void computesWhatAConvolutionIs(
      @ForAll("shapes") Shape shape,
      @ForAll @IntRange(min = 1, max = 3) int workers,
      @ForAll long seed) {
    Run run = new Run(new Threads(workers), shape, seed);

    double[] out = new double[run.out.length];
    double[] inGradient = new double[run.in.length];
    double[] weightGradient = new double[run.weights.length];
    double[] biasGradient = new double[shape.out];
    int area = out.length / shape.n / shape.out;
    for (int i = 0; i < out.length; i++) {
      out[i] = run.biases[i / area % shape.out];
      biasGradient[i / area % shape.out] += run.delta[i];
    }
    visit(
        shape,
        (large, small, weight) -> {
          int from = shape.transposed ? small : large;
          int to = shape.transposed ? large : small;
          out[to] += (double) run.weights[weight] * run.in[from];
          inGradient[from] += (double) run.weights[weight] * run.delta[to];
          weightGradient[weight] += (double) run.in[from] * run.delta[to];
        });
    assertClose(run.out, out);
    assertClose(run.inGradient, inGradient);
    assertClose(run.weightGradient, weightGradient);
    assertClose(run.biasGradient, biasGradient);
  }

  /** By the size of all: sums of many numbers of both signs may come to nearly nothing. */
  private static void assertClose(float[] values, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    double apart = 0;
    for (int i = 0; i < values.length; i++) {
      apart = Math.max(apart, Math.abs(values[i] - expected[i]));
    }
    assertThat(values).hasSize(expected.length);
    assertThat(apart).isLessThanOrEqualTo(1e-5 * (1 + largest));
  }

  @Property(tries = 100)
  void hasTheSameBitsAloneAndAmongOthers(
      @ForAll("shapes") Shape shape,
      @ForAll @IntRange(min = 1, max = 4) int workers,
      @ForAll long seed) {
    float[] among = new Run(new Threads(1), shape, seed).out;
    float[] alone = new Run(new Threads(workers), shape.ofOne(), seed).out;

    assertThat(Arrays.mismatch(alone, Arrays.copyOf(among, alone.length))).isEqualTo(-1);
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Combinators.combine(
            Arbitraries.of(Filter.SAME, Filter.HALF),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(1, 9),
            Arbitraries.integers().between(1, 40),
            Arbitraries.integers().between(1, 40),
            Arbitraries.integers().between(1, 15),
            Arbitraries.integers().between(1, 15))
        .as(Shape::new)
        // One that changes no sides is never told as a transposed one.
        .filter(shape -> shape.filter.changesSides() || !shape.transposed);
  }
}
