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
    TRANSPOSED;

    /** Which dimension there comes first, second and so on here. */
    private int[] axes() {
      return this == DENSE ? new int[] {1, 0} : new int[] {3, 2, 0, 1};
    }

    /** The dimension of the outputs here. */
    private int outputs() {
      return this == TRANSPOSED ? 1 : 0;
    }
  }

  KerasLayer {
    names = List.copyOf(names);
  }

  /** Its kernel and its bias, as this library has them. */
  List<WeightArray> arrays(KerasFile file) {
    String name = String.join(".", names);
    WeightArray kernel = file.variable(this, "kernel", 0, kind.axes().length);
    WeightArray weight = kernel.permute(kind.axes()).withName(name + ".weight");
    int outputs = weight.shape().get(kind.outputs());
    WeightArray bias =
        hasBias
            ? file.variable(this, "bias", 1, 1).withName(name + ".bias")
            : new WeightArray(name + ".bias", List.of(outputs), FloatBuffer.allocate(outputs));
    return List.of(weight, bias);
  }
}
