package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One array of numbers among the parameters of a network, as the world outside knows it.
 *
 * @param name unique in the network, such as {@code encoder-1.weight}
 * @param shape its shape, row-major: {@code [out, in]} for dense layers, {@code [out, in, height,
 *     width]} for convolutions and {@code [in, out, height, width]} for transposed ones; immutable
 */
public record ParameterArray(String name, List<Integer> shape) {

  /** Names for files, which stay as they are. A key that is not here is its own name. */
  private static final Map<String, String> NAMES =
      Map.of(
          ParameterPlan.WEIGHT, "weight",
          ParameterPlan.BIAS, "bias",
          ParameterPlan.SECOND_WEIGHT, "weight-2",
          ParameterPlan.SECOND_BIAS, "bias-2");

  /**
   * The arrays of some layers.
   *
   * @param layers a half of an architecture
   * @return in the order in which they lie in memory
   */
  public static List<ParameterArray> of(List<LayerPlan> layers) {
    List<ParameterArray> arrays = new ArrayList<>();
    for (LayerPlan layer : layers) {
      for (ParameterPlan plan : ParameterPlan.of(layer)) {
        String key = NAMES.getOrDefault(plan.key(), plan.key());
        arrays.add(new ParameterArray(layer.name() + "." + key, shape(layer, plan)));
      }
    }
    return arrays;
  }

  /** Weights of dense layers are column-major, {@code [in, out]}. */
  private static List<Integer> shape(LayerPlan layer, ParameterPlan plan) {
    List<Integer> shape = plan.shape();
    return layer instanceof DenseLayerPlan && shape.size() == 2
        ? List.of(shape.get(1), shape.get(0))
        : shape;
  }

  /**
   * How many numbers there are.
   *
   * @return the product of the sides
   */
  public int length() {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }
}
