package io.github.autoencoder4j.internal.inference;

import io.github.autoencoder4j.internal.model.ModelFile;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.network.Network;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds given weights against a network: all of them fit, or all that does not is said. */
public final class WeightImport {

  private final Network network;
  private final Part part;

  /**
   * Takes a network.
   *
   * @param network where weights are to lie
   * @param part of which there are weights; the others are zero
   */
  public WeightImport(Network network, Part part) {
    this.network = network;
    this.part = part;
  }

  /**
   * Puts weights where they lie.
   *
   * @param weights those of the part, each of its name and shape
   * @return all parameters of the network
   * @throws IllegalArgumentException if they do not fit
   */
  public float[] numbers(List<WeightArray> weights) {
    List<String> problems = new ArrayList<>();
    Map<String, WeightArray> left = byName(weights, problems);
    FloatBuffer numbers = FloatBuffer.allocate(network.size());
    for (Network.Entry entry : ModelFile.arrays(network, part)) {
      WeightArray array = left.remove(entry.name());
      if (array == null) {
        problems.add("%s of shape %s is missing".formatted(entry.name(), entry.shape()));
      } else if (!isOf(array.shape(), entry.shape())) {
        problems.add(
            "%s has shape %s, but the network's is %s%s"
                .formatted(
                    entry.name(), array.shape(), entry.shape(), advice(array.shape(), entry)));
      } else {
        entry.in(numbers).put(array.values());
      }
    }
    weights.forEach(array -> addNotFinite(array, problems));
    left.values().stream()
        .map(array -> "%s of shape %s is left over".formatted(array.name(), array.shape()))
        .forEach(problems::add);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "these weights are not those of this network, of which nothing was changed; give arrays"
              + " its names by withNames(...), or build it with the layers they come from:\n"
              + "  "
              + String.join("\n  ", problems));
    }
    return numbers.array();
  }

  /** Kernels of one row lack their height where convolutions have one dimension. */
  private static boolean isOf(List<Integer> shape, List<Integer> wanted) {
    return shape.equals(wanted)
        || (wanted.size() == 4
            && wanted.get(2) == 1
            && shape.equals(List.of(wanted.get(0), wanted.get(1), wanted.get(3))));
  }

  private static Map<String, WeightArray> byName(List<WeightArray> weights, List<String> problems) {
    Map<String, WeightArray> arrays = new LinkedHashMap<>();
    for (WeightArray array : weights) {
      if (arrays.put(array.name(), array) != null) {
        problems.add("%s is there more than once".formatted(array.name()));
      }
    }
    return arrays;
  }

  /** Whether another order of dimensions might be all that is wrong. */
  private static String advice(List<Integer> shape, Network.Entry entry) {
    return shape.stream().sorted().toList().equals(entry.shape().stream().sorted().toList())
        ? "; permute(...) exchanges dimensions"
        : "";
  }

  private static void addNotFinite(WeightArray array, List<String> problems) {
    FloatBuffer values = array.values();
    int bad = 0;
    int first = -1;
    for (int i = 0; i < values.limit(); i++) {
      if (!Float.isFinite(values.get(i))) {
        first = bad++ == 0 ? i : first;
      }
    }
    if (bad > 0) {
      problems.add(
          "%s has %s at %s%s"
              .formatted(
                  array.name(),
                  values.get(first),
                  place(array.shape(), first),
                  bad == 1 ? "" : ", and %s more numbers that are not finite".formatted(bad - 1)));
    }
  }

  /** Where a number lies in a row-major array. */
  private static List<Integer> place(List<Integer> shape, int index) {
    List<Integer> place = new ArrayList<>();
    int rest = index;
    for (int axis = shape.size() - 1; axis >= 0; axis--) {
      place.add(0, rest % shape.get(axis));
      rest /= shape.get(axis);
    }
    return place;
  }
}
