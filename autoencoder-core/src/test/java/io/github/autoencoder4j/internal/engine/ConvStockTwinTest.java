package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.random.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Convolutions of ours against the same network made of Deeplearning4j's own layers. */
class ConvStockTwinTest {

  private static final double LEARNING_RATE = 1e-2;
  private static final Penalty PENALTY = new Penalty(1e-4, 3e-3);
  private static final ImageShape INPUT = new ImageShape(16, 8, 3);
  private static final ImageShape SIGNAL = new ImageShape(1, 32, 3);

  private static ConvArchitecture architecture(Resampling resampling, int residualBlocks) {
    return architecture(Activation.RELU, resampling, residualBlocks);
  }

  private static ConvArchitecture architecture(
      Activation activation, Resampling resampling, int residualBlocks) {
    return architecture(INPUT, activation, resampling, residualBlocks);
  }

  private static ConvArchitecture architecture(
      ImageShape input, Activation activation, Resampling resampling, int residualBlocks) {
    return new ConvArchitecture(
        input,
        new ImageShape((input.height() + 3) / 4, input.width() / 4, 2),
        List.of(2, 2),
        List.of(5),
        resampling == Resampling.STRIDED ? 4 : 3,
        activation,
        residualBlocks,
        resampling);
  }

  private static Engine engine(
      ConvArchitecture architecture, List<LatentStage> stages, Loss loss, DataType dataType) {
    Engine engine =
        Engine.create(
            new Spec(
                architecture,
                stages,
                loss.output(),
                PENALTY,
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

  private static INDArray batch(ImageShape shape, int n, int step, DataType dataType) {
    RandomStream random = RandomStream.of(9, "batch", step);
    float[] values = new float[n * shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Nd4j.createFromArray(values)
        .castTo(dataType)
        .reshape('c', n, shape.channels(), shape.height(), shape.width());
  }

  static Stream<Arguments> networks() {
    return Stream.of(INPUT, SIGNAL)
        .flatMap(
            shape ->
                Stream.of(Activation.RELU, Activation.PRELU)
                    .flatMap(
                        a -> Stream.of(Loss.values()).map(loss -> Arguments.of(shape, a, loss))));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void floatsAgreeInOutputsLossAndGradient(ImageShape shape, Activation activation, Loss loss) {
    ConvArchitecture architecture = architecture(shape, activation, Resampling.STRIDED, 0);
    Engine engine = engine(architecture, List.of(), loss, DataType.FLOAT);
    MultiLayerNetwork stock = StockNetwork.copyOf(engine);
    // Their gradient of a slope refuses more than 64 values, which are 2 images here.
    int n = activation == Activation.PRELU ? 2 : 6;
    INDArray seen = batch(shape, n, 0, DataType.FLOAT);
    INDArray wanted = batch(shape, n, 1, DataType.FLOAT);

    float[] codes = engine.forward().encode(floats(seen), n);
    float[] outputs = engine.forward().decode(codes, n);
    List<INDArray> theirs = stock.feedForward(seen, false);
    assertClose(codes, floats(theirs.get(activation == Activation.PRELU ? 3 : 2)), 1e-5);
    assertClose(outputs, floats(theirs.get(theirs.size() - 1)), 1e-5);
    assertClose(outputs, floats(engine.network().output(seen)), 1e-6);

    for (MultiLayerNetwork network : List.of(engine.network(), stock)) {
      network.setInput(seen);
      network.setLabels(wanted);
      network.computeGradientAndScore();
    }
    assertThat(engine.network().score())
        .isCloseTo(stock.score(), offset(1e-5 * (1 + stock.score())));
    // Theirs is a sum over the batch, which their updater divides by its size.
    double[] gradient = stock.gradient().gradient().div(n).toDoubleVector();
    double norm = distance(gradient, new double[gradient.length]);
    assertThat(norm).isGreaterThan(1e-3);
    assertThat(distance(engine.network().gradient().gradient().toDoubleVector(), gradient))
        .isLessThan(1e-4 * norm);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void tenStepsStayTogether(ImageShape shape, Activation activation, Loss loss) {
    ConvArchitecture architecture = architecture(shape, activation, Resampling.STRIDED, 0);
    Engine engine = engine(architecture, List.of(), loss, DataType.DOUBLE);
    MultiLayerNetwork stock = StockNetwork.copyOf(engine);
    double[] start = engine.network().params().toDoubleVector();
    for (int step = 0; step < 10; step++) {
      // Batches of different sizes, so that a mean over the wrong number shows.
      int n = activation == Activation.PRELU ? 1 + step % 2 : 4 + step % 3;
      INDArray seen = batch(shape, n, step, DataType.DOUBLE);
      engine.step(seen, seen, Double.POSITIVE_INFINITY);
      stock.fit(seen, seen);
    }
    double[] ours = engine.network().params().toDoubleVector();
    double way = distance(ours, start);
    assertThat(way).isGreaterThan(LEARNING_RATE);
    assertThat(distance(ours, stock.params().toDoubleVector())).isLessThan(1e-6 * way);
  }

  @Test
  void whatDeeplearning4jLacksIsNamed() {
    Loss loss = Loss.MEAN_SQUARED_ERROR;
    Engine subpixel = engine(architecture(Resampling.SUBPIXEL, 0), List.of(), loss, DataType.FLOAT);
    assertThatThrownBy(() -> StockNetwork.copyOf(subpixel))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("encoder-1-to-depth")
        .hasMessageContaining("Dl4j.networkOf(...)");
    Engine residual = engine(architecture(Resampling.STRIDED, 1), List.of(), loss, DataType.FLOAT);
    assertThatThrownBy(() -> StockNetwork.copyOf(residual))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("encoder-1-residual-1");
    Engine normalized =
        engine(
            architecture(Resampling.STRIDED, 0),
            List.of(PowerNormalization.perExample()),
            loss,
            DataType.FLOAT);
    assertThatThrownBy(() -> StockNetwork.copyOf(normalized))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("power normalisation");
    Engine divisive =
        engine(
            architecture(Activation.GDN, Resampling.STRIDED, 0), List.of(), loss, DataType.FLOAT);
    assertThatThrownBy(() -> StockNetwork.copyOf(divisive))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("GDN of encoder-1")
        .hasMessageContaining("Dl4j.networkOf(...)");
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  private static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], offset(tolerance));
    }
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
