package io.github.autoencoder4j.internal.engine;

import static io.github.autoencoder4j.internal.engine.PlanInitializer.BETA;
import static io.github.autoencoder4j.internal.engine.PlanInitializer.GAMMA;
import static io.github.autoencoder4j.internal.engine.PlanInitializer.SLOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.Axes;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Activations with parameters of their own, against their formulas and central differences. */
class LearnedActivationTest {

  private static final double STEP = 1e-6;

  private final Map<String, INDArray> values = new HashMap<>();
  private final Map<String, INDArray> gradients = new HashMap<>();

  @Provide
  Arbitrary<Activation> learned() {
    return Arbitraries.of(Activation.PRELU, Activation.GDN, Activation.INVERSE_GDN);
  }

  /** A non-linearity with parameters around those that it starts with. */
  private Nonlinearity create(Activation activation, int channels, long seed, DataType type) {
    put(SLOPE, random(seed, SLOPE, type, channels).addi(0.25));
    // Above their bounds, which have a test of their own.
    put(BETA, random(seed, BETA, type, channels).muli(0.1).addi(1));
    put(GAMMA, random(seed, GAMMA, type, channels, channels, 1, 1).muli(0.1).addi(0.6));
    return Nonlinearity.of(activation, values::get, gradients::get);
  }

  private void put(String key, INDArray array) {
    values.put(key, array);
    gradients.put(key, array.ulike());
  }

  private static INDArray random(long seed, String name, DataType type, long... shape) {
    RandomStream random = RandomStream.of(seed, name);
    INDArray array = Nd4j.create(DataType.DOUBLE, shape);
    INDArray flat = array.reshape(array.length());
    for (long i = 0; i < flat.length(); i++) {
      flat.putScalar(i, random.nextGaussian());
    }
    return array.castTo(type);
  }

  private static long[] shape(int n, int channels, int side) {
    return side == 0 ? new long[] {n, channels} : new long[] {n, channels, side, side + 1};
  }

