package io.github.autoencoder4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clusters of several processes give what one process gives, whatever is killed meanwhile.
 *
 * <p>Tests have threads of their own, since nothing interrupts a read of what a process says.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterTest {

  @TempDir static Path folder;

  private static String expected = "";
  private static Cluster cluster;

  private final List<Process> drivers = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startCluster() throws Exception {
    expected = TrainingProgram.train(Sessions.local(), TrainingProgram.estimator());
    cluster = Cluster.start(folder);
  }

  /** Those that a test has not waited for, because it failed or took too long. */
  @AfterEach
  void stopDrivers() {
    for (Process driver : drivers) {
      driver.descendants().forEach(ProcessHandle::destroyForcibly);
      driver.destroyForcibly();
    }
  }

  private Process driver(String master, Path result, String checkpoints, Path log)
      throws Exception {
    Process driver = Cluster.driver(master, result, checkpoints, log);
    drivers.add(driver);
    return driver;
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void localClusterTrainsAsOneProcess() throws Exception {
    Path result = folder.resolve("local-cluster");
    Process driver = driver("local-cluster[2,1,1024]", result, "none", folder.resolve("lc.log"));
    try (BufferedReader output = reader(driver)) {
      Cluster.awaitRounds(output, Integer.MAX_VALUE);
    }
    assertThat(ChildJvm.ended(driver, 3)).isZero();
    assertThat(result).hasContent(expected);
  }

  @Test
  void executorsThatAreKilledChangeNothing() throws Exception {
    killExecutors("killed", RandomStream.of(20, "kills"), 3);
  }

  @Test
  void aDriverThatIsKilledResumes() throws Exception {
    killDriver("driver", RandomStream.of(21, "kills"), 1);
  }

  /** 25 kills. */
  @RepeatedTest(5)
  @Tag("kills")
  void manyExecutorsThatAreKilledChangeNothing(RepetitionInfo run) throws Exception {
    killExecutors(
        "many" + run.getCurrentRepetition(), RandomStream.of(System.nanoTime(), "kills"), 5);
  }

  /** 10 kills. */
  @RepeatedTest(5)
  @Tag("kills")
  void driversThatAreKilledResume(RepetitionInfo run) throws Exception {
    killDriver(
        "drivers" + run.getCurrentRepetition(), RandomStream.of(System.nanoTime(), "kills"), 2);
  }

  private void killExecutors(String name, RandomGenerator random, int wanted) throws Exception {
    Path result = folder.resolve(name);
    Process driver = driver(cluster.master(), result, "none", folder.resolve(name + ".log"));
    int kills = 0;
    try (BufferedReader output = reader(driver)) {
      // Within a round, or before the first one, wherever that is.
      while (kills < wanted && Cluster.awaitRounds(output, random.nextInt(5))) {
        Thread.sleep(random.nextInt(400));
        if (cluster.killExecutor(random)) {
          kills++;
        }
      }
      Cluster.awaitRounds(output, Integer.MAX_VALUE);
    }
    assertThat(ChildJvm.ended(driver, 3)).as("see %s.log", result).isZero();
    assertThat(result).hasContent(expected);
    assertThat(kills).isEqualTo(wanted);
  }

  private void killDriver(String name, RandomGenerator random, int kills) throws Exception {
    Path result = folder.resolve(name);
    Path log = folder.resolve(name + ".log");
    String checkpoints = folder.resolve(name + "-checkpoints").toUri().toString();
    for (int kill = 0; kill < kills; kill++) {
      Process driver = driver(cluster.master(), result, checkpoints, log);
      try (BufferedReader output = reader(driver)) {
        assertThat(Cluster.awaitRounds(output, 3 + random.nextInt(4))).isTrue();
        Thread.sleep(random.nextInt(200));
        driver.destroyForcibly();
      }
      driver.waitFor();
      assertThat(result).doesNotExist();
    }
    Process driver = driver(cluster.master(), result, checkpoints, log);
    int rounds = 0;
    try (BufferedReader output = reader(driver)) {
      while (Cluster.awaitRounds(output, 1)) {
        rounds++;
      }
    }
    assertThat(ChildJvm.ended(driver, 3)).isZero();
    assertThat(result).hasContent(expected);
    assertThat(rounds).as("the run is resumed, not begun again").isLessThan(TrainingProgram.ROUNDS);
    try (var files = Files.list(Path.of(java.net.URI.create(checkpoints)))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(file -> file.startsWith("_"))
          .as("the last two are kept")
          .filteredOn(file -> file.startsWith("checkpoint-"))
          .hasSize(2);
    }
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
