package io.github.autoencoder4j.internal.model;

import com.google.common.collect.ImmutableBiMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names that constants have in files. They stay as they are whatever becomes of the constants,
 * so each is written down and none derived.
 *
 * @param <E> the constants
 */
final class Names<E extends Enum<E>> {

  private final ImmutableBiMap<E, String> names;

  private Names(Map<E, String> names) {
    this.names = ImmutableBiMap.copyOf(names);
  }

  static <E extends Enum<E>> Names<E> of(Map<E, String> names) {
    return new Names<>(names);
  }

  String of(E constant) {
    String name = names.get(constant);
    if (name == null) {
      throw new IllegalStateException(constant + " has no name in model files");
    }
    return name;
  }

  Optional<E> constant(String name) {
    return Optional.ofNullable(names.inverse().get(name));
  }

  @Override
  public String toString() {
    return String.join(", ", names.values());
  }
}
