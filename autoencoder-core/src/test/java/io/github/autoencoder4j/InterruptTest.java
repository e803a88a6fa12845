package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.google.common.util.concurrent.Uninterruptibles;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingWarning;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Interrupts at random moments: a run of training is cancelled and can be resumed, and whatever
 * else reads or writes files does so to its end. {@code -Dinterrupts=} says how often, {@code
 * -Dinterrupts.seed=} when.
 */
class InterruptTest {

  private static final int INTERRUPTS = Integer.getInteger("interrupts", 120);
  private static final long SEED = Long.getLong("interrupts.seed", 1);

  private static final ImageSource DATA = TinyData.source(50, 96);

  @TempDir Path folder;

  /** All that there is to compare with. */
  private float[] parameters;

  private List<TrainingWarning> warnings;

  /** A run that stopped half way. */
  private Path halfWay;

  private Path model;

  private final RandomStream random = RandomStream.of(SEED, "interrupts");

  /** Large enough for its checkpoints to take a moment to read. */
  private static Autoencoder fresh() {
    return Autoencoder.dense().hidden(128).bottleneck(4).seed(3).build();
  }

  private static Training training(Path checkpoints) {
    return Training.epochs(4)
        .batchSize(10)
        .cosineDecay()
        .checkpoints(Checkpoints.in(checkpoints).everySteps(5));
  }

  @BeforeEach
  void train() {
    halfWay = folder.resolve("half-way");
    model = folder.resolve("whole.aemodel");
    int[] asked = {0};
    try (Autoencoder stopped = fresh()) {
      stopped.fit(DATA, training(halfWay).cancelWhen(() -> asked[0]++ == 10));
    }
    try (Autoencoder whole = fresh()) {
      warnings = whole.fit(DATA, training(folder.resolve("whole"))).warnings();
      parameters = whole.parameters();
      whole.save(model);
    }
  }

  /** Does it on a thread that is interrupted at some moment, and says what came of it. */
  private <T> T interrupted(long withinNanos, Callable<T> action) throws Exception {
    long after = random.nextLong(Math.max(1, withinNanos));
    Thread worker = Thread.currentThread();
    CountDownLatch begun = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              begun.countDown();
              long end = System.nanoTime() + after;
              while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
              }
              worker.interrupt();
            });
    other.start();
    Uninterruptibles.awaitUninterruptibly(begun);
    T result;
    try {
      result = action.call();
    } finally {
      Uninterruptibles.joinUninterruptibly(other);
      assertThat(Thread.interrupted()).as("the thread is still interrupted").isTrue();
    }
    return result;
  }

  private static Path copyOf(Path folder, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  private void assertCancelledOrOver(History history) {
    assertThat(history.stopReason()).isIn(StopReason.CANCELLED, StopReason.COMPLETED);
  }

  /** A run that is resumed until it is over has the weights of one that was left alone. */
  private void assertGoesOn(Path checkpoints) throws IOException {
    try (Autoencoder again = fresh()) {
      History history = again.resume(DATA, training(checkpoints));
      assertThat(history.stopReason()).isEqualTo(StopReason.COMPLETED);
      assertThat(history.epochs()).hasSize(4);
      assertThat(history.warnings()).isEqualTo(warnings);
      assertThat(again.parameters()).isEqualTo(parameters);
    }
    MoreFiles.deleteRecursively(checkpoints, RecursiveDeleteOption.ALLOW_INSECURE);
  }

  private void fit(int number, long nanos) throws Exception {
    Path run = folder.resolve("fit-" + number);
    try (Autoencoder autoencoder = fresh()) {
      assertCancelledOrOver(interrupted(nanos, () -> autoencoder.fit(DATA, training(run))));
    }
    assertGoesOn(run);
  }

  private void resume(int number, long nanos) throws Exception {
    Path run = copyOf(halfWay, folder.resolve("resume-" + number));
    try (Autoencoder autoencoder = fresh()) {
      History history = interrupted(nanos, () -> autoencoder.resume(DATA, training(run)));
      assertCancelledOrOver(history);
      // It was read, whatever happened meanwhile.
      assertThat(history.epochs()).hasSizeGreaterThanOrEqualTo(2);
    }
    assertGoesOn(run);
  }

  private void save(int number, long nanos) throws Exception {
    Path file = folder.resolve("saved-" + number + ".aemodel");
    try (Autoencoder autoencoder = Autoencoder.load(model)) {
      interrupted(
          nanos,
          () -> {
            autoencoder.save(file, Saving.whole().optimizerState());
            return file;
          });
    }
    try (Autoencoder saved = Autoencoder.load(file)) {
      assertThat(saved.parameters()).isEqualTo(parameters);
    }
    Files.delete(file);
  }

  private void load(int number, long nanos) throws Exception {
    byte[] bytes = Files.readAllBytes(model);
    Callable<Autoencoder> loading =
        switch (number % 3) {
          case 0 -> () -> Autoencoder.load(model);
          case 1 -> () -> Autoencoder.load(folder.resolve("whole"));
          default -> () -> Autoencoder.load(new ByteArrayInputStream(bytes));
        };
    try (Autoencoder loaded = interrupted(nanos, loading)) {
      assertThat(loaded.parameters()).isEqualTo(parameters);
    }
    assertThat(interrupted(nanos, () -> Autoencoder.inspect(model)).spec().seed()).isEqualTo(3);
  }

  /** Something that takes a while. */
  private interface Trial {
    void run(int number, long nanos) throws Exception;
  }

  @Test
  void atAnyMomentEndsInWhatIsPromised() throws Exception {
    List<Trial> trials = List.of(this::fit, this::resume, this::save, this::load);
    long[] nanos = new long[trials.size()];
    for (int i = 0; i < trials.size(); i++) {
      // Warm first, then timed: interrupts are to meet every moment of it.
      for (int warm = 0; warm < 6; warm++) {
        long start = System.nanoTime();
        trials.get(i).run(-1 - warm, 1);
        nanos[i] = System.nanoTime() - start;
      }
    }
    // A trial that is cancelled at once took long for what resumes it.
    nanos[0] /= 2;
    nanos[1] /= 2;
    for (int i = 0; i < INTERRUPTS; i++) {
      int kind = i % trials.size();
      try {
        trials.get(kind).run(i, nanos[kind]);
      } catch (Throwable e) {
        throw new AssertionError("interrupt %d of seed %d".formatted(i, SEED), e);
      }
    }
  }

  @Test
  void filesAreReadAndWrittenOnAThreadThatIsInterruptedAlready() throws Exception {
    for (int i = 0; i < 3; i++) {
      save(i, 1);
      load(i, 1);
      fit(i, 1);
      resume(i, 1);
    }
  }
}
