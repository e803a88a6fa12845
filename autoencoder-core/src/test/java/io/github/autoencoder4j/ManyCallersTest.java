package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Random calls of everything from 16 threads at once, by sources, listeners and consumers too: none
 * waits for ever, and every answer is one that a lone caller would get of weights that a change has
 * left behind. {@code -Dcalls=} says how many, {@code -Dcalls.seed=} which.
 */
class ManyCallersTest {

  private static final int CALLS = Integer.getInteger("calls", 1_500);
  private static final long SEED = Long.getLong("calls.seed", 1);

  private static final int THREADS = 16;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private static final ImageSource DATA = TinyData.source(30, 12);
  private static final ImageSource FEW = DATA.slice(3, 14);
  private static final float[][] CODES = {{0, 1}, {-2, 0.5f}, {3, 3}};
  private static final LatentNoise CHANNEL = LatentNoise.variance(0.1);

  @TempDir Path folder;

  private final List<Autoencoder> autoencoders = new ArrayList<>();

  /** The weights that changes have left behind, as text. */
  private final Map<String, float[]> states = new ConcurrentHashMap<>();

  /** What was asked of whatever weights, with each answer that was given. */
  private final Map<String, Set<String>> answers = new ConcurrentHashMap<>();

  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger files = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicLong lastProgress = new AtomicLong();

  private static Autoencoder fresh(long seed) {
    return Autoencoder.dense().hidden(9).bottleneck(2).seed(seed).build();
  }

  private static String text(Object answer) {
    return Arrays.deepToString(new Object[] {answer});
  }

  /** Whatever can be asked, with answers that depend on the weights alone. */
  private static Map<String, Function<Autoencoder, Object>> questions() {
    Map<String, Function<Autoencoder, Object>> questions = new LinkedHashMap<>();
    questions.put("encode", a -> a.encode(FEW));
    questions.put("encode rows", a -> a.encode(FEW.toArrays()));
    questions.put("encode by half", a -> a.encoder().encode(FEW));
    questions.put("decode by half", a -> a.decoder().decode(CODES));
    questions.put("decode", a -> a.decode(CODES));
    questions.put("reconstruct", a -> a.reconstruct(FEW));
    questions.put("transmit", a -> a.transmit(FEW, CHANNEL, 5));
    questions.put("evaluate", a -> a.evaluate(FEW));
    questions.put("evaluateTransmission", a -> a.evaluateTransmission(FEW, CHANNEL, 2, 5));
    questions.put("parameters", Autoencoder::parameters);
    questions.put("Dl4j.stock", a -> Dl4j.stock(a).params().toFloatVector());
    questions.put("summary", a -> a.summary().isEmpty());
    questions.put("isTrained", Autoencoder::isTrained);
    questions.put("shapes", a -> a.inputShape() + " " + a.latentShape() + " " + a.architecture());
    return questions;
  }

  private static final Map<String, Function<Autoencoder, Object>> QUESTIONS = questions();
  private static final List<String> NAMES = List.copyOf(QUESTIONS.keySet());

  /** The calls of one thread, which follow from its number and the seed. */
  private final class Caller {

    private final RandomStream random;

    Caller(String name) {
      random = RandomStream.of(SEED, name);
    }

    private Autoencoder any() {
      return autoencoders.get(random.nextInt(autoencoders.size()));
    }

    /** Makes a call, and calls within it unless it is deep within others. */
    void call(int depth) {
      calls.incrementAndGet();
      lastProgress.set(System.nanoTime());
      try {
        int kind = random.nextInt(20);
        if (kind < 10) {
          ask(any());
        } else if (kind < 12) {
          askWithin(any(), depth);
        } else if (kind == 12) {
          save(any());
        } else if (kind == 13) {
          any().trainingRuns();
          ask(fromFile(any()));
        } else if (kind == 14) {
          closeWhileItIsUsed(depth);
        } else if (kind == 15) {
          Autoencoder other = any();
          any().copyWeightsFrom(other);
        } else if (kind < 19) {
          train(any(), depth, false);
        } else {
          train(any(), depth, true);
        }
      } catch (IllegalStateException e) {
        String message = String.valueOf(e.getMessage());
        if (depth > 0
            && (message.contains("was called from within")
                || message.contains("was called while"))) {
          refusals.incrementAndGet();
        } else {
          failures.add(e);
        }
      } catch (Throwable e) {
        failures.add(e);
      }
    }

    private void ask(Autoencoder autoencoder) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      answered(name, text(QUESTIONS.get(name).apply(autoencoder)));
    }

    private void answered(String name, String answer) {
      answers.computeIfAbsent(name, key -> ConcurrentHashMap.newKeySet()).add(answer);
    }

    /** Its source and its consumer call too, the former on several threads. */
    private void askWithin(Autoencoder autoencoder, int depth) {
      Caller within = new Caller("within " + random.nextLong());
      AtomicInteger reads = new AtomicInteger();
      ImageSource nosy =
          Wrapped.before(
              FEW,
              () -> {
                if (depth < 2 && reads.incrementAndGet() == 4) {
                  within.call(depth + 1);
                }
              });
      List<float[]> codes = new ArrayList<>();
      autoencoder.encode(
          nosy,
          (index, code) -> {
            codes.add(code);
            if (depth < 2 && index == 2) {
              within.call(depth + 1);
            }
          });
      answered("encode", text(codes.toArray(float[][]::new)));
    }

