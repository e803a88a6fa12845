package io.github.autoencoder4j.internal.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_binary_desc_t;
import org.bytedeco.dnnl.dnnl_blocking_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Makes and owns the tensors and primitives of one program.
 *
 * <p>Primitives share one scratch memory of the graph's own. Left to itself, oneDNN would keep it
 * per thread, and a program could run only on the thread that made it.
 */
final class Graph implements AutoCloseable {

  private final engine cpu = OneDnn.engine();
  private final stream queue;
  private final List<Pointer> owned = new ArrayList<>();
  private final List<IntMemoryMap> scratchUsers = new ArrayList<>();
  private final List<memory.desc> scratchLayouts = new ArrayList<>();
  private long bytes;
  private boolean closed;

  Graph() {
    ResidentMemory.makeRoom();
    queue = own(new stream(cpu));
  }

  /** Keeps what has to live, and end, with the graph. */
  <T extends Pointer> T own(T pointer) {
    owned.add(pointer);
    return pointer;
  }

  /** A layout that oneDNN may choose. */
  memory.desc free(long... sides) {
    return own(new memory.desc(sides, memory.data_type.f32, memory.format_tag.any));
  }

  /** The row-major layout. */
  memory.desc plain(long... sides) {
    long[] strides = new long[sides.length];
    long stride = 1;
    for (int i = sides.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= sides[i];
    }
    return strided(sides, strides);
  }

  /** The layout of another tensor for other sides, where a block of channels is a vector. */
  memory.desc laidOutLike(Tensor tensor, long... sides) {
    dnnl_blocking_desc_t blocking = tensor.layout().data().format_desc_blocking();
    boolean channelBlocks =
        blocking.inner_nblks() == 1 && blocking.inner_idxs().get(0) == 1 && sides.length == 4;
    if (!channelBlocks) {
      return plain(sides);
    }
    memory.format_tag tag =
        switch ((int) blocking.inner_blks().get(0)) {
          case 16 -> memory.format_tag.aBcd16b;
          case 8 -> memory.format_tag.aBcd8b;
          default -> memory.format_tag.abcd;
        };
    return own(new memory.desc(sides, memory.data_type.f32, tag));
  }

  /** Whether the layout takes more memory than the values need. */
  boolean isPadded(Tensor tensor) {
    return tensor.layout().get_size() > plain(tensor.sides()).get_size();
  }

  /** A layout that steps through memory by the given numbers of values. */
  memory.desc strided(long[] sides, long[] strides) {
    return own(new memory.desc(sides, memory.data_type.f32, strides));
  }

  /** New memory. */
  Tensor tensor(memory.desc layout, long... sides) {
    bytes += layout.get_size();
    return new Tensor(own(new memory(layout, cpu)), layout, sides);
  }

  /** New memory like that of another tensor. */
  Tensor like(Tensor other) {
    return tensor(other.layout(), other.sides());
  }

  /** Memory that somebody else owns and keeps while the graph lives. */
  Tensor view(Pointer data, memory.desc layout, long... sides) {
    return new Tensor(own(new memory(layout, cpu, own(data))), layout, sides);
  }

  /** The same memory in the eyes of another layout. */
  Tensor view(Tensor tensor, memory.desc layout, long... sides) {
    tensor.fix();
    return view(tensor.memory().get_data_handle(), layout, sides);
  }

  /** The tensor itself if it has the layout, else a copy that {@code steps} keep up to date. */
  Tensor in(memory.desc layout, Tensor tensor, List<Step> steps) {
    if (layout.equals(tensor.layout())) {
      return tensor;
    }
    Tensor copy = tensor(layout, tensor.sides());
    steps.add(copy(tensor, copy));
    return copy;
  }

  /** Copies values from one layout to another. */
  Step copy(Tensor from, Tensor to) {
    reorder.primitive_desc description =
        own(
            new reorder.primitive_desc(
                cpu, from.layout(), cpu, to.layout(), attributes(null), false));
    return run(
        own(new reorder(description)),
        own(description.scratchpad_desc()),
        arguments(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to));
  }

