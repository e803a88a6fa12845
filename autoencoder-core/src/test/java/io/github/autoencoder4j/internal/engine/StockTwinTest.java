package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.random.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The fast network against the same one made of Deeplearning4j's own layers. */
class StockTwinTest {

  private static final int LENGTH = 12;
  private static final double LEARNING_RATE = 1e-2;
  private static final Penalty PENALTY = new Penalty(1e-4, 3e-3);

  static Stream<Arguments> activationsAndLosses() {
    return Stream.of(Activation.values())
        .filter(a -> a != Activation.GDN && a != Activation.INVERSE_GDN)
        .flatMap(a -> Stream.of(Loss.values()).map(loss -> Arguments.of(a, loss)));
  }

  private static Engine engine(
      Activation activation, Loss loss, Penalty penalty, DataType dataType) {
    Engine engine =
        Engine.create(
            new Spec(
                new DenseArchitecture(ImageShape.grey(3, 4), List.of(9, 7), 2, activation, 0),
                List.of(),
                loss.output(),
                penalty,
                Optional.empty(),
                Optimizer.adam(LEARNING_RATE),
                6),
            dataType);
    RandomStream random = RandomStream.of(8, "biases");
    INDArray parameters = engine.network().params();
    for (long i = 0; i < parameters.length(); i++) {
      parameters.putScalar(i, parameters.getDouble(i) + 0.05 * random.nextGaussian());
    }
    return engine;
  }

  private static INDArray batch(int from, int to, DataType dataType) {
    float[][] rows = TinyData.source(to, LENGTH).slice(from, to).toArrays();
    return Nd4j.createFromArray(rows).castTo(dataType).dup('c');
  }

  @ParameterizedTest
  @MethodSource("activationsAndLosses")
  void floatsAgreeInOutputsLossAndGradient(Activation activation, Loss loss) {
    Engine engine = engine(activation, loss, PENALTY, DataType.FLOAT);
    MultiLayerNetwork stock = StockNetwork.copyOf(engine);
    INDArray seen = batch(0, 8, DataType.FLOAT);
    INDArray wanted = batch(8, 16, DataType.FLOAT);

    float[] flat = seen.dup('c').data().asFloat();
    float[] codes = engine.forward().encode(flat, 8);
    float[] outputs = engine.forward().decode(codes, 8);
    List<INDArray> theirs = stock.feedForward(seen, false);
    // Theirs has a layer more for each that learns slopes.
    int bottleneck = activation == Activation.PRELU ? 5 : 3;
    assertClose(codes, theirs.get(bottleneck).dup('c').data().asFloat(), 1e-5);
    assertClose(outputs, stock.output(seen).dup('c').data().asFloat(), 1e-5);
    assertClose(outputs, engine.network().output(seen).dup('c').data().asFloat(), 1e-6);

    for (MultiLayerNetwork network : List.of(engine.network(), stock)) {
      network.setInput(seen);
      network.setLabels(wanted);
      network.computeGradientAndScore();
    }
    assertThat(engine.network().score())
        .isCloseTo(stock.score(), offset(1e-5 * (1 + stock.score())));
    // Theirs is a sum over the batch, which their updater divides by its size.
    double[] ours = engine.network().gradient().gradient().toDoubleVector();
    double[] gradient = stock.gradient().gradient().div(8).toDoubleVector();
    double norm = norm(gradient);
    assertThat(norm).isGreaterThan(1e-3);
    assertThat(distance(ours, gradient)).isLessThan(1e-4 * norm);
  }

  @ParameterizedTest
  @MethodSource("activationsAndLosses")
  void tenStepsStayTogether(Activation activation, Loss loss) {
    for (DataType dataType : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      Engine engine = engine(activation, loss, PENALTY, dataType);
      MultiLayerNetwork stock = StockNetwork.copyOf(engine);
      double[] start = engine.network().params().toDoubleVector();
      for (int step = 0; step < 10; step++) {
        // Batches of different sizes, so that a mean over the wrong number shows.
        INDArray seen = batch(4 * step, 4 * step + 4 + step % 3, dataType);
        engine.step(seen, seen, Double.POSITIVE_INFINITY);
        stock.fit(seen, seen);
      }
      double[] ours = engine.network().params().toDoubleVector();
      double[] theirs = stock.params().toDoubleVector();
      double way = distance(theirs, start);
      assertThat(way).isGreaterThan(LEARNING_RATE);
      // Adam divides small gradients by their size, and so makes much of the last bits of floats.
      double tolerance = dataType == DataType.DOUBLE ? 1e-6 : 1e-2;
      assertThat(distance(ours, theirs)).as("%s", dataType).isLessThan(tolerance * way);
    }
  }

  private static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], offset(tolerance));
    }
  }

  private static double norm(double[] values) {
    return distance(values, new double[values.length]);
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
