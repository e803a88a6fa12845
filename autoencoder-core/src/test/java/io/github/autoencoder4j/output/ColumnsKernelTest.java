package io.github.autoencoder4j.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.table.BinaryColumn;
import io.github.autoencoder4j.table.CategoryColumn;
import io.github.autoencoder4j.table.Column;
import io.github.autoencoder4j.table.NumberColumn;
import io.github.autoencoder4j.table.Scaling;
import io.github.autoencoder4j.table.Schemas;
import io.github.autoencoder4j.table.TableSchema;
import java.nio.FloatBuffer;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

class ColumnsKernelTest {

  private static final Scaling STANDARD = Scaling.standard(0, 1);

  private static OutputKernel kernel(Column... columns) {
    return Output.columns(new TableSchema(List.of(columns), TableSchema.MISSING)).kernel();
  }

  private static double loss(OutputKernel kernel, double[] fed, double... targets) {
    return kernel.lossAndGradient(fed, targets, new double[fed.length], 1);
  }

  private static double[] random(int n, double scale, String name, long seed) {
    RandomStream random = RandomStream.of(seed, name);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }

  @Property(tries = 100)
  void theGradientIsThatOfTheLoss(
      @ForAll @LongRange(min = 0, max = 100_000) long seed,
      @ForAll @DoubleRange(min = 0.1, max = 10) double scale) {
    OutputKernel kernel = Output.columns(Schemas.ofAllKinds()).kernel();
    double[] fed = random(64, scale, "fed", seed);
    double[] targets = random(64, 1, "targets", seed);
    double[] gradient = new double[64];
    kernel.lossAndGradient(fed, targets, gradient, 2);
    double h = 1e-6;
    for (int i = 0; i < 64; i++) {
      double z = fed[i];
      fed[i] = z + h;
      double above = kernel.lossAndGradient(fed, targets, new double[64], 2);
      fed[i] = z - h;
      double below = kernel.lossAndGradient(fed, targets, new double[64], 2);
      fed[i] = z;
      double expected = (above - below) / (2 * h);
      assertThat(gradient[i]).isCloseTo(expected, offset(2e-6 * (1 + Math.abs(expected))));
    }
  }

  @Property(tries = 50)
  void theTwinIn32BitsAgrees(@ForAll @LongRange(min = 0, max = 100_000) long seed) {
    OutputKernel kernel = Output.columns(Schemas.ofAllKinds()).kernel();
    double[] fed = random(64, 2, "fed", seed);
    double[] targets = random(64, 1, "targets", seed);
    double[] gradient = new double[64];
    double sum = kernel.lossAndGradient(fed, targets, gradient, 2);
    FloatBuffer linked = floats(fed);
    double mean = kernel.lossAndGradient(floats(fed), floats(targets), linked, 2, 100);
    assertThat(mean).isCloseTo(sum / 100, offset(1e-6 * (1 + Math.abs(sum))));
    for (int i = 0; i < 64; i++) {
      assertThat((double) linked.get(i)).isCloseTo(gradient[i] / 100, offset(1e-6));
    }
  }

  private static FloatBuffer floats(double[] values) {
    FloatBuffer floats = FloatBuffer.allocate(values.length);
    for (int i = 0; i < values.length; i++) {
      floats.put(i, (float) values[i]);
    }
    return floats;
  }

  @Property(tries = 100)
  void numbersAreDensities(@ForAll @DoubleRange(min = -6, max = 6) double t) {
    OutputKernel gaussian = kernel(new NumberColumn("x", false, STANDARD, false));
    assertThat(loss(gaussian, new double[] {0.5}, t))
        .isCloseTo(
            -Math.log(Math.exp(-(t - 0.5) * (t - 0.5) / 2) / Math.sqrt(2 * Math.PI)), offset(1e-9));
  }

  @Example
  void densitiesAddUpToOne() {
    for (Scaling scaling : List.of(STANDARD, Scaling.robust(0, 1))) {
      OutputKernel kernel = kernel(new NumberColumn("x", false, scaling, false));
      double sum = 0;
      for (double t = -40; t < 40; t += 1e-3) {
        sum += 1e-3 * Math.exp(-loss(kernel, new double[] {0.3}, t));
      }
      assertThat(sum).isCloseTo(1, offset(1e-6));
    }
  }

  @Example
  void aWildNumberPullsNoHarderThanAnyOther() {
    OutputKernel kernel = kernel(new NumberColumn("x", false, Scaling.robust(0, 1), false));
    double[] gradient = new double[1];
    kernel.lossAndGradient(new double[] {0}, new double[] {1e6}, gradient, 1);
    assertThat(gradient[0]).isEqualTo(-1);
    kernel.lossAndGradient(new double[] {0}, new double[] {0.25}, gradient, 1);
    assertThat(gradient[0]).isEqualTo(-0.25);
  }

  @Example
  void categoriesAreProbabilities() {
    OutputKernel kernel = kernel(new CategoryColumn("c", List.of("a", "b"), false));
    double[] fed = {1, 2, 4};
    double sum = Math.exp(1) + Math.exp(2) + Math.exp(4);
    assertThat(loss(kernel, fed, 0, 1, 0)).isCloseTo(-Math.log(Math.exp(2) / sum), offset(1e-12));
    double[] gradient = new double[3];
    kernel.lossAndGradient(fed, new double[] {0, 1, 0}, gradient, 1);
    assertThat(gradient[0] + gradient[1] + gradient[2]).isCloseTo(0, offset(1e-12));
    FloatBuffer values = floats(fed);
    kernel.toValues(values);
    assertThat((double) values.get(1)).isCloseTo(Math.exp(2) / sum, offset(1e-7));
    assertThat(values.get(0) + values.get(1) + values.get(2)).isCloseTo(1, offset(1e-6f));
    double[] extreme = {1e4, -1e4, 0};
    assertThat(loss(kernel, extreme, 0, 1, 0)).isCloseTo(2e4, offset(1e-9));
  }

  @Example
  void missingCellsAddNothing() {
    OutputKernel kernel =
        kernel(
            new NumberColumn("x", false, STANDARD, true),
            new CategoryColumn("c", List.of("a", "b"), true),
            new BinaryColumn("b", "0", "1", true));
    double[] gradient = {1, 1, 1, 1, 1, 1, 1, 1};
    double[] fed = {9, 2, 1, 2, 3, -1, 7, 0.5};
    double[] targets = {0, 1, 0, 0, 0, 1, 0.5, 1};
    assertThat(kernel.lossAndGradient(fed, targets, gradient, 1)).isZero();
    assertThat(gradient).containsOnly(0);
    // The cells that are there count, and no mark does.
    targets = new double[] {8, 0, 0, 0, 0, 1, 0.5, 1};
    assertThat(kernel.lossAndGradient(fed, targets, gradient, 1))
        .isCloseTo((1 + Math.log(2 * Math.PI)) / 2, offset(1e-12));
    assertThat(gradient).containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
    FloatBuffer values = floats(fed);
    kernel.toValues(values);
    assertThat(values.get(1) + values.get(5) + values.get(7)).isZero();
  }

  @Example
  void samplesMustBeRows() {
    Output output = Output.columns(Schemas.ofAllKinds());
    assertThat(output.fedBy(ImageShape.vector(32))).isEqualTo(ImageShape.vector(32));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> output.fedBy(ImageShape.vector(31)))
        .withMessageContaining("32 values");
    assertThat(output.describe()).contains("21 columns");
  }
}
