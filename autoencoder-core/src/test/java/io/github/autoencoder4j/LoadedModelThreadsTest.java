package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One loaded model, used by many threads at once. */
class LoadedModelThreadsTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 40;
  private static final int SIZES = 33;
  private static final ImageShape SHAPE = new ImageShape(8, 8, 1);

  @TempDir private Path directory;

  static Stream<AutoencoderBuilder<?>> builders() {
    return Stream.of(
        Autoencoder.dense().hidden(30).bottleneck(4), Autoencoder.conv().latent(2, 2, 3));
  }

  @ParameterizedTest
  @MethodSource("builders")
  void allGetTheResultsOfOne(AutoencoderBuilder<?> builder) throws Exception {
    ImageSource data = ImageSource.of(SHAPE, TinyData.rows(64, SHAPE.size()));
    Autoencoder saved = builder.build();
    saved.fit(data, Training.epochs(1).batchSize(16));
    Path file = directory.resolve("shared.aemodel");
    saved.save(file);
    Autoencoder loaded = Autoencoder.load(file);
    // The last bits of a product may depend on how many rows it has, so each size is computed once.
    float[][][] codes = new float[SIZES][][];
    float[][][] outputs = new float[SIZES][][];
    for (int n = 1; n < SIZES; n++) {
      codes[n] = saved.encode(data.slice(0, n));
      outputs[n] = saved.decode(codes[n]);
    }

    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<Integer>> users = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int from = t;
        users.add(
            pool.submit(
                () -> {
                  start.await();
                  int right = 0;
                  for (int round = 0; round < ROUNDS; round++) {
                    // Different amounts, so that no buffer fits two by chance.
                    int n = 1 + (from * 7 + round) % (SIZES - 1);
                    ImageSource some = data.slice(0, n);
                    boolean same =
                        Arrays.deepEquals(loaded.encode(some), codes[n])
                            && Arrays.deepEquals(loaded.decode(codes[n]), outputs[n])
                            && Arrays.deepEquals(loaded.reconstruct(some), outputs[n]);
                    right += same ? 1 : 0;
                  }
                  return right;
                }));
      }
      for (Future<Integer> user : users) {
        assertThat(user.get()).isEqualTo(ROUNDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
