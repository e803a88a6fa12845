package io.github.autoencoder4j.internal.onednn;

import java.nio.FloatBuffer;
import java.util.Objects;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Native memory and how values lie in it. */
final class Tensor {

  private final memory data;
  private final memory.desc layout;
  private final long[] sides;
  private final Block block;

  /** What Java saw last, since to ask native code for it at each step takes memory. */
  private @Nullable FloatBuffer seen;

  private @Nullable Pointer seenFrom;

  Tensor(memory data, memory.desc layout, long[] sides, Block block) {
    this.data = data;
    this.layout = layout;
    this.sides = sides.clone();
    this.block = block;
    block.add(data);
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

  /** Where its values lie, which others may see too. */
  Block block() {
    return block;
  }

  /**
   * Its memory, which others than the program's steps may look at if the program keeps it.
   *
   * @throws IllegalStateException if it has no place of its own
   */
  FloatPointer pointer() {
    Pointer start = block.data();
    if (start == null) {
      throw new IllegalStateException("the values are not kept");
    }
    FloatPointer pointer = new FloatPointer(start);
    return pointer.capacity(layout.get_size() / Float.BYTES);
  }

  /**
   * The memory as Java sees it, for all to use by absolute positions. The values are in reading
   * order only in a plain layout.
   */
  FloatBuffer buffer() {
    Pointer start = block.data();
    FloatBuffer known = seen;
    if (known == null || !Objects.equals(start, seenFrom)) {
      known = pointer().asBuffer();
      seen = known;
      seenFrom = start;
    }
    return known;
  }
}
