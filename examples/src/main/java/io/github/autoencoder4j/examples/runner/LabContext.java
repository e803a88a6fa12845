package io.github.autoencoder4j.examples.runner;

import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.IdxDataset;
import io.github.autoencoder4j.datasets.Mnist;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all tasks of a run share. */
final class LabContext {

  private static final int QUICK_TRAIN = 6_000;
  private static final int QUICK_TEST = 2_000;

  private final Path out;
  private final Locale language;
  private final long seed;
  private final boolean quick;
  private final @Nullable Path mnistFolder;
  private final String dogSource;
  private final @Nullable Integer seeds;
  private final boolean resume;
  private final Map<String, Object> shared = new HashMap<>();
  private @Nullable LabeledImageSource train;
  private @Nullable LabeledImageSource test;
  private @Nullable DogData dogs;
  private volatile boolean cancelled;

  LabContext(
      Path out,
      Locale language,
      long seed,
      boolean quick,
      @Nullable Path mnistFolder,
      String dogSource,
      @Nullable Integer seeds,
      boolean resume) {
    this.out = out;
    this.language = language;
    this.seed = seed;
    this.quick = quick;
    this.mnistFolder = mnistFolder;
    this.dogSource = dogSource;
    this.seeds = seeds;
    this.resume = resume;
  }

  Path out() {
    return out;
  }

  /** The language that pages open in. */
  Locale language() {
    return language;
  }

  long seed() {
    return seed;
  }

  boolean quick() {
    return quick;
  }

  /** How many seeds to compare settings with, unless the user said. */
  int seeds(int usual) {
    return seeds == null ? usual : seeds;
  }

  /** Whether studies take what they measured in a run before. */
  boolean resumes() {
    return resume;
  }

  String mnistSource() {
    return mnistFolder == null ? "embedded" : mnistFolder.toString();
  }

  LabeledImageSource mnistTrain() {
    loadMnist();
    return Objects.requireNonNull(train);
  }

  LabeledImageSource mnistTest() {
    loadMnist();
    return Objects.requireNonNull(test);
  }

  private void loadMnist() {
    if (train != null) {
      return;
    }
    IdxDataset folder = mnistFolder == null ? null : Mnist.from(mnistFolder);
    LabeledImageSource training = folder == null ? Mnist.train() : folder.train();
    LabeledImageSource testing = folder == null ? Mnist.test() : folder.test();
    // Both or none: the second may be damaged.
    train = limited(training, QUICK_TRAIN);
    test = limited(testing, QUICK_TEST);
  }

  private LabeledImageSource limited(LabeledImageSource images, int most) {
    return quick && images.size() > most ? images.slice(0, most) : images;
  }

  /** Whether MNIST was asked for. */
  boolean usesMnist() {
    return train != null;
  }

  /** The dogs, found when first asked for. */
  DogData dogs() {
    DogData found = dogs;
    if (found == null) {
      found = DogData.find(dogSource, seed, quick, out);
      dogs = found;
    }
    return found;
  }

  /** Whether dogs were asked for. */
  boolean usesDogs() {
    return dogs != null;
  }

  /** The data of a task in words: what a figure of it depends on. */
  String describe(String task) {
    return task.startsWith("dog")
        ? "%d pictures of %s".formatted(dogs().train().size(), dogSource)
        : "%d pictures of %s".formatted(mnistTrain().size(), mnistSource());
  }

  @SuppressWarnings("unchecked")
  <T> T shared(String name, Supplier<T> maker) {
    Object made = shared.get(name);
    if (made == null) {
      made = maker.get();
      // Half-trained models are of no use to the next task.
      if (!cancelled) {
        shared.put(name, made);
      }
    }
    return (T) made;
  }

  void cancel() {
    cancelled = true;
  }

  boolean cancelled() {
    return cancelled;
  }
}
