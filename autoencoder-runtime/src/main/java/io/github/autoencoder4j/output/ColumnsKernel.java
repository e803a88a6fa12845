package io.github.autoencoder4j.output;

import io.github.autoencoder4j.table.BinaryColumn;
import io.github.autoencoder4j.table.CategoryColumn;
import io.github.autoencoder4j.table.Column;
import io.github.autoencoder4j.table.DateColumn;
import io.github.autoencoder4j.table.NumberColumn;
import io.github.autoencoder4j.table.Scaling;
import io.github.autoencoder4j.table.TableSchema;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The loss of a {@link ColumnsOutput}, column by column. */
final class ColumnsKernel implements OutputKernel {

  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /**
   * The logarithm of the integral of {@code exp(-h(d))}: {@code sqrt(2 pi) erf(1 / sqrt(2)) + 2
   * exp(-1/2)}.
   */
  private static final double LOG_HUBER =
      Math.log(Math.sqrt(2 * Math.PI) * 0.6826894921370859 + 2 * Math.exp(-0.5));

  private enum Kind {
    GAUSSIAN,
    HUBER,
    BERNOULLI,
    SOFTMAX
  }

  /**
   * The places of a column.
   *
   * @param mark where it says whether a cell is missing; -1 if it cannot
   */
  private record Place(Kind kind, int from, int to, int mark) {}

  private final int width;
  private final List<Place> places = new ArrayList<>();

  ColumnsKernel(TableSchema schema) {
    width = schema.width();
    for (int i = 0; i < schema.columns().size(); i++) {
      Column column = schema.columns().get(i);
      if (column.width() > 0) {
        int from = schema.offset(i);
        int to = from + column.values();
        places.add(new Place(kind(column), from, to, column.mayBeMissing() ? to : -1));
      }
    }
  }

  private static Kind kind(Column column) {
    if (column instanceof NumberColumn number) {
      return kind(number.scaling());
    }
    if (column instanceof DateColumn date) {
      return kind(date.scaling());
    }
    if (column instanceof BinaryColumn) {
      return Kind.BERNOULLI;
    }
    if (column instanceof CategoryColumn) {
      return Kind.SOFTMAX;
    }
    throw new IllegalArgumentException("no sample has a place for " + column);
  }

  private static Kind kind(Scaling scaling) {
    return scaling instanceof Scaling.Robust ? Kind.HUBER : Kind.GAUSSIAN;
  }

  @Override
  public Link link() {
    return Link.IDENTITY;
  }

  @Override
  public void toValues(FloatBuffer linked) {
    int start = linked.position();
    for (Place place : places) {
      switch (place.kind()) {
        case GAUSSIAN, HUBER -> {
          // The values are what the decoder yields.
        }
        case BERNOULLI -> toProbability(linked, start + place.from());
        case SOFTMAX -> {
          double greatest = Double.NEGATIVE_INFINITY;
          for (int i = place.from(); i < place.to(); i++) {
            greatest = Math.max(greatest, linked.get(start + i));
          }
          double sum = 0;
          for (int i = place.from(); i < place.to(); i++) {
            sum += Math.exp(linked.get(start + i) - greatest);
          }
          for (int i = place.from(); i < place.to(); i++) {
            linked.put(start + i, (float) (Math.exp(linked.get(start + i) - greatest) / sum));
          }
        }
      }
      if (place.mark() >= 0) {
        linked.put(start + place.mark(), 0);
      }
    }
  }

  private static void toProbability(FloatBuffer linked, int at) {
    linked.put(at, (float) PointwiseKernel.sigmoid(linked.get(at)));
  }

  @Override
  public double lossAndGradient(double[] fed, double[] targets, double[] gradient, int n) {
    double sum = 0;
    for (int row = 0; row < n; row++) {
      int start = row * width;
      for (Place place : places) {
        boolean missing = false;
        if (place.mark() >= 0) {
          // Were it asked for, codes would tell what is missing, and in their place nothing would
          // be learnt of the cells that are.
          int mark = start + place.mark();
          missing = targets[mark] > 0.5;
          gradient[mark] = 0;
        }
        int from = start + place.from();
        int to = start + place.to();
        if (missing) {
          Arrays.fill(gradient, from, to, 0);
        } else {
          sum += loss(place.kind(), fed, targets, gradient, from, to);
        }
      }
    }
    return sum;
  }

  private static double loss(
      Kind kind, double[] fed, double[] targets, double[] gradient, int from, int to) {
    return switch (kind) {
      case GAUSSIAN -> {
        double difference = fed[from] - targets[from];
        gradient[from] = difference;
        yield (difference * difference + LOG_TWO_PI) / 2;
      }
      case HUBER -> {
        double difference = fed[from] - targets[from];
        double size = Math.abs(difference);
        gradient[from] = Math.max(-1, Math.min(1, difference));
        yield (size <= 1 ? size * size / 2 : size - 0.5) + LOG_HUBER;
      }
      case BERNOULLI -> bernoulli(fed, targets, gradient, from);
      case SOFTMAX -> softmax(fed, targets, gradient, from, to);
    };
  }

  private static double bernoulli(double[] fed, double[] targets, double[] gradient, int at) {
    double z = fed[at];
    gradient[at] = PointwiseKernel.sigmoid(z) - targets[at];
    return Math.max(z, 0) - targets[at] * z + Math.log1p(Math.exp(-Math.abs(z)));
  }

  private static double softmax(
      double[] fed, double[] targets, double[] gradient, int from, int to) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      greatest = Math.max(greatest, fed[i]);
    }
    double sum = 0;
    double wanted = 0;
    for (int i = from; i < to; i++) {
      gradient[i] = Math.exp(fed[i] - greatest);
      sum += gradient[i];
      // 1, or 0 where a cell is missing though none was in training.
      wanted += targets[i];
    }
    double normalizer = greatest + Math.log(sum);
    double loss = 0;
    for (int i = from; i < to; i++) {
      loss += targets[i] * (normalizer - fed[i]);
      gradient[i] = wanted * gradient[i] / sum - targets[i];
    }
    return loss;
  }
}
