package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.internal.onednn.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LanesTest {

  private static final long KEEP_NANOS = 200_000_000L;
  private static final int WIDTH = 4;

  private final Lanes lanes = new Lanes(KEEP_NANOS);

  @BeforeEach
  void needsNativeCode() {
    NativeBackend.require();
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("autoencoder-lane"))
        .toList();
  }

  @Test
  void doesEachPieceOnce() {
    for (int pieces : new int[] {0, 1, 2, 3, 4, 5, 100}) {
      AtomicIntegerArray done = new AtomicIntegerArray(pieces);
      lanes.run(pieces, WIDTH, done::incrementAndGet);
      for (int i = 0; i < pieces; i++) {
        assertThat(done.get(i)).isEqualTo(1);
      }
    }
  }

  @Test
  void runsPiecesSideBySide() {
    CountDownLatch together = new CountDownLatch(4);
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    lanes.run(
        4,
        WIDTH,
        i -> {
          seen.add(Thread.currentThread());
          together.countDown();
          try {
            // Nobody gets past this alone.
            together.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(seen).hasSize(4).contains(Thread.currentThread());
  }

  /**
   * A small job is done before the thread wakes that was to help, or leaves it at its last piece.
   */
  @Test
  void aThreadHelpsWithTheNextJobThoughItWasLateForTheOneBefore() throws Exception {
    for (int i = 0; i < 300; i++) {
      if (i % 3 > 0) {
        // Past the moment for which it looks out.
        Thread.sleep(1);
      }
      for (int small = 0; small < i % 4; small++) {
        lanes.run(2, 2, piece -> {});
      }
      CountDownLatch both = new CountDownLatch(2);
      lanes.run(
          2,
          2,
          piece -> {
            both.countDown();
            try {
              assertThat(both.await(10, TimeUnit.SECONDS)).as("side by side").isTrue();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  @Test
  void throwsWhatAPieceThrew() {
    for (int failing : new int[] {0, 1, 7}) {
      assertThatThrownBy(
              () ->
                  lanes.run(
                      8,
                      WIDTH,
                      i -> {
                        if (i == failing) {
                          throw new IllegalArgumentException("piece " + i);
                        }
                      }))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("piece " + failing);
    }
    assertThatThrownBy(
            () ->
                lanes.run(
                    2,
                    WIDTH,
                    i -> {
                      throw new AssertionError("no exception");
                    }))
        .isExactlyInstanceOf(AssertionError.class);
    doesEachPieceOnce();
  }

  @Test
  void servesManyCallersAtOnce() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(6);
    try {
      AtomicInteger sum = new AtomicInteger();
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        int pieces = i % 7;
        tasks.add(
            () -> {
              AtomicInteger mine = new AtomicInteger();
              lanes.run(
                  pieces,
                  WIDTH,
                  piece -> {
                    mine.incrementAndGet();
                    sum.incrementAndGet();
                  });
              return mine.get() - pieces;
            });
      }
      for (Future<Integer> result : callers.invokeAll(tasks)) {
        assertThat(result.get()).isZero();
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void keepsAnInterruptForTheCaller() {
    Thread.currentThread().interrupt();
    AtomicInteger done = new AtomicInteger();
    lanes.run(50, WIDTH, i -> done.incrementAndGet());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done.get()).isEqualTo(50);
  }

  /** To wake a thread takes longer than a short call gains. */
  @Test
  void lendsAThreadThatIsAwakeOrAskedForAgainAndAgain() throws Exception {
    Parallel caller = lanes.caller(() -> WIDTH);
    CountDownLatch done = new CountDownLatch(1);
    assertThat(caller.lend(done::countDown)).isFalse();
    int asked = 1;
    while (!caller.lend(done::countDown)) {
      asked++;
    }
    done.await();
    assertThat(asked).isGreaterThan(10);
  }

  /** Or the next batch would find the thread taken that is being woken for it. */
  @Test
  void whatWasLentRunsOnceOrIsTakenBack() throws Exception {
    Parallel caller = lanes.caller(() -> WIDTH);
    AtomicInteger ran = new AtomicInteger();
    int lent = 0;
    int takenBack = 0;
    while (takenBack == 0 || lent < 1_000) {
      if (caller.lend(ran::incrementAndGet)) {
        lent++;
      }
      Runnable work = ran::incrementAndGet;
      if (caller.lend(work)) {
        lent++;
        takenBack += caller.takeBack(work) ? 1 : 0;
        assertThat(caller.takeBack(work)).isFalse();
      }
    }
    while (ran.get() < lent - takenBack) {
      Thread.onSpinWait();
    }
    doesEachPieceOnce();
    assertThat(ran).hasValue(lent - takenBack);
  }

  @Test
  void lendsNoThreadWhereEachCoreHasACaller() throws Exception {
    Parallel caller = lanes.caller(() -> 2);
    CountDownLatch inside = new CountDownLatch(2);
    CountDownLatch asked = new CountDownLatch(2);
    ExecutorService callers = Executors.newFixedThreadPool(2);
    try {
      AtomicInteger lent = new AtomicInteger();
      Callable<Void> task =
          () -> {
            lanes.run(
                1,
                2,
                i -> {
                  awaitAll(inside);
                  for (int ask = 0; ask < 1_000; ask++) {
                    lent.addAndGet(caller.lend(() -> {}) ? 1 : 0);
                  }
                  awaitAll(asked);
                });
            return null;
          };
      for (Future<Void> result : callers.invokeAll(List.of(task, task))) {
        result.get();
      }
      assertThat(lent).hasValue(0);
      assertThat(lanes.caller(() -> 1).lend(() -> {})).isFalse();
    } finally {
      callers.shutdownNow();
    }
  }

  private static void awaitAll(CountDownLatch latch) {
    latch.countDown();
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    doesEachPieceOnce();
    for (Thread thread : threads()) {
      assertThat(thread.isDaemon()).isTrue();
      assertThat(thread.getContextClassLoader()).isNull();
      // Those of the shared lanes, if an earlier test used them, last a little longer.
      thread.join();
    }
    assertThat(threads()).isEmpty();
    doesEachPieceOnce();
  }
}
