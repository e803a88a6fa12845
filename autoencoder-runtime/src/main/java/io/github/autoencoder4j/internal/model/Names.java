package io.github.autoencoder4j.internal.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names that constants have in files. They stay as they are whatever becomes of the constants,
 * so each is written down and none derived.
 *
 * @param <E> the constants
 */
final class Names<E extends Enum<E>> {

  private final Map<E, String> names;
  private final Map<String, E> constants;

  private Names(Map<E, String> names) {
    this.names = Map.copyOf(names);
    Map<String, E> constants = new HashMap<>();
    names.forEach(
        (constant, name) -> {
          if (constants.put(name, constant) != null) {
            throw new IllegalStateException("two constants are called " + name);
          }
        });
    this.constants = Map.copyOf(constants);
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
    return Optional.ofNullable(constants.get(name));
  }

  @Override
  public String toString() {
    return String.join(", ", names.values());
  }
}
