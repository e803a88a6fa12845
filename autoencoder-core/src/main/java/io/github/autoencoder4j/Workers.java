package io.github.autoencoder4j;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.model.Lineage;
import io.github.autoencoder4j.internal.model.Model;
import io.github.autoencoder4j.internal.model.ModelFile;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.training.Rounds;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/** What must be right of workers before their first round. */
final class Workers {

  private Workers() {}

  /** How many samples all of them have. */
  static int requireUsable(Rounds rounds) {
    int[] samples = rounds.samples();
    long sum = 0;
    for (int i = 0; i < samples.length; i++) {
      if (samples[i] < 1) {
        throw new IllegalArgumentException(
            "worker %s has %s samples, but each needs at least one; leave it out"
                .formatted(i, samples[i]));
      }
      sum += samples[i];
    }
    if (sum == 0 || sum > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s workers have %s samples together, but there must be at least one and at most %s; train on parts of the data in turn"
              .formatted(samples.length, sum, Integer.MAX_VALUE));
    }
    if (rounds.steps() < 1) {
      throw new IllegalArgumentException(
          "a round must have at least 1 step, but has " + rounds.steps());
    }
    return (int) sum;
  }

  /** The autoencoder as workers are given it. */
  static byte[] model(Engine engine, Lineage lineage) {
    byte[] bytes = ModelFiles.bytes(new Model<>(engine.spec(), Part.WHOLE, engine, lineage, true));
    LiveModel theirs = ModelFiles.load(new ByteArrayInputStream(bytes));
    try {
      List<String> differences =
          theirs.requireSpec().optimizer() == null
              ? List.of("its optimiser or the schedule of that")
              : ModelFile.differences(theirs.requireSpec(), engine.spec());
      if (!differences.isEmpty()) {
        throw new IllegalArgumentException(
            "workers are given the autoencoder as a model file, in which not all of it can be represented: %s. Use schedules and stages of this library"
                .formatted(String.join("; ", differences)));
      }
      return bytes;
    } finally {
      theirs.close();
    }
  }

  /** Tells data apart. */
  static String fingerprint(Rounds rounds) {
    ImageSource spread = rounds.spread();
    Hasher hasher = Hashing.sha256().newHasher();
    new TreeMap<>(rounds.circumstances())
        .forEach(
            (name, value) ->
                hasher
                    .putString(name, StandardCharsets.UTF_8)
                    .putString(value, StandardCharsets.UTF_8));
    hasher.putInt(spread.shape().size());
    for (int samples : rounds.samples()) {
      hasher.putInt(samples);
    }
    return hasher.hash().toString();
  }
}
