package io.github.autoencoder4j.benchmarks.jmh;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.model.ModelDescription;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Files of a dense model of 784-1024-448-32 and back; a save ends when the disk has it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ModelFileBenchmark {

  /** Whether the file holds what the optimiser remembers, too. */
  @Param({"false", "true"})
  public boolean optimizerState;

  private final Autoencoder autoencoder =
      Autoencoder.dense().hidden(1024, 448).bottleneck(32).build();
  private @Nullable Path folder;

  private Path file(String name) {
    return Objects.requireNonNull(folder).resolve(name);
  }

  private Saving saving() {
    return optimizerState ? Saving.whole().optimizerState() : Saving.whole();
  }

  /**
   * Saves what is loaded later.
   *
   * @throws IOException if there is no folder for it
   */
  @Setup
  public void save() throws IOException {
    folder = Files.createTempDirectory("model-files");
    ImageSource digits = Mnist.test().slice(0, 128);
    autoencoder.fit(digits, Training.epochs(1).batchSize(128));
    autoencoder.save(file("loaded.aemodel"), saving());
  }

  /**
   * Removes the files.
   *
   * @throws IOException if one cannot be removed
   */
  @TearDown
  public void remove() throws IOException {
    MoreFiles.deleteRecursively(file(""), RecursiveDeleteOption.ALLOW_INSECURE);
  }

  /** Over a file that is there. */
  @Benchmark
  public void saveAgain() {
    autoencoder.save(file("saved.aemodel"), saving());
  }

  /** All of it. */
  @Benchmark
  public Autoencoder load() {
    return Autoencoder.load(file("loaded.aemodel"));
  }

  /** All but the weights. */
  @Benchmark
  public ModelDescription inspect() {
    return Autoencoder.inspect(file("loaded.aemodel"));
  }
}
