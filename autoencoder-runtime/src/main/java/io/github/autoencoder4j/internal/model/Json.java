package io.github.autoencoder4j.internal.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Text to trees and back. No object is ever made from what a tree says. */
final class Json {

  /** A tree takes up to a hundred bytes a token, whatever the text. */
  static final int MAX_TOKENS = 18_000;

  private static final int MAX_NAME = 200;

  // Only what Jackson 2.15 knows; what later ones limit, too, is limited below.
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxNumberLength(40)
                          .build())
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectWriter PRINTER = MAPPER.writer(new Printer());

  private Json() {}

  /**
   * Reads an object.
   *
   * @throws IOException if the text is not one, is not UTF-8, nests too deeply or holds too much;
   *     the message says which
   */
  static ObjectNode read(byte[] text) throws IOException {
    try {
      checkEncoding(text);
      checkSize(text);
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
      throw new IOException("there should be an object");
    } catch (JsonProcessingException e) {
      throw new IOException(e.getOriginalMessage(), e);
    }
  }

  /** Jackson would guess, and take what no other reader does. */
  private static void checkEncoding(byte[] text) throws IOException {
    boolean ascii = text.length == 0 || text[0] >= 0;
    for (int i = 0; i < Math.min(4, text.length); i++) {
      ascii &= text[i] != 0;
    }
    if (!ascii) {
      throw new IOException("it should be UTF-8 without a byte order mark, not another encoding");
    }
  }

  /** Walks through the text first, which takes no memory to speak of, as a tree would. */
  private static void checkSize(byte[] text) throws IOException {
    if (text.length > ContainerFormat.MAX_MANIFEST) {
      throw new IOException(
          "there are more than %s bytes of text".formatted(ContainerFormat.MAX_MANIFEST));
    }
    try (JsonParser parser = MAPPER.createParser(text)) {
      int tokens = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (++tokens > MAX_TOKENS) {
          throw new IOException("there are more than %s tokens".formatted(MAX_TOKENS));
        }
        if (token == JsonToken.FIELD_NAME && parser.getTextLength() > MAX_NAME) {
          throw new IOException("a name has more than %s characters".formatted(MAX_NAME));
        }
      }
    }
  }

  /** Writes an object whose values are text, numbers, truth values, lists and objects. */
  static byte[] write(Map<String, ?> object) {
    try {
      return (PRINTER.writeValueAsString(node(object)) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  /** Writes an object as {@link #write} does, on one line with its end. */
  static byte[] line(Map<String, ?> object) {
    try {
      return (MAPPER.writeValueAsString(node(object)) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  /**
   * What a reader would see of an object.
   *
   * @throws IllegalArgumentException if it cannot be read back, or when a field is refused
   */
  static Fields fields(Map<String, ?> object) {
    try {
      return new Fields(
          read(write(object)),
          "",
          reason -> {
            throw new IllegalArgumentException(reason);
          });
    } catch (IOException e) {
      throw new IllegalArgumentException("this could not be read back: " + e.getMessage(), e);
    }
  }

  private static JsonNode node(Object value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = nodes.objectNode();
      map.forEach((name, item) -> object.set((String) name, node(item)));
      return object;
    }
    if (value instanceof List<?> list) {
      ArrayNode array = nodes.arrayNode();
      list.forEach(item -> array.add(node(item)));
      return array;
    }
    if (value instanceof String text) {
      return nodes.textNode(text);
    }
    if (value instanceof Boolean flag) {
      return nodes.booleanNode(flag);
    }
    if (value instanceof Integer number) {
      return nodes.numberNode(number);
    }
    if (value instanceof Long number) {
      return nodes.numberNode(number);
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return nodes.numberNode(number);
    }
    throw new IllegalArgumentException("JSON has nothing like " + value);
  }

  /** Writes {@code "name": value}. Jackson 2.16 could be told to. */
  private static final class Printer extends DefaultPrettyPrinter {

    private static final long serialVersionUID = 1L;

    Printer() {
      indentObjectsWith(new DefaultIndenter("  ", "\n"));
    }

    private Printer(Printer base) {
      super(base);
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
      return new Printer(this);
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator generator) throws IOException {
      generator.writeRaw(": ");
    }
  }
}
