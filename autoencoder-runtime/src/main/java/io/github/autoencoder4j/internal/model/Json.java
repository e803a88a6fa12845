package io.github.autoencoder4j.internal.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Text to trees and back. No object is ever made from what a tree says. */
final class Json {

  /** A tree takes up to a hundred bytes a token, whatever the text. */
  static final int MAX_TOKENS = 18_000;

  private static final int MAX_NAME = 200;

  /** What stands for the null of JSON, since maps and lists here hold no other. */
  static final Object NULL = new Object();

  // Only what Jackson 2.15 knows; what later ones limit, too, is limited below.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(16).maxNumberLength(40).build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private Json() {}

  /**
   * Reads an object, as maps and lists of texts, truth values, {@link Long}, {@link BigInteger},
   * {@link Double} and {@link #NULL}.
   *
   * @throws IOException if the text is not one, is not UTF-8, nests too deeply or holds too much;
   *     the message says which
   */
  static Map<String, Object> read(byte[] text) throws IOException {
    checkEncoding(text);
    checkSize(text);
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("there should be an object");
      }
      Map<String, Object> object = object(parser);
      if (parser.nextToken() != null) {
        throw new IOException("there is a trailing token after the object");
      }
      return object;
    } catch (JsonProcessingException e) {
      throw new IOException(e.getOriginalMessage(), e);
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      object.put(name, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        for (JsonToken item = parser.nextToken();
            item != JsonToken.END_ARRAY;
            item = parser.nextToken()) {
          items.add(value(parser, item));
        }
        yield items;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? parser.getBigIntegerValue()
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NULL;
      default -> throw new IOException("there is no JSON where a value should be");
    };
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
    try (JsonParser parser = FACTORY.createParser(text)) {
      int tokens = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (++tokens > MAX_TOKENS) {
          throw new IOException("there are more than %s tokens".formatted(MAX_TOKENS));
        }
        if (token == JsonToken.FIELD_NAME && parser.getTextLength() > MAX_NAME) {
          throw new IOException("a name has more than %s characters".formatted(MAX_NAME));
        }
      }
    } catch (JsonProcessingException e) {
      throw new IOException(e.getOriginalMessage(), e);
    }
  }

  /** Writes an object whose values are text, numbers, truth values, lists and objects. */
  static byte[] write(Map<String, ?> object) {
    return bytes(object, new Printer());
  }

  /** Writes an object as {@link #write} does, on one line with its end. */
  static byte[] line(Map<String, ?> object) {
    return bytes(object, null);
  }

  private static byte[] bytes(Map<String, ?> object, @Nullable PrettyPrinter printer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      if (printer != null) {
        generator.setPrettyPrinter(printer);
      }
      write(object, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
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

  private static void write(Object value, JsonGenerator out) throws IOException {
    if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> field : map.entrySet()) {
        out.writeFieldName((String) field.getKey());
        write(field.getValue(), out);
      }
      out.writeEndObject();
    } else if (value instanceof List<?> list) {
      out.writeStartArray();
      for (Object item : list) {
        write(item, out);
      }
      out.writeEndArray();
    } else if (value instanceof String text) {
      out.writeString(text);
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Integer number) {
      out.writeNumber(number);
    } else if (value instanceof Long number) {
      out.writeNumber(number);
    } else if (value instanceof BigInteger number) {
      out.writeNumber(number);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      out.writeNumber(number);
    } else if (value == NULL) {
      out.writeNull();
    } else {
      throw new IllegalArgumentException("JSON has nothing like " + value);
    }
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
