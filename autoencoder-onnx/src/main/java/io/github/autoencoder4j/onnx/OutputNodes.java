package io.github.autoencoder4j.onnx;

import static io.github.autoencoder4j.onnx.Graph.attribute;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.output.OutputKernel.Link;
import io.github.autoencoder4j.table.BinaryColumn;
import io.github.autoencoder4j.table.CategoryColumn;
import io.github.autoencoder4j.table.Column;
import io.github.autoencoder4j.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says in operators how values are read from what a decoder yields. */
record OutputNodes(Graph graph, boolean isFlat) {

  String apply(Output output, ImageShape sample, String fed) {
    requireKnown(output);
    Optional<TableSchema> columns = output.columns();
    if (columns.isPresent()) {
      return cells(columns.get(), fed);
    }
    // What is learnt beside the values, such as their variances, lies behind them.
    String values =
        output.fedBy(sample).size() == sample.size()
            ? fed
            : graph.slice(fed, 0, isFlat ? sample.size() : sample.channels());
    return output.kernel().link() == Link.SIGMOID ? graph.add("Sigmoid", List.of(values)) : values;
  }

  /** Outputs of a user's own may do more than their link says. */
  private static void requireKnown(Output output) {
    if (!output.getClass().getPackage().equals(Output.class.getPackage())) {
      throw new UnsupportedOperationException(
          "the output %s (%s) is not of this library, so nobody knows how ONNX would say it; export encoder(...), which needs no output"
              .formatted(output.describe(), output.getClass().getName()));
    }
  }

  /** Columns side by side: probabilities of categories, and 0 for the mark of a missing cell. */
  private String cells(TableSchema schema, String fed) {
    List<String> parts = new ArrayList<>();
    int plain = 0;
    for (int i = 0; i < schema.columns().size(); i++) {
      Column column = schema.columns().get(i);
      boolean isChanged =
          column.width() > 0
              && (column instanceof BinaryColumn
                  || column instanceof CategoryColumn
                  || column.mayBeMissing());
      if (isChanged) {
        int from = schema.offset(i);
        takePlain(parts, fed, plain, from);
        int to = from + column.values();
        parts.add(cell(column, graph.slice(fed, from, to)));
        plain = from + column.width();
        if (plain > to) {
          parts.add(graph.times(graph.slice(fed, to, plain), 0));
        }
      }
    }
    takePlain(parts, fed, plain, schema.width());
    return parts.size() == 1 ? parts.get(0) : graph.add("Concat", parts, attribute("axis", 1));
  }

  private void takePlain(List<String> parts, String fed, int from, int to) {
    if (to > from) {
      parts.add(graph.slice(fed, from, to));
    }
  }

  private String cell(Column column, String values) {
    if (column instanceof BinaryColumn) {
      return graph.add("Sigmoid", List.of(values));
    }
    if (column instanceof CategoryColumn) {
      return graph.add("Softmax", List.of(values), attribute("axis", 1));
    }
    return values;
  }
}
