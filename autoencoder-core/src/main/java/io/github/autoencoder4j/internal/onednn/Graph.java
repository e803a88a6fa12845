package io.github.autoencoder4j.internal.onednn;

import com.google.common.collect.Iterables;
import io.github.autoencoder4j.internal.onednn.MemoryPlan.Need;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.dnnl.dnnl_binary_desc_t;
import org.bytedeco.dnnl.dnnl_blocking_desc_t;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Makes and owns the tensors and primitives of one program.
 *
 * <p>Values live from the first step that needs them to the last, and take turns in a workspace;
 * those that are kept, or come from outside, have a place of their own. Primitives find their
 * scratch memory there too. Left to itself, oneDNN would keep it per thread, and a program could
 * run only on the thread that made it.
 */
final class Graph implements AutoCloseable {

  private final engine cpu = OneDnn.engine();
  private final @Nullable Kernels kernels;
  private final stream queue;
  private @Nullable stream sideQueue;
  private final List<Pointer> owned = new ArrayList<>();
  private final Descriptions descriptions;
  private final Map<primitive_desc, primitive> compiled = new HashMap<>();
  private final List<Workspace> kept = new ArrayList<>();
  private final List<Block> passing = new ArrayList<>();
  private MemoryPlan plan = MemoryPlan.of(List.of());
  private @Nullable Workspace workspace;
  private long keptBytes;
  private int given;
  private boolean closed;

  /** Starts one that compiles its kernels for itself. */
  Graph() {
    this(null);
  }

  /** Starts one that shares its kernels with others, if any. */
  Graph(@Nullable Kernels kernels) {
    this.kernels = kernels;
    ResidentMemory.makeRoom();
    queue = own(new stream(cpu));
    descriptions = new Descriptions(this, cpu);
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

  /** The layout in which the values of a pixel lie side by side. */
  memory.desc pixels(long... sides) {
    long row = sides[3] * sides[1];
    return strided(sides, new long[] {sides[2] * row, 1, row, sides[1]});
  }

  /** A layout that somebody else has. */
  memory.desc like(memory.desc layout) {
    return own(new memory.desc(layout.data()));
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

  /** New values. */
  Tensor tensor(memory.desc layout, long... sides) {
    return tensor(new Block(layout.get_size()), layout, sides);
  }

  private Tensor tensor(Block block, memory.desc layout, long... sides) {
    return new Tensor(own(new memory(layout, cpu, null)), layout, sides, block);
  }

  /** New values like those of another tensor. */
  Tensor like(Tensor other) {
    return tensor(other.layout(), other.sides());
  }

  /**
   * Gives values a place of their own, if they have none, for who looks at them besides the steps,
   * or after them.
   *
   * @return the same tensor
   */
  Tensor keep(Tensor tensor) {
    Block block = tensor.block();
    if (block.data() == null) {
      block.move(room(block.bytes()).at(0));
    }
    return tensor;
  }

  /** New memory that ends with the graph. */
  private Workspace room(long bytes) {
    keptBytes += bytes;
    Workspace place = new Workspace(bytes);
    kept.add(place);
    return place;
  }

  /** Memory that somebody else owns and keeps while the graph lives. */
  Tensor view(Pointer data, memory.desc layout, long... sides) {
    Tensor tensor = tensor(layout, sides);
    tensor.block().move(own(data));
    return tensor;
  }

  /** The same memory in the eyes of another layout. */
  Tensor view(Tensor tensor, memory.desc layout, long... sides) {
    return tensor(tensor.block(), layout, sides);
  }

  /** Some of the values of a tensor, from one of them on, in steps of so many values. */
  Tensor part(Tensor tensor, long from, long[] strides, long... sides) {
    memory.desc layout = strided(sides, strides);
    layout.data().offset0(from);
    return tensor(tensor.block(), layout, sides);
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
                cpu, from.layout(), cpu, to.layout(), descriptions.attributes(), false));
    return run(
        queue,
        kernel(description.get()),
        own(description.scratchpad_desc()),
        dnnl.DNNL_ARG_FROM,
        from,
        dnnl.DNNL_ARG_TO,
        to);
  }

  /** What oneDNN has for its operations. */
  Descriptions descriptions() {
    return descriptions;
  }

  /** The layout that an implementation wants for one of its arguments. */
  memory.desc layout(primitive_desc description, int argument) {
    return own(description.query_md(dnnl.dnnl_query_exec_arg_md, argument));
  }

