package io.github.autoencoder4j.internal.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file with a JSON object on each line, as strict as model files are. */
public final class JsonLines {

  private JsonLines() {}

  /**
   * Writes objects whose values are text, numbers, truth values, lists and objects.
   *
   * @param objects one for each line
   * @return UTF-8
   */
  public static byte[] write(List<? extends Map<String, ?>> objects) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    objects.forEach(object -> text.writeBytes(Json.line(object)));
    return text.toByteArray();
  }

  /**
   * Reads objects.
   *
   * @param text as {@link #write} gives it
   * @return one for each line; they throw {@link IllegalArgumentException} for a field that is not
   *     as it should be
   * @throws IllegalArgumentException if a line is no object; the message says which and why
   */
  public static List<Fields> read(byte[] text) {
    List<Fields> objects = new ArrayList<>();
    int number = 0;
    for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
      String place = "line " + ++number + ": ";
      try {
        objects.add(
            new Fields(
                Json.read(line.getBytes(StandardCharsets.UTF_8)),
                "",
                reason -> {
                  throw new IllegalArgumentException(place + reason);
                }));
      } catch (IOException e) {
        throw new IllegalArgumentException(place + e.getMessage(), e);
      }
    }
    return objects;
  }
}
