package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.testing.SideEffects;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.profiler.OpProfiler;

/** What the library does to the process and the machine it runs in, besides what it was asked. */
class SideEffectsTest {

  @TempDir Path folder;

  @Test
  void leavesNothingBehindButTheFilesItWasAskedFor() throws Exception {
    assertThat(SideEffects.of(Bystander.class, folder))
        .containsExactly(
            "given/broken.aemodel",
            "given/decoder.aemodel",
            "given/encoder.aemodel",
            "given/run/ae4j.lock",
            "given/run/checkpoint-0000000010.aemodel",
            "given/run/checkpoint-0000000015.aemodel",
            "given/whole.aemodel");
  }

  static final class Bystander implements SideEffects.Program {

    private static final ImageSource DATA = TinyData.source(40, 12);

    @Override
    public Map<String, Object> settings() {
      return Map.of(
          "the type of numbers", Nd4j.dataType(),
          "the type of floating-point numbers", Nd4j.defaultFloatingPointType(),
          "the order of arrays", Nd4j.order(),
          "the profiling", OpProfiler.getInstance().getConfig().toString(),
          "the calls of the garbage collector", Nd4j.getMemoryManager().isPeriodicGcActive(),
          "the time between them", Nd4j.getMemoryManager().getAutoGcWindow(),
          "the workspaces", Nd4j.getWorkspaceManager().getDebugMode(),
          "the threads of an operation", Nd4j.getEnvironment().maxThreads(),
          "the threads of all", Nd4j.getEnvironment().maxMasterThreads());
    }

    @Override
    public void run(Path given) throws IOException {
      Path checkpoints = Files.createDirectory(given.resolve("run"));
      Training training = Training.epochs(3).batchSize(8).checkpoints(Checkpoints.in(checkpoints));
      Autoencoder autoencoder = Autoencoder.dense().hidden(10).bottleneck(2).build();
      autoencoder.fit(DATA, training);
      IntStream.range(0, 8).parallel().forEach(i -> autoencoder.reconstruct(DATA));
      Autoencoder.dense().hidden(10).bottleneck(2).build().resume(DATA, training);
      Dl4j.stock(autoencoder);
      saveAndLoad(autoencoder, given);
      Autoencoder.load(checkpoints);
      diverge();
      runOutOfMemory(autoencoder);
    }

    private static void saveAndLoad(Autoencoder autoencoder, Path given) throws IOException {
      Path whole = given.resolve("whole.aemodel");
      autoencoder.save(whole);
      autoencoder.save(whole, Saving.whole().optimizerState());
      autoencoder.save(given.resolve("encoder.aemodel"), Saving.encoder());
      autoencoder.save(given.resolve("decoder.aemodel"), Saving.decoder());
      Autoencoder.inspect(whole);
      Autoencoder.load(whole).reconstruct(DATA);
      Autoencoder.load(given.resolve("encoder.aemodel")).encode(DATA);

      byte[] bytes = Files.readAllBytes(whole);
      Path broken = given.resolve("broken.aemodel");
      Files.write(broken, Arrays.copyOf(bytes, bytes.length - 1));
      assertThatExceptionOfType(UnreadableModelException.class)
          .isThrownBy(() -> Autoencoder.load(broken));
      assertThatExceptionOfType(UnreadableModelException.class)
          .isThrownBy(() -> Autoencoder.inspect(broken));
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> autoencoder.save(given.resolve("nowhere").resolve("whole.aemodel")));
    }

    private static void diverge() {
      Autoencoder diverging =
          Autoencoder.dense().bottleneck(2).optimizer(Optimizer.sgd(1e9)).build();
      assertThatExceptionOfType(DivergenceException.class)
          .isThrownBy(() -> diverging.fit(DATA, Training.epochs(3).batchSize(8)));
    }

    /** Deeplearning4j would write a report into the working directory. */
    private static void runOutOfMemory(Autoencoder autoencoder) {
      Dl4j.networkOf(autoencoder)
          .addListeners(
              new BaseTrainingListener() {
                @Override
                public void onForwardPass(Model model, List<INDArray> activations) {
                  throw new OutOfMemoryError("made up");
                }
              });
      assertThatExceptionOfType(OutOfMemoryError.class)
          .isThrownBy(() -> autoencoder.fit(DATA, Training.epochs(1).batchSize(8)));
    }
  }
}
