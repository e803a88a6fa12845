package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.model.WeightArray;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arrays in the format safetensors: the length of a header in 8 bytes, a JSON object that says of
 * each array its type, its shape and where it lies, then the numbers, all little-endian.
 */
public final class Safetensors {

  private static final String METADATA = "__metadata__";
  private static final int LENGTH = 8;
  private static final int ALIGNMENT = 8;

  private Safetensors() {}

  /** What numbers may be in such a file, and are floats here. */
  private enum Type {
    F32(4),
    F64(8),
    F16(2),
    BF16(2);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    private float next(ByteBuffer from) {
      return switch (this) {
        case F32 -> from.getFloat();
        case F64 -> (float) from.getDouble();
        case F16 -> half(from.getShort());
        case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
      };
    }

    /** IEEE 754 of 16 bits; Java 20 could. */
    private static float half(short bits) {
      int exponent = bits >> 10 & 0x1f;
      int fraction = bits & 0x3ff;
      float sign = bits < 0 ? -1 : 1;
      return switch (exponent) {
        case 0 -> sign * fraction * 0x1p-24f;
        case 0x1f -> fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
        default -> sign * (1 + fraction * 0x1p-10f) * Math.scalb(1f, exponent - 15);
      };
    }
  }

  /**
   * Writes arrays of 32-bit floats.
   *
   * @param arrays with names of their own
   * @param out not closed
   * @throws IOException if it cannot be written
   */
  public static void write(List<WeightArray> arrays, OutputStream out) throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    long offset = 0;
    for (WeightArray array : arrays) {
      long end = offset + (long) Float.BYTES * array.values().capacity();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", Type.F32.name());
      entry.put("shape", array.shape());
      entry.put("data_offsets", List.of(offset, end));
      if (header.put(array.name(), entry) != null) {
        throw new IllegalArgumentException("two arrays are named " + array.name());
      }
      offset = end;
    }
    byte[] text = Json.line(header);
    int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] start = new byte[LENGTH + padded];
    Arrays.fill(start, (byte) ' ');
    little(start).putLong(padded).put(text);
    out.write(start);
    byte[] chunk = new byte[1 << 16];
    for (WeightArray array : arrays) {
      FloatBuffer values = array.values();
      while (values.hasRemaining()) {
        ByteBuffer bytes = little(chunk);
        while (values.hasRemaining() && bytes.hasRemaining()) {
          bytes.putFloat(values.get());
        }
        out.write(chunk, 0, bytes.position());
      }
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads arrays, whatever floats they are of. The file is not trusted.
   *
   * @param path of the file
   * @return in the order of the header
   * @throws IOException if it cannot be read
   * @throws UnreadableModelException if it is no such file, or has what floats cannot say
   */
  public static List<WeightArray> read(Path path) throws IOException {
    try (UntrustedFile file = UntrustedFile.open(path)) {
      if (file.size() < LENGTH) {
        throw file.unreadable(0, "it is shorter than the header of a safetensors file");
      }
      long length = file.read(0, LENGTH).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length < 2 || length > Math.min(ContainerFormat.MAX_MANIFEST, file.size() - LENGTH)) {
        throw file.unreadable(
            0,
            "it is no safetensors file: a header of %s bytes is not there, or too long"
                .formatted(length));
      }
      Fields header = header(file, (int) length);
      List<WeightArray> arrays = new ArrayList<>();
      for (String name : header.names()) {
        if (!name.equals(METADATA)) {
          arrays.add(array(file, LENGTH + length, name, header.object(name)));
        }
      }
      return List.copyOf(arrays);
    }
  }

  private static Fields header(UntrustedFile file, int length) throws IOException {
    byte[] text = file.read(LENGTH, length).array();
    try {
      return new Fields(Json.read(text), "", reason -> file.unreadable(LENGTH, reason));
    } catch (IOException e) {
      throw file.unreadable(LENGTH, "the JSON of its header is wrong: " + e.getMessage());
    }
  }

  private static WeightArray array(UntrustedFile file, long data, String name, Fields entry)
      throws IOException {
    Type type = type(entry);
    List<Integer> shape = entry.integers("shape", 0, Integer.MAX_VALUE);
    List<Integer> offsets = entry.integers("data_offsets", 0, Integer.MAX_VALUE);
    entry.end();
    double count = shape.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
    if (offsets.size() != 2
        || data + offsets.get(1) > file.size()
        || offsets.get(1) - offsets.get(0) != count * type.bytes) {
      throw entry.refuse(
          "data_offsets",
          "are %s, where a shape of %s and %s bytes for each number do not lie in the file"
              .formatted(offsets, shape, type.bytes));
    }
    ByteBuffer bytes =
        file.read(data + offsets.get(0), offsets.get(1) - offsets.get(0))
            .order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.next(bytes);
    }
    return new WeightArray(name, shape, FloatBuffer.wrap(values));
  }

  private static Type type(Fields entry) {
    String name = entry.text("dtype");
    for (Type type : Type.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw entry.refuse(
        "dtype", "is %s, but only F32, F64, F16 and BF16 are floats".formatted(name));
  }
}
