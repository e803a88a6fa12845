package io.github.autoencoder4j.internal.onednn;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Native memory and how values lie in it. */
final class Tensor {

  private final memory data;
  private final memory.desc layout;
  private final long[] sides;
  private boolean fixed;

  Tensor(memory data, memory.desc layout, long[] sides) {
    this.data = data;
    this.layout = layout;
    this.sides = sides.clone();
  }

  memory memory() {
    return data;
  }

  memory.desc layout() {
    return layout;
  }

  /** The lengths of its axes, whatever the layout. */
  long[] sides() {
    return sides.clone();
  }

  /** The memory as Java sees it. The values are in reading order only in a plain layout. */
  FloatBuffer buffer() {
    FloatPointer pointer = new FloatPointer(data.get_data_handle());
    pointer.capacity(layout.get_size() / Float.BYTES);
    return pointer.asBuffer();
  }

  /** Says that other tensors see the same memory, and will not follow if this one moves. */
  void fix() {
    fixed = true;
  }

  /** Whether it must stay where it is. */
  boolean isFixed() {
    return fixed;
  }

  /** Lets this tensor, which must not own its memory, lie elsewhere from now on. */
  void move(Pointer to) {
    data.set_data_handle(to);
  }
}
