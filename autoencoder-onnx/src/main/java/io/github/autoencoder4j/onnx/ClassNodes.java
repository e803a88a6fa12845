package io.github.autoencoder4j.onnx;

import static io.github.autoencoder4j.onnx.Graph.attribute;

import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Puts the class of each sample behind values, where an autoencoder is conditioned on classes. */
final class ClassNodes {

  /** The input that the class of each sample comes by: its place among the classes. */
  static final String LABEL = "label";

  private final Graph graph;
  private final int classes;
  private final boolean isFlat;

  /** {@code [n, classes]}; null until somebody needs it, so that the input is not there in vain. */
  private @Nullable String ones;

  /**
   * Adds nothing yet.
   *
   * @param graph gets what it adds
   * @param classes how many there are; 0 if nothing is conditioned
   * @param isFlat whether values are {@code [n, values]} and not {@code [n, channels, height,
   *     width]}
   */
  ClassNodes(Graph graph, int classes, boolean isFlat) {
    this.graph = graph;
    this.classes = classes;
    this.isFlat = isFlat;
  }

  /** Gives values with their classes behind them; the values themselves without classes. */
  String behind(String values, ImageShape shape) {
    if (classes == 0) {
      return values;
    }
    if (ones == null) {
      ones = ones();
    }
    String numbers = ones;
    if (!isFlat) {
      String points = graph.reshape(numbers, 0, classes, 1, 1);
      String plane = graph.integers(1, 1, shape.height(), shape.width());
      numbers = graph.add("Expand", List.of(points, plane));
    }
    return graph.add("Concat", List.of(values, numbers), attribute("axis", 1));
  }

  /**
   * A one among zeros. "OneHot" makes zeros of a place that is not there, and all operators count
   * negative ones from the end; both would be a class that nobody meant. So places are looked up
   * first, negative ones beyond the end, where "Gather" has to fail.
   */
  private String ones() {
    graph.integerInput(LABEL);
    String isNegative = graph.add("Less", List.of(LABEL, graph.integer(0)));
    String place = graph.add("Where", List.of(isNegative, graph.integer(classes), LABEL));
    String places = graph.integers(LongStream.range(0, classes).toArray());
    String checked = graph.add("Gather", List.of(places, place), attribute("axis", 0));
    String zeroAndOne = graph.constant(List.of(2), 0, 1);
    return graph.add(
        "OneHot", List.of(checked, graph.integer(classes), zeroAndOne), attribute("axis", -1));
  }
}
