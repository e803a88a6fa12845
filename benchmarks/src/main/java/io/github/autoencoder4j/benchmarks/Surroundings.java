package io.github.autoencoder4j.benchmarks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker's JVM finds around it.
 *
 * @param options more options of the JVM
 * @param environment more variables
 * @param quota what bounds its share of the processors; null if nothing does
 */
record Surroundings(List<String> options, Map<String, String> environment, @Nullable Quota quota) {

  /** The machine as it is. */
  static final Surroundings NONE = new Surroundings(List.of(), Map.of(), null);

  Surroundings {
    options = List.copyOf(options);
    environment = Map.copyOf(environment);
  }
}