    private Path file() {
      return folder.resolve("file-" + files.incrementAndGet());
    }

    private void save(Autoencoder autoencoder) throws IOException {
      Path file = file();
      boolean state = random.nextInt(3) == 0;
      autoencoder.save(file, state ? Saving.whole().optimizerState() : Saving.whole());
      assertThat(Autoencoder.inspect(file).hasOptimizerState()).isEqualTo(state);
      try (Autoencoder saved = Autoencoder.load(file)) {
        ask(saved);
      }
      Files.delete(file);
    }

    private Autoencoder fromFile(Autoencoder autoencoder) throws IOException {
      Path file = file();
      autoencoder.save(file);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return Autoencoder.load(new ByteArrayInputStream(bytes));
    }

    private void closeWhileItIsUsed(int depth) {
      Autoencoder doomed = fresh(random.nextLong());
      doomed.copyWeightsFrom(any());
      doomed.encode(FEW, (index, code) -> doomed.close());
      doomed.close();
      if (depth < 2) {
        Autoencoder trained = fresh(random.nextLong());
        train(trained, depth + 1, false);
        trained.close();
      }
    }

    private void train(Autoencoder autoencoder, int depth, boolean resume) {
      Caller reading = new Caller("reading " + random.nextLong());
      AtomicInteger reads = new AtomicInteger();
      ImageSource nosy =
          Wrapped.before(
              DATA,
              () -> {
                if (depth < 2 && reads.incrementAndGet() == 7) {
                  learntIfAny(autoencoder);
                  reading.call(depth + 1);
                }
              });
      int stop = random.nextInt(40);
      AtomicInteger asked = new AtomicInteger();
      Training training =
          Training.epochs(1 + random.nextInt(2))
              .batchSize(10)
              .threads(1 + random.nextInt(2))
              .listener(watching(autoencoder, depth))
              .cancelWhen(() -> asked.getAndIncrement() == stop);
      if (resume) {
        autoencoder.resume(nosy, training.checkpoints(Checkpoints.in(file())));
      } else {
        autoencoder.fit(nosy, training);
      }
    }

    private TrainingListener watching(Autoencoder autoencoder, int depth) {
      return new TrainingListener() {
        @Override
        public void onBatchEnd(BatchEnd event) {
          if (depth < 2 && event.batch() == 2) {
            // What this thread, and nobody else, sees from within.
            learntIfAny(autoencoder);
            call(depth + 1);
            // Who is asked meanwhile does not wait for this run, so it may wait for him.
            FutureTask<Boolean> other =
                new FutureTask<>(() -> new Caller("for " + event).isAnswered(any()));
            new Thread(other, "asked by a listener").start();
            try {
              assertThat(other.get()).isTrue();
            } catch (Exception e) {
              failures.add(e);
            }
          }
        }

        @Override
        public void onEnd(History history) {
          learntIfAny(autoencoder);
        }
      };
    }

    private boolean isAnswered(Autoencoder autoencoder) {
      ask(autoencoder);
      return true;
    }
  }

  private void learnt(float[] parameters) {
    states.put(Arrays.toString(parameters), parameters);
  }

  private void learntIfAny(Autoencoder autoencoder) {
    if (autoencoder.isTrained()) {
      learnt(autoencoder.parameters());
    }
  }

  private void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        thread.join(1_000);
        if (System.nanoTime() - lastProgress.get() > PATIENCE_NANOS) {
          StringBuilder dump = new StringBuilder();
          for (ThreadInfo info : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
            dump.append(info);
          }
          throw new AssertionError("no call has come back for a minute: " + dump);
        }
      }
    }
  }

  @Test
  void waitForNobodyForEverAndGetTheAnswersOfALoneCaller() throws Exception {
    for (int i = 0; i < 3; i++) {
      Autoencoder autoencoder = fresh(i);
      autoencoder.fit(DATA, Training.epochs(2).batchSize(10));
      learnt(autoencoder.parameters());
      autoencoders.add(autoencoder);
    }
    lastProgress.set(System.nanoTime());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Caller caller = new Caller("caller " + i);
      Thread thread =
          new Thread(
              () -> {
                while (calls.get() < CALLS && failures.isEmpty()) {
                  caller.call(0);
                }
              },
              "caller " + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    join(threads);
    assertThat(failures).as("seed " + SEED).isEmpty();
    assertThat(calls).hasValueGreaterThanOrEqualTo(CALLS);
    assertThat(refusals).hasPositiveValue();
    assertThatAllAreThoseOfALoneCaller();
  }

  private void assertThatAllAreThoseOfALoneCaller() {
    Map<String, Set<String>> possible = new HashMap<>();
    try (Autoencoder lone = fresh(99)) {
      lone.fit(DATA, Training.epochs(1).batchSize(10));
      for (float[] state : states.values()) {
        Dl4j.networkOf(lone).setParams(Nd4j.createFromArray(state).reshape(1, -1));
        QUESTIONS.forEach(
            (name, question) ->
                possible
                    .computeIfAbsent(name, key -> new HashSet<>())
                    .add(text(question.apply(lone))));
      }
    }
    answers.forEach(
        (name, given) ->
            assertThat(possible.get(name))
                .as("answers to %s, seed %s", name, SEED)
                .containsAll(given));
  }
}
