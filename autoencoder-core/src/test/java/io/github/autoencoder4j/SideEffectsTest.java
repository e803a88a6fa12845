package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

/** What the library does to the process and the machine it runs in, besides what it was asked. */
class SideEffectsTest {

  @TempDir Path folder;

  @Test
  void leavesNothingBehindButTheFilesItWasAskedFor() throws Exception {
    Path given = Files.createDirectory(folder.resolve("given"));
    Path work = Files.createDirectory(folder.resolve("work"));
    Path home = Files.createDirectory(folder.resolve("home"));
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:-UsePerfData",
                // Loggers belong to the application; one that is silent shows what goes past them.
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-Dorg.slf4j.simpleLogger.log.org.nd4j=off",
                "-Dorg.slf4j.simpleLogger.log.org.deeplearning4j=off",
                "-Dorg.slf4j.simpleLogger.log.org.bytedeco=off",
                // Where JavaCPP keeps the native libraries it unpacked.
                "-Dorg.bytedeco.javacpp.cachedir="
                    + Path.of(System.getProperty("user.home"), ".javacpp", "cache"),
                "-Duser.home=" + home,
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Bystander.class.getName(),
                given.toString())
            .directory(work.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      // It ends on its own only if no thread is left.
      assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      child.destroyForcibly();
    }

    assertThat(err).isEmptyFile();
    assertThat(out).isEmptyFile();
    assertThat(child.exitValue()).isZero();
    assertThat(names(work)).isEmpty();
    assertThat(names(home)).isEmpty();
    assertThat(names(temporary)).isEmpty();
    assertThat(names(given))
        .containsExactly(
            "ae4j.lock",
            "checkpoint-0000000010.aemodel",
            "checkpoint-0000000015.aemodel",
            "threads.txt");
    assertThat(Files.readAllLines(given.resolve("threads.txt"))).isEmpty();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Uses the library as a program would, failures included. */
  static final class Bystander {

    private static final ImageSource DATA = TinyData.source(40, 12);

    public static void main(String[] arguments) throws IOException, InterruptedException {
      Path given = Path.of(arguments[0]);
      Training training = Training.epochs(3).batchSize(8).checkpoints(Checkpoints.in(given));
      Autoencoder autoencoder = Autoencoder.dense().hidden(10).bottleneck(2).build();
      autoencoder.fit(DATA, training);
      IntStream.range(0, 8).parallel().forEach(i -> autoencoder.reconstruct(DATA));
      Autoencoder.dense().hidden(10).bottleneck(2).build().resume(DATA, training);
      diverge();
      runOutOfMemory(autoencoder);
      Files.write(given.resolve("threads.txt"), threadsLeft());
    }

    /**
     * The names of our threads that are there still when those that wait for work have given up.
     */
    private static List<String> threadsLeft() throws InterruptedException {
      List<String> left = new ArrayList<>();
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        boolean ours = !thread.isDaemon() || thread.getName().contains("autoencoder");
        if (ours && thread != Thread.currentThread() && !thread.getName().equals("DestroyJavaVM")) {
          thread.join(10_000);
          if (thread.isAlive()) {
            left.add(thread.getName());
          }
        }
      }
      return left;
    }

    private static void diverge() {
      try {
        Autoencoder.dense()
            .bottleneck(2)
            .optimizer(new Sgd(1e9))
            .build()
            .fit(DATA, Training.epochs(3).batchSize(8));
        throw new AssertionError("did not diverge");
      } catch (DivergenceException e) {
        // as it should
      }
    }

    /** Deeplearning4j would write a report into the working directory. */
    private static void runOutOfMemory(Autoencoder autoencoder) {
      autoencoder
          .network()
          .addListeners(
              new BaseTrainingListener() {
                @Override
                public void onForwardPass(Model model, List<INDArray> activations) {
                  throw new OutOfMemoryError("made up");
                }
              });
      try {
        autoencoder.fit(DATA, Training.epochs(1).batchSize(8));
        throw new AssertionError("had memory enough");
      } catch (OutOfMemoryError e) {
        // as it should
      }
    }
  }
}
