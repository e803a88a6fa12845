package io.github.autoencoder4j.model;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;

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
