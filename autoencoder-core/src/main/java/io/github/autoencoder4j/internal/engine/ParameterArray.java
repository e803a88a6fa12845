package io.github.autoencoder4j.internal.engine;

import com.google.common.collect.Lists;
import io.github.autoencoder4j.architecture.LayerPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One array of numbers among the parameters of a network, as the world outside knows it.
 *
 * @param name unique in the network, such as {@code encoder-1.weight}
 * @param shape its shape, row-major: {@code [out, in]} for dense layers, {@code [out, in, height,
 *     width]} for convolutions and {@code [in, out, height, width]} for transposed ones; immutable
 */
public record ParameterArray(String name, List<Integer> shape) {

  /** Names for files, which stay as they are. */
  private static final Map<String, String> NAMES =
      Map.of(
          ParameterPlan.WEIGHT, "weight",
          ParameterPlan.BIAS, "bias",
          ParameterPlan.SECOND_WEIGHT, "weight-2",
          ParameterPlan.SECOND_BIAS, "bias-2",
          ParameterPlan.SLOPE, "slope",
          ParameterPlan.BETA, "beta",
          ParameterPlan.GAMMA, "gamma");

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
        String name = Objects.requireNonNull(NAMES.get(plan.key()), plan.key());
        arrays.add(new ParameterArray(layer.name() + "." + name, shape(plan)));
      }
    }
    return arrays;
  }

  /** Column by column is row by row with the sides swapped. */
  private static List<Integer> shape(ParameterPlan plan) {
    return plan.order() == 'f' ? Lists.reverse(plan.shape()) : plan.shape();
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
