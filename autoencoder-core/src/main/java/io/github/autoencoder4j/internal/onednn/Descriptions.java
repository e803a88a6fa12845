package io.github.autoencoder4j.internal.onednn;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Asks oneDNN for implementations of the operations of one graph, each kind once. */
final class Descriptions {

  /** Longer rows never get kernels with code for each of their places. */
  private static final long LONGEST_ROW = 1024;

  /** Of how many values the rows may have together that do, each kind of layer counted once. */
  private static final long MOST_UNROLLED = 16_384;

  /** Whether it has kernels with vectors of sixteen here. */
  static final boolean HAS_AVX512 =
      (dnnl.dnnl_get_effective_cpu_isa() & dnnl.dnnl_cpu_isa_avx512_core)
          == dnnl.dnnl_cpu_isa_avx512_core;

  private final Graph graph;
  private final engine cpu;
  private final Map<Recipe, primitive_desc> described = new HashMap<>();
  private long unrolled;

  Descriptions(Graph graph, engine cpu) {
    this.graph = graph;
    this.cpu = cpu;
  }

  /** Lets oneDNN choose an implementation. */
  primitive_desc of(Pointer operation) {
    return described(new Recipe(graph.own(operation), null, false, null));
  }

  /** Lets it choose one that applies an activation, if any, to what it has computed. */
  primitive_desc of(Pointer operation, @Nullable Eltwise activation) {
    return described(new Recipe(graph.own(operation), activation, false, null));
  }

  /** Lets it choose one of a gradient, for which it wants to know the forward operation. */
  primitive_desc of(Pointer operation, primitive_desc forward) {
    return described(new Recipe(graph.own(operation), null, false, forward));
  }

  /** Lets it choose one that adds to what is there already. */
  primitive_desc sum(Pointer operation) {
    return described(new Recipe(graph.own(operation), null, true, null));
  }

  /** What oneDNN calls the implementation that it chose by shapes and instruction set. */
  static String kernel(primitive_desc description) {
    return description.impl_info_str().getString();
  }

  /** Layers that are alike share a description, and with it a kernel. */
  private primitive_desc described(Recipe recipe) {
    return described.computeIfAbsent(recipe, unused -> graph.own(description(recipe)));
  }

  private primitive_desc description(Recipe recipe) {
    return new primitive_desc(
        graph.own(new const_dnnl_op_desc_t(recipe.operation)),
        attributes(recipe.activation, recipe.adds),
        cpu,
        recipe.forward == null ? null : recipe.forward.get(),
        /* allow_empty= */ false);
  }

  /**
   * Lets oneDNN choose an implementation of a convolution, and the layout of what that computes.
   *
   * <p>On processors with AVX-512 its first choice has code for each place of a row: some 4 KB a
   * value of the row for each kind of layer, and 2.4 KB for a mere description. So it is left the
   * choice for so many values of rows only. Further kinds compute blocks of channels, or, if there
   * is no kernel for that but the slow one for everything, row-major values, for which there is a
   * product of matrices.
   *
   * @param operation makes the operation of the layout of what it computes
   * @param activation applied to that, if any
   * @param sides of what is computed
   */
  primitive_desc convolution(
      Function<memory.desc, Pointer> operation, @Nullable Eltwise activation, long... sides) {
    long row = HAS_AVX512 ? sides[3] : 0;
    if (row <= LONGEST_ROW) {
      Recipe free =
          new Recipe(graph.own(operation.apply(graph.free(sides))), activation, false, null);
      if (described.containsKey(free)) {
        return described(free);
      }
      if (unrolled + row <= MOST_UNROLLED) {
        unrolled += row;
        return described(free);
      }
    }
    primitive_desc blocks =
        of(
            operation.apply(
                graph.own(new memory.desc(sides, memory.data_type.f32, memory.format_tag.aBcd16b))),
            activation);
    return kernel(blocks).startsWith("ref")
        ? of(operation.apply(graph.plain(sides)), activation)
        : blocks;
  }

  /** What a description is made of; equal if oneDNN is told the same. */
  private record Recipe(
      Pointer operation,
      @Nullable Eltwise activation,
      boolean adds,
      @Nullable primitive_desc forward) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Recipe recipe
          && operation.asByteBuffer().equals(recipe.operation.asByteBuffer())
          && Objects.equals(activation, recipe.activation)
          && adds == recipe.adds
          && Objects.equals(forward, recipe.forward);
    }

    @Override
    public int hashCode() {
      return operation.asByteBuffer().hashCode();
    }
  }

  /** Those of an operation that nothing follows. */
  primitive_attr attributes() {
    return attributes(null, false);
  }

  private primitive_attr attributes(@Nullable Eltwise activation, boolean adds) {
    primitive_attr attributes = graph.own(new primitive_attr());
    attributes.set_scratchpad_mode(dnnl.dnnl_scratchpad_mode_user);
    if (activation != null || adds) {
      post_ops operations = graph.own(new post_ops());
      if (adds) {
        operations.append_sum();
      }
      if (activation != null) {
        operations.append_eltwise(1f, activation.forward(), activation.alpha(), 0f);
      }
      attributes.set_post_ops(operations);
    }
    return attributes;
  }
}