  /** Runs an implementation; arguments come in pairs of a number and a tensor. */
  Step run(primitive_desc description, Object... arguments) {
    return run(queue, compiled(description), own(description.scratchpad_desc()), arguments);
  }

  /** Runs one on a second thread, for which all that it uses has a place of its own. */
  Step runAside(primitive_desc description, Object... arguments) {
    if (sideQueue == null) {
      sideQueue = own(new stream(cpu));
    }
    Step step =
        run(sideQueue, compiled(description), own(description.scratchpad_desc()), arguments);
    step.uses().forEach(this::keep);
    return step;
  }

  private primitive compiled(primitive_desc description) {
    return compiled.computeIfAbsent(description, unused -> kernel(description.get()));
  }

  private primitive kernel(dnnl_primitive_desc description) {
    return own(kernels == null ? new primitive(description) : kernels.get(given++, description));
  }

  private Step run(stream queue, primitive kernel, memory.desc scratch, Object... pairs) {
    List<Tensor> uses = new ArrayList<>();
    dnnl_exec_arg_t arguments = own(new dnnl_exec_arg_t(pairs.length / 2 + 1));
    for (int i = 0; i < pairs.length; i += 2) {
      add(arguments, (Integer) pairs[i], (Tensor) pairs[i + 1], uses);
    }
    if (scratch.get_size() > 0) {
      add(arguments, dnnl.DNNL_ARG_SCRATCHPAD, tensor(scratch), uses);
    }
    return new Run(kernel.get(), queue.get(), arguments.position(0), uses);
  }

  private static void add(dnnl_exec_arg_t arguments, int number, Tensor tensor, List<Tensor> uses) {
    arguments.position(uses.size()).arg(number).memory(tensor.memory().get());
    uses.add(tensor);
  }

  /** In C, since C++ would make a map of the arguments on each run. */
  private record Run(
      dnnl_primitive kernel,
      dnnl_stream queue,
      dnnl_exec_arg_t arguments,
      @Override List<Tensor> uses)
      implements Step {

    @Override
    public void run(int iteration) {
      Linear.check(dnnl.dnnl_primitive_execute(kernel, queue, uses.size(), arguments));
    }
  }

  /**
   * Says what will be run, after which nothing can be added.
   *
   * @param rare steps that run before the others, but not each time
   * @param steps those that run each time, in order
   */
  void seal(List<Step> rare, List<Step> steps) {
    Set<Block> prepared = new HashSet<>();
    rare.forEach(step -> step.uses().forEach(tensor -> prepared.add(tensor.block())));
    for (Step step : steps) {
      step.uses().stream().filter(tensor -> prepared.contains(tensor.block())).forEach(this::keep);
    }
    Map<Block, Need> needs = new LinkedHashMap<>();
    int position = 0;
    for (Step step : Iterables.concat(rare, steps)) {
      for (Tensor tensor : step.uses()) {
        Block block = tensor.block();
        if (block.data() == null) {
          needs.putIfAbsent(block, new Need(block.bytes(), position, position));
          needs.put(block, needs.get(block).at(position));
        }
      }
      position++;
    }
    passing.addAll(needs.keySet());
    plan = MemoryPlan.of(List.copyOf(needs.values()));
  }

  /** How large the workspace has to be, once the graph is sealed. */
  long workspaceBytes() {
    return plan.bytes();
  }

  /** Has the values that are not kept lie in memory of its own, unless they lie somewhere. */
  void workAlone() {
    if (workspace == null) {
      workIn(room(plan.bytes()));
    }
  }

  /** Has the values that are not kept lie there from now on. */
  void workIn(Workspace place) {
    if (place != workspace) {
      workspace = place;
      for (int i = 0; i < passing.size(); i++) {
        passing.get(i).move(place.at(plan.place(i)));
      }
    }
  }

  /** The workspace it lies in; null if it has none yet. */
  @Nullable Workspace workspace() {
    return workspace;
  }

  /** How much memory of its own it has. */
  long keptBytes() {
    return keptBytes;
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
    kept.forEach(Workspace::close);
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
        descriptions.of(operation, activation),
        dnnl.DNNL_ARG_SRC_0,
        left,
        dnnl.DNNL_ARG_SRC_1,
        right,
        dnnl.DNNL_ARG_DST,
        out);
  }
}
