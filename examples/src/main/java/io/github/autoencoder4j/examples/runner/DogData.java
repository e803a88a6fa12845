package io.github.autoencoder4j.examples.runner;

import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.data.Split;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.ImageFiles;
import io.github.autoencoder4j.datasets.LoadedImages;
import io.github.autoencoder4j.datasets.PackedImages;
import io.github.autoencoder4j.datasets.SkippedFile;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The dogs of a run: where they come from, and which are trained on. */
final class DogData {

  private static final int SYNTHETIC = 3_000;
  private static final int QUICK = 400;
  private static final double TEST_SHARE = 0.10;

  /** As many test pictures as dog.1 shows; no task needs more. */
  private static final int LEAST_TEST = 10;

  private static final String TOO_FEW =
      "but the lab tests with about one picture in ten, chosen by its content, and shows "
          + LEAST_TEST
          + " of those; give it 200 pictures or more";

  /** What fits into memory without a thought; more is packed on disk. */
  private static final long MOST_FILES = 50_000;

  private static final long MOST_ARCHIVE_BYTES = 500L << 20;

  private final String source;
  private final boolean synthetic;
  private final int images;
  private final List<SkippedFile> skipped;
  private final Split<LabeledImageSource> split;

  private DogData(
      String source, boolean synthetic, LabeledImageSource all, List<SkippedFile> skipped) {
    this.source = source;
    this.synthetic = synthetic;
    this.images = all.size();
    this.skipped = skipped;
    this.split = split(source, all);
  }

  /** Refuses at once what could not be shown after training. */
  private static Split<LabeledImageSource> split(String source, LabeledImageSource all) {
    Split<LabeledImageSource> split;
    try {
      split = Split.byContent(all, TEST_SHARE);
    } catch (UnusableDataException e) {
      throw new UnusableDataException(
          "%s: all pictures, %d, are on one side of the split, %s"
              .formatted(source, all.size(), TOO_FEW),
          e);
    }
    if (split.test().size() < LEAST_TEST) {
      throw new UnusableDataException(
          "%s: only %d of %d pictures are to test with, %s"
              .formatted(source, split.test().size(), all.size(), TOO_FEW));
    }
    return split;
  }

  /**
   * Finds the dogs that were asked for.
   *
   * @param source {@code "synthetic"}, {@code "stanford"}, {@code "oxford"}, or a folder or archive
   * @param out where packed pictures may go if there are too many for memory
   */
  static DogData find(String source, long seed, boolean quick, Path out) {
    return switch (source) {
      case "synthetic" -> {
        System.err.println(
            "lab: drawing synthetic dogs; give real ones with --dogs DIR, ARCHIVE, stanford or oxford");
        yield new DogData(
            source, true, inMemory(Dogs.synthetic(quick ? QUICK : SYNTHETIC, seed)), List.of());
      }
      case "stanford" -> packed(source, Dogs.stanford(), quick);
      case "oxford" -> packed(source, Dogs.oxfordPets(), quick);
      default -> from(Path.of(source), quick, out);
    };
  }

  private static DogData from(Path path, boolean quick, Path out) {
    if (isLarge(path)) {
      System.err.println("lab: packing the pictures of " + path);
      return packed(
          path.toString(), ImageFiles.from(path).resize(64, 64).pack(out.resolve("packed")), quick);
    }
    LoadedImages loaded = Dogs.from(path);
    return new DogData(path.toString(), false, limited(loaded, quick), loaded.skipped());
  }

  private static DogData packed(String source, PackedImages images, boolean quick) {
    return new DogData(source, false, limited(images, quick), images.skipped());
  }

  /** Spread over the whole, which may be sorted by breed. */
  private static LabeledImageSource limited(LabeledImageSource images, boolean quick) {
    if (!quick || images.size() <= QUICK) {
      return images;
    }
    int[] chosen = new int[QUICK];
    for (int i = 0; i < QUICK; i++) {
      chosen[i] = (int) ((long) i * images.size() / QUICK);
    }
    return images.select(chosen);
  }

  /** Drawn once: every epoch reads each dog again. */
  private static LabeledImageSource inMemory(LabeledImageSource images) {
    int size = images.shape().size();
    byte[] pixels = new byte[images.size() * size];
    float[] values = new float[size];
    for (int i = 0; i < images.size(); i++) {
      images.read(i, values, 0);
      for (int j = 0; j < size; j++) {
        pixels[i * size + j] = (byte) Math.round(255 * values[j]);
      }
    }
    return LabeledImageSource.ofBytes(images.shape(), pixels, images.labels(), images.classNames());
  }

  private static boolean isLarge(Path path) {
    try {
      if (Files.isRegularFile(path)) {
        return Files.size(path) > MOST_ARCHIVE_BYTES;
      }
      try (Stream<Path> files = Files.walk(path)) {
        return files.limit(MOST_FILES + 1).count() > MOST_FILES;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read " + path + "; is the path after --dogs right?", e);
    }
  }

  LabeledImageSource train() {
    return split.train();
  }

  LabeledImageSource test() {
    return split.test();
  }

  boolean synthetic() {
    return synthetic;
  }

  Map<String, Object> describe() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", source);
    facts.put("synthetic", synthetic);
    facts.put("images", images);
    facts.put("train", train().size());
    facts.put("test", test().size());
    facts.put("skipped", skipped.stream().map(SkippedFile::toString).toList());
    return facts;
  }
}
