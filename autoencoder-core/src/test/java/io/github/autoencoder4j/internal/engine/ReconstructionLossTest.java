package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.random.RandomStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ReconstructionLossTest {

  private static INDArray row(DataType type, double... values) {
    return Nd4j.createFromArray(values).castTo(type).reshape('c', 1, values.length);
  }

  /** The textbook formula, in doubles. */
  private static double byHand(Loss loss, double z, double t) {
    double y = 1 / (1 + Math.exp(-z));
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> Math.max(z, 0) - t * z + Math.log1p(Math.exp(-Math.abs(z)));
      case MEAN_SQUARED_ERROR -> (y - t) * (y - t);
    };
  }

  @Property(tries = 60)
  void floatsAgreeWithOperationsAndWithTheFormula(
      @ForAll Loss loss,
      @ForAll @IntRange(min = 1, max = 2_500) int count,
      @ForAll @DoubleRange(min = 0.1, max = 30) double scale,
      @ForAll @LongRange(min = 0, max = 1_000) long seed) {
    RandomStream random = RandomStream.of(seed, "loss");
    double[] z = new double[count];
    double[] t = new double[count];
    double expected = 0;
    for (int i = 0; i < count; i++) {
      z[i] = (float) (scale * random.nextGaussian());
      t[i] = random.nextInt(3) == 0 ? random.nextInt(2) : random.nextFloat();
      expected += byHand(loss, z[i], t[i]) / count;
    }
    INDArray floats = Nd4j.create(DataType.FLOAT, new long[] {1, count}, 'c');
    double fast =
        ReconstructionLoss.compute(loss, row(DataType.FLOAT, z), row(DataType.FLOAT, t), floats);
    INDArray doubles = Nd4j.create(DataType.DOUBLE, new long[] {1, count}, 'c');
    double slow =
        ReconstructionLoss.compute(loss, row(DataType.DOUBLE, z), row(DataType.DOUBLE, t), doubles);
    INDArray output = row(DataType.FLOAT, z);
    Nd4j.getExecutioner().exec(new Sigmoid(output, output));
    double byOperations =
        ReconstructionLoss.computeByOperations(
            loss, row(DataType.FLOAT, z), row(DataType.FLOAT, t), output);

    assertThat(slow).isCloseTo(expected, offset(1e-11 * (1 + expected)));
    assertThat(fast).isCloseTo(expected, offset(2e-6 * (1 + expected)));
    assertThat(byOperations).isCloseTo(expected, offset(1e-5 * (1 + expected)));
    for (int i = 0; i < count; i++) {
      assertThat(floats.getDouble(0, i) * count)
          .isCloseTo(doubles.getDouble(0, i) * count, offset(1e-6));
      assertThat(output.getDouble(0, i) * count)
          .isCloseTo(doubles.getDouble(0, i) * count, offset(1e-6));
    }
  }

  @Property
  void staysFiniteForSaturatedPixels(@ForAll Loss loss) {
    double[] z = {1e4, 1e4, -1e4, -1e4, 1e4, -1e4, 90, -90, 40, -40, 0};
    double[] t = {1, 0, 0, 1, 0.5, 0.25, 0, 1, 1, 0, 0.5};
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray gradient = Nd4j.create(type, new long[] {1, z.length}, 'c');
      double mean = ReconstructionLoss.compute(loss, row(type, z), row(type, t), gradient);
      double expected = 0;
      for (int i = 0; i < z.length; i++) {
        expected += byHand(loss, z[i], t[i]) / z.length;
      }
      assertThat(mean).isCloseTo(expected, offset(1e-5 * (1 + expected)));
      for (int i = 0; i < z.length; i++) {
        assertThat(gradient.getDouble(0, i)).isFinite();
      }
    }
  }

  @Example
  void crossEntropyStillPullsSaturatedPixelsBack() {
    INDArray gradient = Nd4j.create(DataType.FLOAT, new long[] {1, 2}, 'c');
    double mean =
        ReconstructionLoss.compute(
            Loss.BINARY_CROSS_ENTROPY,
            row(DataType.FLOAT, 1e4, -1e4),
            row(DataType.FLOAT, 0, 1),
            gradient);
    assertThat(mean).isEqualTo(1e4);
    assertThat(gradient.toFloatVector()).containsExactly(0.5f, -0.5f);
  }

  @Property
  void saysNotANumberForOne(@ForAll Loss loss) {
    INDArray gradient = Nd4j.create(DataType.FLOAT, new long[] {1, 2}, 'c');
    assertThat(
            ReconstructionLoss.compute(
                loss, row(DataType.FLOAT, Double.NaN, 0), row(DataType.FLOAT, 0, 1), gradient))
        .isNaN();
  }

  @Property
  void leavesLogitsAndTargetsAlone(@ForAll Loss loss) {
    INDArray z = row(DataType.FLOAT, 1, -2, 3);
    INDArray t = row(DataType.FLOAT, 0, 0.5, 1);
    ReconstructionLoss.compute(loss, z, t, z.ulike());
    assertThat(z.toFloatVector()).containsExactly(1, -2, 3);
    assertThat(t.toFloatVector()).containsExactly(0, 0.5f, 1);
  }

  @Property
  void readsPartsOfLargerArrays(@ForAll Loss loss) {
    INDArray z = Nd4j.createFromArray(new float[][] {{9, 9}, {1, -2}, {3, 0.5f}});
    INDArray t = Nd4j.createFromArray(new float[][] {{9, 9}, {0, 0.5f}, {1, 0.2f}});
    INDArray part = z.getRows(1, 2).dup('c');
    INDArray wanted = t.getRows(1, 2).dup('c');
    INDArrayIndex rows = NDArrayIndex.interval(1, 3);
    INDArray gradient = part.ulike();
    double ofView = ReconstructionLoss.compute(loss, z.get(rows), t.get(rows), gradient);
    INDArray expected = part.ulike();
    assertThat(ofView).isEqualTo(ReconstructionLoss.compute(loss, part, wanted, expected));
    assertThat(gradient).isEqualTo(expected);
  }
}
