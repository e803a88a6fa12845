package io.github.autoencoder4j.internal.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** A run of native memory, and all tensors that see it and follow when it moves. */
final class Block {

  private final long bytes;
  private final List<memory> viewers = new ArrayList<>();
  private @Nullable Pointer data;

  Block(long bytes) {
    this.bytes = bytes;
  }

  long bytes() {
    return bytes;
  }

  /** Where it lies; null as long as nobody has said. */
  @Nullable Pointer data() {
    return data;
  }

  /** Has a tensor's memory lie here. */
  void add(memory viewer) {
    viewers.add(viewer);
    if (data != null) {
      viewer.set_data_handle(data);
    }
  }

  /** Lies elsewhere from now on. */
  void move(Pointer to) {
    data = to;
    viewers.forEach(viewer -> viewer.set_data_handle(to));
  }
}
