package io.github.autoencoder4j.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.files.AtomicFile;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.internal.files.FaultyDisk;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.testing.DiskFaults;
import io.github.autoencoder4j.testing.DiskFaults.Fault;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import io.github.autoencoder4j.training.TrainingWarning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that fails, at every operation of a run that writes a checkpoint at every step. */
class CheckpointFaultTest {

  private static final ImageSource DATA = TinyData.source(12, 6);
  private static final int STEPS = 4;

  @TempDir Path folder;

  private static Engine engine() {
    return Engine.create(
        new Spec(
            new DenseArchitecture(DATA.shape(), List.of(3), 2, Activation.SILU, 0.1),
            List.of(),
            Output.bernoulli(),
            Penalty.NONE,
            Optional.empty(),
            Optimizer.adam(1e-2),
            5));
  }

  private static History run(
      Engine engine, Path home, Disk disk, boolean resume, List<TrainingWarning> warnings) {
    Training settings =
        Training.epochs(2)
            .batchSize(6)
            .checkpoints(Checkpoints.in(home).everySteps(1).keepLast(2).keepBest())
            .listener(
                new TrainingListener() {
                  @Override
                  public void onWarning(TrainingWarning warning) {
                    warnings.add(warning);
                  }
                });
    return Trainer.train(engine, DATA, settings, new PlainModel(), disk, resume);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void theRunGoesOnAndWhatIsThereIsWholeWhateverFailsAndWhenever(Fault fault) throws IOException {
    Engine undisturbed = engine();
    run(undisturbed, folder.resolve("undisturbed"), Disk.SYSTEM, false, new ArrayList<>());
    float[] expected = undisturbed.store().parameters();

    int tried = 0;
    for (boolean lasting : new boolean[] {false, true}) {
      for (boolean namesToo : new boolean[] {false, true}) {
        boolean struck = true;
        for (int operation = 0; struck; operation++) {
          Path home = folder.resolve("try-" + tried++);
          String when =
              "%s at %d, lasting %s, names lost %s".formatted(fault, operation, lasting, namesToo);
          DiskFaults faults = new DiskFaults(fault, operation, lasting);
          List<TrainingWarning> warnings = new ArrayList<>();
          Engine engine = engine();
          History history = run(engine, home, new FaultyDisk(faults), false, warnings);
          struck = faults.struck();

          assertThat(engine.store().parameters()).as(when).isEqualTo(expected);
          assertThat(history.epochs()).hasSize(2);
          assertThat(history.warnings()).isEqualTo(warnings);
          assertThat(warnings)
              .as(when)
              .allMatch(w -> w.kind() == TrainingWarning.Kind.CHECKPOINT_NOT_WRITTEN)
              .allMatch(w -> w.message().contains(home.toString()))
              .hasSizeLessThanOrEqualTo(1);
          if (struck && fault != Fault.SHORT_WRITE) {
            assertThat(warnings).as(when).hasSize(1);
          }
          assertAllWhole(home, when);
          faults.losePower(namesToo);
          assertAllWhole(home, when + ", without power");

          List<TrainingWarning> second = new ArrayList<>();
          Engine again = engine();
          run(again, home, Disk.SYSTEM, true, second);
          assertThat(again.store().parameters()).as(when).isEqualTo(expected);
          assertThat(second).as(when).isEmpty();
          assertThat(names(home))
              .as(when)
              .allMatch(name -> name.endsWith(".aemodel") || name.equals("ae4j.lock"));
        }
      }
    }
    assertThat(tried).as("moments tried").isGreaterThan(STEPS * 4);
  }

  @Test
  void theNamesOfNewFoldersAreOnTheDiskToo() {
    List<Path> forced = new ArrayList<>();
    Disk disk =
        new Disk() {
          @Override
          public void forceFolder(Path path) throws IOException {
            forced.add(path);
            super.forceFolder(path);
          }
        };
    Path home = folder.resolve("new").resolve("deep");
    run(engine(), home, disk, false, new ArrayList<>());
    assertThat(forced).contains(home).containsOnlyOnce(folder, folder.resolve("new"));

    forced.clear();
    run(engine(), home, disk, true, new ArrayList<>());
    assertThat(forced).doesNotContain(folder, folder.resolve("new"));
  }

  @Test
  void warnsOfAnotherEnvironment() throws IOException {
    Path home = folder.resolve("moved");
    Engine engine = engine();
    run(engine, home, Disk.SYSTEM, false, new ArrayList<>());
    Path newest = home.resolve("checkpoint-0000000004.aemodel");
    Snapshot here = CheckpointFile.read(newest, new PlainModel());
    Map<String, String> environment = new HashMap<>(here.circumstances.environment());
    environment.put("a batch is divided into", "64 pieces");
    environment.put("layers run on", "something else");
    Circumstances elsewhere = new Circumstances(here.circumstances.exact(), environment);
    AtomicFile.write(
        newest,
        Disk.SYSTEM,
        out -> CheckpointFile.write(engine, here.progress, elsewhere, new PlainModel(), out));

    List<TrainingWarning> warnings = new ArrayList<>();
    History history = run(engine(), home, Disk.SYSTEM, true, warnings);

    assertThat(warnings).hasSize(1).isEqualTo(history.warnings());
    assertThat(warnings.get(0).kind()).isEqualTo(TrainingWarning.Kind.OTHER_ENVIRONMENT);
    assertThat(warnings.get(0).message())
        .contains("a batch is divided into: was 64 pieces, is ")
        .contains("layers run on: was something else, is " + engine.computePath())
        .contains("Training.threads(...)")
        .doesNotContain("Java");
  }

  @Test
  void warnsOfTheOtherPath() {
    Path home = folder.resolve("path");
    Engine there = engine();
    assumeThat(there.computePath()).isEqualTo("oneDNN");
    run(there, home, Disk.SYSTEM, false, new ArrayList<>());

    List<TrainingWarning> warnings = new ArrayList<>();
    System.setProperty(OneDnn.SWITCH, "off");
    try {
      run(engine(), home, Disk.SYSTEM, true, warnings);
    } finally {
      System.clearProperty(OneDnn.SWITCH);
    }

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).kind()).isEqualTo(TrainingWarning.Kind.OTHER_ENVIRONMENT);
    assertThat(warnings.get(0).message())
        .contains("layers run on: was oneDNN, is ND4J")
        .doesNotContain("Java");
  }

  private static void assertAllWhole(Path home, String when) throws IOException {
    for (String name : names(home)) {
      if (name.endsWith(".aemodel")) {
        Snapshot snapshot = CheckpointFile.read(home.resolve(name), new PlainModel());
        assertThat(snapshot.iteration).as(name + ", " + when).isBetween(1, STEPS);
      }
    }
  }

  private static List<String> names(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
