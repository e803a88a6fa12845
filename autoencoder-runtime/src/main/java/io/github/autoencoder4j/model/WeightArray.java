package io.github.autoencoder4j.model;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One array of numbers that an autoencoder has learnt. Immutable.
 *
 * @param name such as {@code "encoder-1.weight"}, as model files have it
 * @param shape row-major, {@code [out, in]} for dense layers, {@code [out, in, height, width]} for
 *     convolutions and {@code [in, out, height, width]} for transposed ones
 * @param values a read-only view from position 0 on, as many as the shape has
 */
public record WeightArray(String name, List<Integer> shape, FloatBuffer values) {

  /**
   * Holds the shape against the values, which must not change any more.
   *
   * @param name of the array
   * @param shape row-major
   * @param values what remains of it
   * @throws IllegalArgumentException if there are not as many values as the shape has
   */
  public WeightArray {
    Objects.requireNonNull(name, "name");
    shape = List.copyOf(shape);
    values = values.slice().asReadOnlyBuffer();
    double places = shape.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
    if (places != values.capacity()) {
      throw new IllegalArgumentException(
          "array %s of shape %s has %s values".formatted(name, shape, values.capacity()));
    }
  }

  /**
   * Gives the values.
   *
   * @return a read-only view of its own position, from 0 on
   */
  @Override
  public FloatBuffer values() {
    return values.duplicate();
  }

  /**
   * Gives the array another name.
   *
   * @param other the name
   * @return the same values under it
   */
  public WeightArray withName(String other) {
    return new WeightArray(other, shape, values);
  }

  /**
   * Exchanges dimensions, as NumPy's {@code transpose} and PyTorch's {@code permute} do, where
   * another framework has another order of them.
   *
   * <pre>{@code
   * WeightArray dense = theirs.permute(1, 0);             // [in, out] to [out, in]
   * WeightArray convolution = theirs.permute(3, 2, 0, 1); // [h, w, in, out] to [out, in, h, w]
   * }</pre>
   *
   * @param axes which dimension of this array comes first, second and so on; from 0, each once
   * @return a new array, row-major
   * @throws IllegalArgumentException if not every dimension is named once
   */
  public WeightArray permute(int... axes) {
    if (!Arrays.equals(
        Arrays.stream(axes).sorted().toArray(), IntStream.range(0, shape.size()).toArray())) {
      throw new IllegalArgumentException(
          "array %s of shape %s has the axes %s, each of which must be named once, but these are %s"
              .formatted(
                  name,
                  shape,
                  IntStream.range(0, shape.size()).boxed().toList(),
                  Arrays.toString(axes)));
    }
    int[] strides = new int[axes.length];
    for (int to = 0; to < axes.length; to++) {
      strides[to] =
          shape.subList(axes[to] + 1, shape.size()).stream().reduce(1, Math::multiplyExact);
    }
    List<Integer> sides = Arrays.stream(axes).mapToObj(shape::get).toList();
    FloatBuffer turned = FloatBuffer.allocate(values.capacity());
    int[] place = new int[axes.length];
    for (int i = 0; i < turned.capacity(); i++) {
      int from = 0;
      for (int axis = 0; axis < place.length; axis++) {
        from += place[axis] * strides[axis];
      }
      turned.put(i, values.get(from));
      // The last dimension runs fastest.
      for (int axis = place.length - 1; axis >= 0 && ++place[axis] == sides.get(axis); axis--) {
        place[axis] = 0;
      }
    }
    return new WeightArray(name, sides, turned);
  }

  /**
   * Copies the values.
   *
   * @return a new array, row-major
   */
  public float[] toArray() {
    float[] copy = new float[values.capacity()];
    values().get(copy);
    return copy;
  }
}