  /** What the papers say, value by value. */
  private double[] formula(Activation activation, INDArray z) {
    int channels = (int) z.size(1);
    int area = (int) (z.length() / (z.size(0) * channels));
    double[] in = z.dup('c').data().asDouble();
    double[] out = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      int channel = i / area % channels;
      if (activation == Activation.PRELU) {
        double slope = values.get(SLOPE).getDouble(channel);
        out[i] = Math.max(0, in[i]) + slope * Math.min(0, in[i]);
        continue;
      }
      double sum = square(values.get(BETA).getDouble(channel));
      for (int j = 0; j < channels; j++) {
        sum +=
            square(values.get(GAMMA).getDouble(channel, j, 0, 0))
                * square(in[i + (j - channel) * area]);
      }
      out[i] = in[i] * Math.pow(sum, activation == Activation.GDN ? -0.5 : 0.5);
    }
    return out;
  }

  private static double square(double value) {
    return value * value;
  }

  @Property(tries = 60)
  void outputsAreThoseOfTheFormula(
      @ForAll("learned") Activation activation,
      @ForAll @IntRange(min = 1, max = 3) int n,
      @ForAll @IntRange(min = 1, max = 5) int channels,
      @ForAll @IntRange(max = 3) int side,
      @ForAll long seed,
      @ForAll boolean floats) {
    DataType type = floats ? DataType.FLOAT : DataType.DOUBLE;
    Nonlinearity function = create(activation, channels, seed, type);
    INDArray z = random(seed, "z", type, shape(n, channels, side)).muli(2);
    double[] expected = formula(activation, z);
    INDArray inferred = z.dup('c');
    function.infer(inferred);
    INDArray trained = z.dup('c');
    function.train(trained, LayerWorkspaceMgr.noWorkspaces());
    assertThat(trained).isEqualTo(inferred);
    double[] actual = inferred.data().asDouble();
    for (int i = 0; i < expected.length; i++) {
      double tolerance = (floats ? 2e-5 : 1e-9) * (1 + Math.abs(expected[i]));
      assertThat(actual[i]).isCloseTo(expected[i], offset(tolerance));
    }
  }

  @Property(tries = 30)
  void gradientsAreThoseOfCentralDifferences(
      @ForAll("learned") Activation activation,
      @ForAll @IntRange(min = 1, max = 3) int n,
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll @IntRange(max = 2) int side,
      @ForAll long seed) {
    Nonlinearity function = create(activation, channels, seed, DataType.DOUBLE);
    long[] shape = shape(n, channels, side);
    INDArray z = random(seed, "z", DataType.DOUBLE, shape);
    INDArray weights = random(seed, "weights", DataType.DOUBLE, shape);
    INDArray delta = weights.dup('c');
    function.train(z.dup('c'), LayerWorkspaceMgr.noWorkspaces());
    function.back(delta, LayerWorkspaceMgr.noWorkspaces());
    assertDifferences(function, z, weights, z, delta);
    List<String> keys = activation == Activation.PRELU ? List.of(SLOPE) : List.of(BETA, GAMMA);
    for (String key : keys) {
      assertDifferences(function, z, weights, values.get(key), gradients.get(key));
    }
  }

  /** Compares the gradient of {@code sum(weights * f(z))} with differences along {@code moved}. */
  private static void assertDifferences(
      Nonlinearity function, INDArray z, INDArray weights, INDArray moved, INDArray gradient) {
    INDArray flat = moved.reshape(moved.length());
    double[] actual = gradient.dup('c').data().asDouble();
    for (int i = 0; i < actual.length; i++) {
      double value = flat.getDouble(i);
      flat.putScalar(i, value + STEP);
      double above = objective(function, z, weights);
      flat.putScalar(i, value - STEP);
      double below = objective(function, z, weights);
      flat.putScalar(i, value);
      double expected = (above - below) / (2 * STEP);
      assertThat(actual[i]).isCloseTo(expected, offset(1e-7 * (1 + Math.abs(expected))));
    }
  }

  private static double objective(Nonlinearity function, INDArray z, INDArray weights) {
    INDArray out = z.dup('c');
    function.infer(out);
    return out.mul(weights).sumNumber().doubleValue();
  }

  @Property(tries = 60)
  void floatsHaveTheGradientsOfDoubles(
      @ForAll("learned") Activation activation,
      @ForAll @IntRange(min = 1, max = 5) int channels,
      @ForAll @IntRange(max = 4) int side,
      @ForAll long seed) {
    List<List<double[]>> results = new ArrayList<>();
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      Nonlinearity function = create(activation, channels, seed, type);
      INDArray z = random(seed, "z", type, shape(3, channels, side));
      INDArray delta = random(seed, "delta", type, shape(3, channels, side));
      function.train(z, LayerWorkspaceMgr.noWorkspaces());
      function.back(delta, LayerWorkspaceMgr.noWorkspaces());
      List<double[]> arrays = new ArrayList<>(List.of(delta.data().asDouble()));
      List<String> keys = activation == Activation.PRELU ? List.of(SLOPE) : List.of(BETA, GAMMA);
      keys.forEach(key -> arrays.add(gradients.get(key).dup('c').data().asDouble()));
      results.add(arrays);
    }
    for (int array = 0; array < results.get(0).size(); array++) {
      double[] single = results.get(0).get(array);
      double[] twice = results.get(1).get(array);
      double largest = 1;
      for (double value : twice) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (int i = 0; i < twice.length; i++) {
        assertThat(single[i]).isCloseTo(twice[i], offset(1e-4 * largest));
      }
    }
  }

  @Property(tries = 100)
  void divisionIsByAPositiveNumberWhateverTheOptimiserDoes(
      @ForAll @DoubleRange(min = -1e3, max = 1e3) double beta,
      @ForAll @DoubleRange(min = -1e3, max = 1e3) double gamma,
      @ForAll @DoubleRange(min = -1e3, max = 1e3) double z) {
    put(BETA, Nd4j.createFromArray((float) beta));
    put(GAMMA, Nd4j.createFromArray((float) gamma).reshape(1, 1, 1, 1));
    for (boolean inverse : new boolean[] {false, true}) {
      INDArray out = Nd4j.createFromArray((float) z).reshape('c', 1, 1);
      new DivisiveNormalization(inverse, values::get, gradients::get).infer(out);
      assertThat(out.getDouble(0)).isFinite();
      assertThat(Math.signum(out.getDouble(0))).isEqualTo(Math.signum((float) z));
    }
  }

  @Example
  void belowTheBoundOnlyAGradientThatRaisesTheValuePasses() {
    put(BETA, Nd4j.createFromArray(-0.5, -0.5));
    put(GAMMA, Nd4j.createFromArray(-0.5, -0.5, -0.5, -0.5).reshape(2, 2, 1, 1));
    Nonlinearity function = Nonlinearity.of(Activation.GDN, values::get, gradients::get);
    INDArray z = Nd4j.createFromArray(1.0, 2.0).reshape('c', 1, 2);
    function.train(z, LayerWorkspaceMgr.noWorkspaces());
    // The first output should shrink, which more beta and gamma would do; the second should grow.
    function.back(
        Nd4j.createFromArray(1.0, -1.0).reshape('c', 1, 2), LayerWorkspaceMgr.noWorkspaces());
    assertThat(gradients.get(BETA).getDouble(0)).isNegative();
    assertThat(gradients.get(BETA).getDouble(1)).isZero();
    assertThat(gradients.get(GAMMA).getDouble(0, 1, 0, 0)).isNegative();
    assertThat(gradients.get(GAMMA).getDouble(1, 0, 0, 0)).isZero();
  }

  private static DenseArchitecture dense(Activation activation) {
    return new DenseArchitecture(ImageShape.grey(2, 3), List.of(5, 4), 2, activation, 0);
  }

  private static ConvArchitecture conv(Activation activation, int blocks, Resampling resampling) {
    return new ConvArchitecture(
        new ImageShape(8, 4, 3),
        new ImageShape(2, 1, 2),
        List.of(2, 2),
        List.of(4, 5),
        resampling == Resampling.STRIDED ? 4 : 3,
        activation,
        blocks,
        resampling);
  }

  @Example
  void startsAtTheValuesOfThePapers() {
    Map<String, INDArray> slopes = firstLayer(Activation.PRELU);
    assertThat(slopes.get(SLOPE).toDoubleVector()).hasSize(4).containsOnly(0.25);
    for (Activation activation : List.of(Activation.GDN, Activation.INVERSE_GDN)) {
      Map<String, INDArray> table = firstLayer(activation);
      for (int i = 0; i < 4; i++) {
        assertThat(square(table.get(BETA).getDouble(i))).isCloseTo(1, offset(1e-6));
        for (int j = 0; j < 4; j++) {
          assertThat(square(table.get(GAMMA).getDouble(i, j, 0, 0)))
              .isCloseTo(i == j ? 0.1 : 0, offset(1e-7));
        }
      }
    }
  }

  private static Map<String, INDArray> firstLayer(Activation activation) {
    return engine(conv(activation, 0, Resampling.STRIDED), Penalty.NONE)
        .network()
        .getLayer(0)
        .paramTable();
  }

  private static Engine engine(Architecture architecture, Penalty penalty) {
    return Engine.create(
        new Spec(
            architecture,
            List.of(),
            Output.sigmoidSquares(),
            penalty,
            Optional.empty(),
            Optimizer.sgd(1),
            4),
        DataType.DOUBLE);
  }

  @Example
  void slopesWidenTheFirstWeightsLess() {
    ImageShape image = new ImageShape(4, 4, 30);
    double[] variances = new double[2];
    for (Activation activation : List.of(Activation.RELU, Activation.PRELU)) {
      ConvLayerPlan plan = new ConvLayerPlan("x", image, image, Axes.BOTH, 3, 1, false, activation);
      ParameterSpec weight = plan.learned().get(1);
      RandomStream random = RandomStream.of(1, "weights");
      for (int i = 0; i < weight.length(); i++) {
        variances[activation == Activation.PRELU ? 1 : 0] +=
            square(weight.start().value(i, random)) / weight.length();
      }
    }
    assertThat(variances[0]).isCloseTo(2.0 / 270, offset(2e-4));
    assertThat(variances[1] / variances[0]).isCloseTo(1 / (1 + 0.25 * 0.25), offset(1e-9));
  }

  @Property(tries = 9)
  void penaltiesDoNotApplyToThem(
      @ForAll("learned") Activation activation, @ForAll @IntRange(max = 1) int blocks) {
    for (Architecture architecture :
        List.of(dense(activation), conv(activation, blocks, Resampling.SUBPIXEL))) {
      Engine engine = engine(architecture, new Penalty(0.1, 0.2));
      double before = engine.store().penalty();
      assertThat(before).isPositive();
      int found = 0;
      for (Layer layer : engine.network().getLayers()) {
        for (String key : List.of(SLOPE, BETA, GAMMA)) {
          INDArray learned = layer.paramTable().get(key);
          if (learned != null) {
            learned.addi(3);
            found++;
          }
        }
      }
      assertThat(found).isPositive();
      assertThat(engine.store().penalty()).isEqualTo(before);
    }
  }

  @Example
  void thereIsNoWayBackWithoutAWayThere() {
    for (Activation activation : Activation.values()) {
      Nonlinearity function = create(activation, 2, 1, DataType.FLOAT);
      INDArray z = random(1, "z", DataType.FLOAT, 2, 2);
      assertThatIllegalStateException()
          .isThrownBy(() -> function.back(z, LayerWorkspaceMgr.noWorkspaces()));
      function.train(z.dup('c'), LayerWorkspaceMgr.noWorkspaces());
      function.clear();
      assertThatIllegalStateException()
          .isThrownBy(() -> function.back(z, LayerWorkspaceMgr.noWorkspaces()));
    }
  }
}
