package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.exception.UnreadableModelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object from a file that is not trusted: each is asked for by name and kind,
 * what is missing or of another kind is refused, and so, at the {@link #end()}, is what nobody
 * asked for.
 */
public final class Fields {

  private final Map<String, ?> object;
  private final String path;
  private final Function<String, UnreadableModelException> refusal;
  private final Set<String> known = new HashSet<>();

  Fields(Map<String, ?> object, String path, Function<String, UnreadableModelException> refusal) {
    this.object = object;
    this.path = path;
    this.refusal = refusal;
  }

  /**
   * Whether a field is there.
   *
   * @param name the field
   * @return true if it is, even if it is null
   */
  public boolean has(String name) {
    return object.containsKey(name);
  }

  /**
   * Whether a field is an object.
   *
   * @param name the field
   * @return false if it is something else or missing
   */
  public boolean isObject(String name) {
    return object.get(name) instanceof Map;
  }

  /**
   * All of the object, for people.
   *
   * @return names and values
   */
  String describe() {
    return new String(Json.line(object), StandardCharsets.UTF_8)
        .strip()
        .replace("\"", "")
        .replace(':', ' ')
        .replace(",", ", ")
        .replace('_', ' ');
  }

  /**
   * The names of all fields, for objects whose fields are not known before.
   *
   * @return in the order of the file
   */
  public List<String> names() {
    return List.copyOf(object.keySet());
  }

  /**
   * A text.
   *
   * @param name the field
   * @return the text
   */
  public String text(String name) {
    if (value(name) instanceof String text) {
      return text;
    }
    throw refuse(name, "should be a text");
  }

  /**
   * A truth value.
   *
   * @param name the field
   * @return the value
   */
  public boolean flag(String name) {
    if (value(name) instanceof Boolean flag) {
      return flag;
    }
    throw refuse(name, "should be true or false");
  }

  /**
   * A number, whole or not.
   *
   * @param name the field
   * @return a finite number
   */
  public double number(String name) {
    if (value(name) instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw refuse(name, "should be a finite number");
  }

  /**
   * A whole number.
   *
   * @param name the field
   * @return any of 64 bits
   */
  public long wholeNumber(String name) {
    return whole(name, value(name), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * A whole number of a range.
   *
   * @param name the field
   * @param least the smallest allowed
   * @param greatest the largest allowed
   * @return a number from {@code least} to {@code greatest}
   */
  public int integer(String name, int least, int greatest) {
    return (int) whole(name, value(name), least, greatest);
  }

  /**
   * A list of whole numbers of a range.
   *
   * @param name the field
   * @param least the smallest allowed
   * @param greatest the largest allowed
   * @return numbers from {@code least} to {@code greatest}
   */
  public List<Integer> integers(String name, int least, int greatest) {
    List<Integer> numbers = new ArrayList<>();
    for (Object item : array(name)) {
      numbers.add((int) whole(name, item, least, greatest));
    }
    return numbers;
  }

  private long whole(String name, Object value, long least, long greatest) {
    if (value instanceof Long number && number >= least && number <= greatest) {
      return number;
    }
    throw refuse(name, "should be a whole number from %s to %s".formatted(least, greatest));
  }

  /**
   * A list of numbers, whole or not.
   *
   * @param name the field
   * @return finite numbers
   */
  List<Double> numbers(String name) {
    List<Double> numbers = new ArrayList<>();
    for (Object item : array(name)) {
      if (!(item instanceof Number number) || !Double.isFinite(number.doubleValue())) {
        throw refuse(name, "should hold finite numbers");
      }
      numbers.add(number.doubleValue());
    }
    return numbers;
  }

  /**
   * A list of texts.
   *
   * @param name the field
   * @return the texts
   */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object item : array(name)) {
      if (!(item instanceof String text)) {
        throw refuse(name, "should hold texts");
      }
      texts.add(text);
    }
    return texts;
  }

  /**
   * A constant by the name it has in files.
   *
   * @param <E> the constants
   * @param name the field
   * @param names the names there are
   * @return the constant
   */
  <E extends Enum<E>> E constant(String name, Names<E> names) {
    String text = text(name);
    return names
        .constant(text)
        .orElseThrow(
            () -> refuse(name, "is \"%s\", but should be one of %s".formatted(text, names)));
  }

  /**
   * An object within this one.
   *
   * @param name the field
   * @return its fields
   */
  public Fields object(String name) {
    return fields(name, name, value(name));
  }

  /**
   * An object within this one that may be missing.
   *
   * @param name the field
   * @return its fields; empty if there is no such field
   */
  public Optional<Fields> optional(String name) {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  /**
   * A list of objects.
   *
   * @param name the field
   * @return their fields
   */
  public List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    for (Object item : array(name)) {
      objects.add(fields(name, name + "[" + objects.size() + "]", item));
    }
    return objects;
  }

  // Json.read makes no other maps.
  @SuppressWarnings("unchecked")
  private Fields fields(String name, String place, Object value) {
    if (value instanceof Map<?, ?> inner) {
      return new Fields((Map<String, ?>) inner, path + place + ".", refusal);
    }
    throw refuse(name, "should be an object");
  }

  private List<?> array(String name) {
    if (value(name) instanceof List<?> list) {
      return list;
    }
    throw refuse(name, "should be a list");
  }

  private Object value(String name) {
    known.add(name);
    Object value = object.get(name);
    if (value == null) {
      throw refuse(name, "is missing");
    }
    return value;
  }

  /** Refuses fields that nobody asked for: they would mean something that is not done. */
  public void end() {
    for (String name : object.keySet()) {
      if (!known.contains(name)) {
        throw refuse(name, "is not known");
      }
    }
  }

  /**
   * Says what is wrong with a field.
   *
   * @param name the field, or null for the object as a whole
   * @param reason half a sentence without its subject
   * @return to be thrown
   */
  public UnreadableModelException refuse(@Nullable String name, String reason) {
    String place = path + (name == null ? "" : name);
    return refusal.apply(
        (place.isEmpty() ? "the object" : place.replaceAll("\\.$", "")) + " " + reason);
  }
}
