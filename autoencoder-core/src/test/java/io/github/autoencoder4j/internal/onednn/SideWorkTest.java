package io.github.autoencoder4j.internal.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.random.RandomStream;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SideWorkTest {

  /** One thread that is always awake. */
  private static class Threads extends Thread implements Parallel {

    final AtomicInteger lent = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> asked = new AtomicReference<>();

    @Override
    public boolean lend(Runnable work) {
      boolean idle = asked.compareAndSet(null, work);
      lent.addAndGet(idle ? 1 : 0);
      return idle;
    }

    @Override
    public void run() {
      while (!isInterrupted()) {
        Runnable work = asked.get();
        if (work == null) {
          Thread.onSpinWait();
        } else {
          work.run();
          asked.set(null);
        }
      }
    }
  }

  private final Threads threads = new Threads();
  private final SideWork sideWork = new SideWork(threads, this);

  @BeforeEach
  void start() {
    threads.start();
  }

  @AfterEach
  void end() throws InterruptedException {
    threads.interrupt();
    threads.join();
  }

  private static SideWork.Part part(Runnable action) {
    return new SideWork.Part(iteration -> action.run());
  }

  @Test
  void anotherThreadDoesAPartThatItBegan() {
    Thread[] worker = new Thread[1];
    SideWork.Part part = part(() -> worker[0] = Thread.currentThread());
    // It may not be scheduled at any moment, and then is not waited for.
    do {
      sideWork.offer(part);
      spin(100_000);
    } while (!sideWork.isDone(part));
    assertThat(worker[0]).isNotNull().isNotEqualTo(Thread.currentThread());
    sideWork.await();
  }

  @Test
  void nobodyDoesAPartWhereNoThreadIsLent() {
    SideWork alone = new SideWork(Parallel.CALLER, this);
    AtomicInteger done = new AtomicInteger();
    SideWork.Part part = part(done::incrementAndGet);
    alone.offer(part);
    assertThat(alone.isDone(part)).isFalse();
    alone.await();
    assertThat(done).hasValue(0);
  }

  @Test
  void nobodyWaitsForAThreadThatHasNotCome() {
    Set<Runnable> lent = new HashSet<>();
    Parallel asleep =
        new Parallel() {
          @Override
          public boolean lend(Runnable work) {
            return lent.add(work);
          }

          @Override
          public boolean takeBack(Runnable work) {
            return lent.remove(work);
          }
        };
    SideWork beside = new SideWork(asleep, this);
    for (int run = 0; run < 3; run++) {
      SideWork.Part part = part(() -> {});
      beside.offer(part);
      assertThat(lent).hasSize(1);
      assertThat(beside.isDone(part)).isFalse();
      beside.leave();
      assertThat(lent).isEmpty();
    }
    beside.await();
  }

  /** Its result comes to nothing, and it is given no part until it has left. */
  @Test
  void nobodyWaitsForAThreadThatIsLate() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch scheduled = new CountDownLatch(1);
    SideWork.Part late =
        part(
            () -> {
              begun.countDown();
              SideWorkTest.await(scheduled);
            });
    sideWork.offer(late);
    await(begun);
    assertThat(sideWork.isDone(late)).isFalse();
    sideWork.leave();
    for (int i = 0; i < 10; i++) {
      sideWork.offer(late);
      assertThat(sideWork.isDone(late)).isFalse();
    }
    assertThat(threads.lent).hasValue(1);
    scheduled.countDown();
    sideWork.await();
    while (threads.lent.get() == 1) {
      sideWork.offer(late);
    }
    sideWork.await();
  }

  @Test
  void aPartThatFailsIsNotDone() {
    CountDownLatch begun = new CountDownLatch(1);
    SideWork.Part part =
        part(
            () -> {
              begun.countDown();
              throw new IllegalStateException("as the caller will see");
            });
    sideWork.offer(part);
    await(begun);
    assertThat(sideWork.isDone(part)).isFalse();
    sideWork.await();
  }

  /** Whoever is late at whatever point, what is taken for done is of this run. */
  @Test
  void whatIsDoneIsNeverOfAnEarlierRun() {
    RandomStream random = RandomStream.of(1, "delays");
    int[] given = new int[1];
    int[] results = new int[3];
    AtomicBoolean pause = new AtomicBoolean();
    SideWork.Part[] parts = new SideWork.Part[results.length];
    for (int i = 0; i < parts.length; i++) {
      int number = i;
      parts[i] =
          part(
              () -> {
                if (pause.getAndSet(false)) {
                  LockSupport.parkNanos(200_000);
                }
                results[number] = given[0];
              });
    }
    int done = 0;
    for (int run = 1; run <= 20_000 || done == 0; run++) {
      given[0] = run;
      if (random.nextInt(500) == 0) {
        pause.set(true);
      }
      for (int i = 0; i < parts.length; i++) {
        sideWork.offer(parts[i]);
        spin(random.nextInt(3_000));
        if (sideWork.isDone(parts[i])) {
          assertThat(results[i]).isEqualTo(run);
          done++;
        }
      }
      sideWork.leave();
    }
    sideWork.await();
    assertThat(done).isPositive();
  }

  private static void spin(int nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
