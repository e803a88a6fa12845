package io.github.autoencoder4j.internal.training;

import com.google.common.collect.ImmutableMap;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.model.Fingerprint;
import io.github.autoencoder4j.training.Training;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a run was started with, as texts to compare.
 *
 * @param exact what must be the same for a run to be resumed; immutable, in order
 * @param environment what should be the same, because sums depend on it in their last bits;
 *     immutable, in order
 */
record Circumstances(Map<String, String> exact, Map<String, String> environment) {

  Circumstances {
    exact = ImmutableMap.copyOf(exact);
    environment = ImmutableMap.copyOf(environment);
  }

  /**
   * Describes a run.
   *
   * @param rounds what else must be the same, where workers train in rounds; empty elsewhere
   */
  static Circumstances of(
      Engine engine, ImageSource data, Training settings, Map<String, String> rounds) {
    Map<String, String> exact = new LinkedHashMap<>(rounds);
    exact.put("the training data", fingerprint(data));
    exact.put(
        "the validation data",
        settings.validation().map(Circumstances::fingerprint).orElse("none"));
    exact.put("batchSize", String.valueOf(settings.batchSize()));
    exact.put("clipGradientNorm", String.valueOf(settings.maxGradientNorm()));
    exact.put("warmup", String.valueOf(settings.warmupSteps()));
    // Without decay a longer run begins as a shorter one does.
    exact.put(
        "cosineDecay over", settings.hasCosineDecay() ? settings.epochs() + " epochs" : "none");
    exact.put(
        "earlyStopping",
        settings.patience().isPresent() ? String.valueOf(settings.patience().getAsInt()) : "none");
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("layers run on", engine.computePath());
    environment.put(
        "a batch is divided into", engine.division(Math.min(settings.batchSize(), data.size())));
    environment.put("processor", System.getProperty("os.arch", "unknown"));
    environment.put("system", System.getProperty("os.name", "unknown"));
    environment.put("Java", System.getProperty("java.version", "unknown"));
    return new Circumstances(exact, environment);
  }

  private static String fingerprint(ImageSource data) {
    return String.format(
        Locale.ROOT,
        "%d samples of %s with digest %s",
        data.size(),
        data.shape(),
        Fingerprint.of(data).substring(0, 16));
  }

  /** What differs in {@code now}, in words. */
  static List<String> differences(Map<String, String> then, Map<String, String> now) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(then.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      String before = then.getOrDefault(name, "unknown");
      String after = now.getOrDefault(name, "unknown");
      if (!before.equals(after)) {
        differences.add("%s: was %s, is %s".formatted(name, before, after));
      }
    }
    return differences;
  }
}
