package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.testing.ChildJvm;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments of runs that write a checkpoint at every step. {@code -Dkills=}
 * says how often, {@code -Dkills.seed=} when.
 */
class CheckpointKillTest {

  private static final int KILLS = Integer.getInteger("kills", 25);
  private static final long SEED = Long.getLong("kills.seed", 1);

  private static final int EPOCHS = 12;
  private static final int STEPS = EPOCHS * 10;

  @TempDir Path folder;

  private static ImageSource data() {
    return TinyData.source(77, 12);
  }

  private static Autoencoder autoencoder() {
    return Autoencoder.dense()
        .hidden(10)
        .bottleneck(2)
        .dropout(0.2)
        .corruption(Corruption.gaussian(0.3))
        .build();
  }

  private static Training settings() {
    return Training.epochs(EPOCHS).batchSize(8).cosineDecay();
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void aRunThatWasKilledAtAnyMomentComesOutTheSame() throws Exception {
    Autoencoder uninterrupted = autoencoder();
    History whole = uninterrupted.fit(data(), settings());
    RandomStream random = RandomStream.of(SEED, "kills");

    // The next child gets warm while this one is killed and its run is resumed.
    Child next = new Child();
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        Path home = folder.resolve("run-" + kill);
        try (Child child = next) {
          next = new Child();
          child.train(home);
          child.awaitSteps(1 + random.nextInt(STEPS));
          child.killAfterNanos(random.nextLong(3_000_000));
        }
        String when = "kill %d of seed %d".formatted(kill, SEED);
        assertThat(names(home)).as(when).anyMatch(name -> name.startsWith("checkpoint-"));

        Autoencoder again = autoencoder();
        History history = again.resume(data(), settings().checkpoints(Checkpoints.in(home)));

        assertThat(history.warnings()).as(when).isEmpty();
        assertThat(again.parameters()).as(when).isEqualTo(uninterrupted.parameters());
        assertThat(history.trainingLosses()).as(when).isEqualTo(whole.trainingLosses());
        assertThat(names(home))
            .as("what is left after " + when)
            .hasSize(3)
            .contains("ae4j.lock", String.format(Locale.ROOT, "checkpoint-%010d.aemodel", STEPS))
            .noneMatch(name -> name.endsWith(".tmp"));
      }
    } finally {
      next.close();
    }
  }

  private static List<String> names(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Another JVM, warm, waiting to be told where to train. */
  private static final class Child implements AutoCloseable {

    private final Process process;

    Child() throws IOException {
      process =
          ChildJvm.of(
                  Trained.class, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    }

    void train(Path home) throws IOException {
      OutputStream to = process.getOutputStream();
      to.write((home + "\n").getBytes(StandardCharsets.UTF_8));
      to.flush();
    }

    void awaitSteps(int steps) throws IOException {
      InputStream from = process.getInputStream();
      for (int i = 0; i < steps; i++) {
        assertThat(from.read()).as("the child's word that it made step " + i).isEqualTo('.');
      }
    }

    void killAfterNanos(long nanos) throws InterruptedException {
      long start = System.nanoTime();
      while (System.nanoTime() - start < nanos) {
        Thread.onSpinWait();
      }
      assertThat(process.isAlive()).as("the child, which never ends on its own").isTrue();
      process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  /** What the child runs. */
  static final class Trained {
    public static void main(String[] arguments) throws IOException {
      autoencoder().fit(data(), Training.epochs(1).batchSize(8));
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String home = in.readLine();
      if (home == null) {
        return;
      }
      Checkpoints everyStep = Checkpoints.in(Path.of(home)).everySteps(1);
      TrainingListener telling =
          new TrainingListener() {
            @Override
            public void onBatchEnd(BatchEnd event) {
              System.out.write('.');
              System.out.flush();
            }
          };
      autoencoder().resume(data(), settings().checkpoints(everyStep).listener(telling));
      in.readLine(); // until killed
    }
  }
}
