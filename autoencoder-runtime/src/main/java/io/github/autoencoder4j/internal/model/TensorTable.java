package io.github.autoencoder4j.internal.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads which tensors a container has: they fill its last entry, one after the other. */
final class TensorTable {

  private TensorTable() {}

  /** All of them by name, in the order of the file. */
  static Map<String, TensorInfo> read(UntrustedFile file, Fields table, StoredEntry data) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    long offset = 0;
    List<Fields> lines = table.objects("tensors");
    if (lines.size() > ContainerFormat.MAX_TENSORS) {
      throw table.refuse("tensors", "are more than " + ContainerFormat.MAX_TENSORS);
    }
    for (Fields line : lines) {
      String name = line.text("name");
      TensorType type = line.constant("type", TensorType.NAMES);
      List<Integer> shape = line.integers("shape", 0, Integer.MAX_VALUE);
      if (line.wholeNumber("offset") != offset) {
        throw line.refuse("offset", "should be " + offset);
      }
      long count = count(line, shape, (data.size() - offset) / type.bytes());
      TensorInfo tensor =
          new TensorInfo(
              name, type, shape, (int) count, data.dataOffset() + offset, line.text("sha256"));
      line.end();
      if (!ContainerFormat.isTensorName(name) || tensors.putIfAbsent(name, tensor) != null) {
        throw line.refuse("name", "is no name, or that of another tensor too");
      }
      offset += tensor.bytes();
    }
    if (offset != data.size()) {
      throw file.unreadable(
          data.dataOffset() + offset,
          String.format(
              Locale.ROOT, "there are %,d bytes that belong to no tensor", data.size() - offset));
    }
    return tensors;
  }

  private static long count(Fields line, List<Integer> shape, long room) {
    if (shape.size() > ContainerFormat.MAX_DIMENSIONS) {
      throw line.refuse(
          "shape", "has more than %s dimensions".formatted(ContainerFormat.MAX_DIMENSIONS));
    }
    long count = 1;
    for (int side : shape) {
      // At most the size of a file times 2^31: no overflow.
      count *= side;
      if (count > Math.min(room, Integer.MAX_VALUE - 8)) {
        throw line.refuse("shape", shape + " needs more bytes than there are");
      }
    }
    return count;
  }
}