  /** How primitives are to be made, optionally with an activation applied to what they compute. */
  primitive_attr attributes(@Nullable Eltwise activation) {
    primitive_attr attributes = own(new primitive_attr());
    attributes.set_scratchpad_mode(dnnl.dnnl_scratchpad_mode_user);
    if (activation != null) {
      post_ops operations = own(new post_ops());
      operations.append_eltwise(1f, activation.forward(), activation.alpha(), 0f);
      attributes.set_post_ops(operations);
    }
    return attributes;
  }

  /**
   * Lets oneDNN choose an implementation.
   *
   * @param operation what to compute
   * @param hint the forward operation of a backward one, or null
   */
  primitive_desc describe(
      Pointer operation, primitive_attr attributes, @Nullable primitive_desc hint) {
    dnnl_primitive_desc forward = hint == null ? null : hint.get();
    return own(
        new primitive_desc(
            own(new const_dnnl_op_desc_t(own(operation))), attributes, cpu, forward, false));
  }

  /** The layout that an implementation wants for one of its arguments. */
  memory.desc layout(primitive_desc description, int argument) {
    return own(description.query_md(dnnl.dnnl_query_exec_arg_md, argument));
  }

  /** Runs an implementation; arguments come in pairs of a number and a tensor. */
  Step run(primitive_desc description, Object... arguments) {
    return run(
        own(new primitive(description)), own(description.scratchpad_desc()), arguments(arguments));
  }

  private Step run(primitive compiled, memory.desc scratch, IntMemoryMap arguments) {
    if (scratch.get_size() > 0) {
      scratchUsers.add(arguments);
      scratchLayouts.add(scratch);
    }
    return iteration -> compiled.execute(queue, arguments);
  }

  private IntMemoryMap arguments(Object... pairs) {
    IntMemoryMap map = own(new IntMemoryMap());
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((Integer) pairs[i], ((Tensor) pairs[i + 1]).memory());
    }
    return map;
  }

  /** Gives the primitives their scratch memory, once all are made. */
  void seal() {
    memory.desc largest = null;
    for (memory.desc layout : scratchLayouts) {
      if (largest == null || layout.get_size() > largest.get_size()) {
        largest = layout;
      }
    }
    if (largest == null) {
      return;
    }
    bytes += largest.get_size();
    Pointer data = own(own(new memory(largest, cpu)).get_data_handle());
    for (int i = 0; i < scratchUsers.size(); i++) {
      scratchUsers
          .get(i)
          .put(dnnl.DNNL_ARG_SCRATCHPAD, own(new memory(scratchLayouts.get(i), cpu, data)));
    }
  }

  /** How much memory of its own it has. */
  long bytes() {
    return bytes;
  }

  /** Waits until everything that was run is done. */
  void await() {
    queue._wait();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (int i = owned.size() - 1; i >= 0; i--) {
      owned.get(i).deallocate();
    }
  }

  /** Combines two tensors value by value, the right one repeated where its sides are 1. */
  Step binary(int algorithm, Tensor left, Tensor right, Tensor out) {
    return binary(algorithm, null, left, right, out);
  }

  /** Combines them, then applies an activation, if any. */
  Step binary(int algorithm, @Nullable Eltwise activation, Tensor left, Tensor right, Tensor out) {
    dnnl_binary_desc_t operation = new dnnl_binary_desc_t();
    Linear.check(
        dnnl.dnnl_binary_desc_init(
            operation,
            algorithm,
            left.layout().data(),
            right.layout().data(),
            out.layout().data()));
    return run(
        describe(operation, attributes(activation), null),
        dnnl.DNNL_ARG_SRC_0,
        left,
        dnnl.DNNL_ARG_SRC_1,
        right,
        dnnl.DNNL_ARG_DST,
        out);
  }
}
