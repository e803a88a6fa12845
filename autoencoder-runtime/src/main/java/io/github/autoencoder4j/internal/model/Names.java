package io.github.autoencoder4j.internal.model;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
    // Two constants of one name would be refused here.
    this.constants =
        names.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));
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
