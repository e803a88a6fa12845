package io.github.autoencoder4j.internal.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.architecture.Activation;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.dnnl.global.dnnl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What programs share of what was compiled, and for how long. */
class KernelsTest {

  private static final int N = 1_000;

  @BeforeAll
  static void load() {
    assertThat(OneDnn.isOpen()).isTrue();
  }

  /** {@code out = max(in + in, in)}, in three steps. */
  private static final class Doubling implements AutoCloseable {

    private final Graph graph;
    private final Tensor in;
    private final Tensor out;
    private final List<Step> steps = new ArrayList<>();

    Doubling(Kernels kernels) {
      graph = new Graph(kernels);
      in = graph.keep(graph.tensor(graph.plain(1, N), 1, N));
      Tensor sum = graph.like(in);
      steps.add(graph.binary(dnnl.dnnl_binary_add, in, in, sum));
      Tensor most = graph.like(in);
      steps.add(graph.binary(dnnl.dnnl_binary_max, sum, in, most));
      out = graph.keep(graph.like(in));
      steps.add(graph.copy(most, out));
      graph.seal(List.of(), steps);
      graph.workIn(new Workspace(graph.workspaceBytes()));
    }

    float run(float value) {
      FloatBuffer values = in.buffer();
      for (int i = 0; i < N; i++) {
        values.put(i, value);
      }
      steps.forEach(step -> step.run(0));
      graph.await();
      return out.buffer().get(N - 1);
    }

    @Override
    public void close() {
      graph.close();
    }
  }

  @Test
  void oneDnnKeepsNone() {
    // Once a cache of its own is full, it takes kernels for one another.
    assertThat(dnnl.get_primitive_cache_capacity()).isZero();
  }

  @Test
  void whatIsAskedForAtAPlaceIsCompiledOnce() {
    try (Kernels kernels = new Kernels();
        Doubling first = new Doubling(kernels);
        Doubling second = new Doubling(kernels)) {
      assertThat(kernels.size()).isEqualTo(3);
      assertThat(first.run(1)).isEqualTo(2);
      assertThat(second.run(2)).isEqualTo(4);
    }
  }

  @Test
  void stepsThatAreAlikeShareOneAndOthersDoNot() {
    try (Kernels kernels = new Kernels();
        Graph graph = new Graph(kernels)) {
      List<Step> steps = new ArrayList<>();
      Tensor in = graph.keep(graph.tensor(graph.plain(1, N), 1, N));
      Tensor sum = in;
      for (int i = 0; i < 5; i++) {
        Tensor more = graph.keep(graph.like(in));
        steps.add(graph.binary(dnnl.dnnl_binary_add, sum, in, more));
        sum = more;
      }
      assertThat(kernels.size()).isEqualTo(1);
      Tensor out = graph.keep(graph.like(in));
      steps.add(graph.binary(dnnl.dnnl_binary_max, sum, in, out));
      assertThat(kernels.size()).as("another operation").isEqualTo(2);
      Tensor rectified = graph.keep(graph.like(in));
      steps.add(
          graph.binary(dnnl.dnnl_binary_add, Eltwise.of(Activation.RELU), out, in, rectified));
      assertThat(kernels.size()).as("an activation").isEqualTo(3);
      Tensor longer = graph.keep(graph.tensor(graph.plain(1, N + 1), 1, N + 1));
      steps.add(graph.binary(dnnl.dnnl_binary_add, longer, longer, longer));
      assertThat(kernels.size()).as("other sides").isEqualTo(4);
      graph.seal(List.of(), steps);
      graph.workIn(new Workspace(graph.workspaceBytes()));
      for (int i = 0; i < N; i++) {
        in.buffer().put(i, -i);
      }
      steps.forEach(step -> step.run(0));
      graph.await();
      assertThat(sum.buffer().get(N - 1)).isEqualTo(-6f * (N - 1));
      assertThat(out.buffer().get(N - 1)).isEqualTo(-(N - 1f));
      assertThat(rectified.buffer().get(N - 1)).isZero();
    }
  }

  @Test
  void programsKeepTheirsWhenTheOthersEnd() {
    Kernels kernels = new Kernels();
    Doubling first = new Doubling(kernels);
    Doubling second = new Doubling(kernels);
    kernels.close();
    first.close();
    kernels.close();
    try (Doubling third = new Doubling(kernels)) {
      assertThat(kernels.size()).isZero();
      assertThat(second.run(3)).isEqualTo(6);
      assertThat(third.run(4)).isEqualTo(8);
    } finally {
      second.close();
    }
  }

  @Test
  void threadsThatCompileAtATimeShare() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Kernels kernels = new Kernels()) {
      List<Callable<Float>> tasks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int value = i;
        tasks.add(
            () -> {
              try (Doubling program = new Doubling(kernels)) {
                return program.run(value);
              }
            });
      }
      List<Future<Float>> results = threads.invokeAll(tasks);
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).isEqualTo(2f * i);
      }
      assertThat(kernels.size()).isEqualTo(3);
    } finally {
      threads.shutdownNow();
    }
  }
}
