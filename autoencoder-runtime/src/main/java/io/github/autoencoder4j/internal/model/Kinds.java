package io.github.autoencoder4j.internal.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The closed list of kinds that a choice may be of in a file, each by its name. A new kind is an
 * entry where the list is made.
 *
 * @param <T> the choice
 */
final class Kinds<T> {

  private static final String KIND = "kind";

  /** How one kind is written and read. */
  private record Kind<T>(
      String name, BiConsumer<T, Map<String, Object>> writer, Function<Fields, T> reader) {}

  private final String what;
  private final Map<Class<?>, Kind<T>> byType = new LinkedHashMap<>();
  private final Map<String, Kind<T>> byName = new LinkedHashMap<>();

  /**
   * Makes an empty list.
   *
   * @param what the choice, for messages
   */
  Kinds(String what) {
    this.what = what;
  }

  /**
   * Adds a kind.
   *
   * @param name what files call it, for ever
   * @param type its class
   * @param writer puts its values
   * @param reader makes it of them
   */
  <K extends T> Kinds<T> with(
      String name,
      Class<K> type,
      BiConsumer<K, Map<String, Object>> writer,
      Function<Fields, K> reader) {
    Kind<T> kind =
        new Kind<>(name, (value, fields) -> writer.accept(type.cast(value), fields), reader::apply);
    byType.put(type, kind);
    byName.put(name, kind);
    return this;
  }

  /**
   * Turns a choice into JSON.
   *
   * @throws IllegalStateException if it is of a kind that is not in the list
   */
  Map<String, Object> write(T value) {
    Kind<T> kind = byType.get(value.getClass());
    if (kind == null) {
      throw new IllegalStateException(
          "the %s %s is not one of this library's, and cannot be represented in a model file"
              .formatted(what, value));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(KIND, kind.name());
    kind.writer().accept(value, values);
    return values;
  }

  /** Reads a choice, and refuses what it has no use for. */
  T read(Fields fields) {
    String name = fields.text(KIND);
    Kind<T> kind = byName.get(name);
    if (kind == null) {
      throw fields.refuse(KIND, "is \"%s\", which is no known one".formatted(name));
    }
    T value = kind.reader().apply(fields);
    fields.end();
    return value;
  }
}
