package io.github.autoencoder4j.keras;

import io.github.autoencoder4j.model.WeightArray;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A layer with weights.
 *
 * @param kind what it does
 * @param names its own name, after those of the models that it is in
 * @param path where its variables are in a file of Keras 3, which numbers layers by their classes
 * @param hasBias whether it adds one
 */
record KerasLayer(Kind kind, List<String> names, String path, boolean hasBias) {

  /** What a layer does, and how its kernel is laid out. */
  enum Kind {
    /** {@code [in, out]} there, {@code [out, in]} here. */
    DENSE,
    /** {@code [h, w, in, out]} there, {@code [out, in, h, w]} here. */
    CONVOLUTION,
    /** {@code [h, w, out, in]} there, {@code [in, out, h, w]} here. */
    TRANSPOSED,
    /** {@code [w, in, out]} there, {@code [out, in, 1, w]} here. */
    SEQUENCE_CONVOLUTION,
    /** {@code [w, out, in]} there, {@code [in, out, 1, w]} here. */
    SEQUENCE_TRANSPOSED;

    /** Which dimension there comes first, second and so on here, but for a height of 1. */
    private int[] axes() {
      return switch (this) {
        case DENSE -> new int[] {1, 0};
        case CONVOLUTION, TRANSPOSED -> new int[] {3, 2, 0, 1};
        case SEQUENCE_CONVOLUTION, SEQUENCE_TRANSPOSED -> new int[] {2, 1, 0};
      };
    }

    /** The shape here of a kernel whose dimensions are in our order. */
    private List<Integer> shape(List<Integer> ordered) {
      return ordered.size() == 3
          ? List.of(ordered.get(0), ordered.get(1), 1, ordered.get(2))
          : ordered;
    }

    /** The dimension of the outputs here. */
    private int outputs() {
      return this == TRANSPOSED || this == SEQUENCE_TRANSPOSED ? 1 : 0;
    }
  }

  KerasLayer {
    names = List.copyOf(names);
  }

  /** Its kernel and its bias, as this library has them. */
  List<WeightArray> arrays(KerasFile file) {
    String name = String.join(".", names);
    WeightArray kernel = file.variable(this, "kernel", 0, kind.axes().length);
    WeightArray ordered = kernel.permute(kind.axes());
    WeightArray weight =
        new WeightArray(name + ".weight", kind.shape(ordered.shape()), ordered.values());
    int outputs = weight.shape().get(kind.outputs());
    WeightArray bias =
        hasBias
            ? file.variable(this, "bias", 1, 1).withName(name + ".bias")
            : new WeightArray(name + ".bias", List.of(outputs), FloatBuffer.allocate(outputs));
    return List.of(weight, bias);
  }
}
