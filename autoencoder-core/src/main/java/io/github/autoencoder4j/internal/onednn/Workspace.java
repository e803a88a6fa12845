package io.github.autoencoder4j.internal.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Native memory for what a program needs while it runs and no longer. */
final class Workspace implements AutoCloseable {

  private final long bytes;
  private final memory.desc layout;
  private final memory data;
  private final BytePointer start;

  Workspace(long bytes) {
    this.bytes = bytes;
    this.layout = new memory.desc(new long[] {bytes}, memory.data_type.s8, memory.format_tag.a);
    this.data = new memory(layout, OneDnn.engine());
    this.start = new BytePointer(data.get_data_handle());
  }

  long bytes() {
    return bytes;
  }

  /** So many bytes from its beginning. */
  Pointer at(long offset) {
    return start.getPointer(BytePointer.class, offset);
  }

  @Override
  public void close() {
    data.deallocate();
    layout.deallocate();
  }
}
