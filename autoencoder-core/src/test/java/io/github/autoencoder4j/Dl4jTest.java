package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays of ND4J go in and out, whatever their type and order. */
class Dl4jTest {

  private static final ImageShape SHAPE = new ImageShape(2, 3, 2);
  private static final float[][] ROWS = TinyData.rows(5, SHAPE.size());

  @Test
  void imagesGoInAndOut() {
    INDArray array = Dl4j.array(ROWS, SHAPE);
    assertThat(array.shape()).isEqualTo(new long[] {5, 2, 2, 3});
    assertThat(array.dataType()).isEqualTo(DataType.FLOAT);
    // Planes first: the second channel's first row, second column.
    assertThat(array.getFloat(3, 1, 0, 1)).isEqualTo(ROWS[3][7]);
    for (INDArray form :
        new INDArray[] {
          array,
          array.dup('f'),
          array.castTo(DataType.DOUBLE),
          array.permute(0, 2, 3, 1).dup('c').permute(0, 3, 1, 2)
        }) {
      ImageSource samples = Dl4j.samples(form);
      assertThat(samples.shape()).isEqualTo(SHAPE);
      assertThat(samples.toArrays()).isDeepEqualTo(ROWS);
      assertThat(Dl4j.rows(form, SHAPE)).isDeepEqualTo(ROWS);
    }
  }

  @Test
  void vectorsGoInAndOut() {
    INDArray array = Dl4j.array(ROWS, ImageShape.vector(12));
    assertThat(array.shape()).isEqualTo(new long[] {5, 12});
    assertThat(Dl4j.samples(array).shape()).isEqualTo(ImageShape.vector(12));
    assertThat(Dl4j.samples(array.dup('f')).toArrays()).isDeepEqualTo(ROWS);
    // Vectors are rows of any shape with as many values.
    assertThat(Dl4j.rows(array, SHAPE)).isDeepEqualTo(ROWS);
  }

  @Test
  void copies() {
    INDArray array = Dl4j.array(ROWS, SHAPE);
    ImageSource samples = Dl4j.samples(array);
    float[][] rows = Dl4j.rows(array, SHAPE);
    array.assign(0.5);
    assertThat(samples.toArrays()).isDeepEqualTo(ROWS);
    assertThat(rows).isDeepEqualTo(ROWS);
  }

  @Test
  void rowsMayHaveAnyValuesAndSamplesMayNot() {
    INDArray array = Nd4j.createFromArray(new float[][] {{0.5f, -7, Float.NaN}});
    assertThat(Dl4j.rows(array, ImageShape.vector(3))[0]).containsExactly(0.5f, -7, Float.NaN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4j.samples(array))
        .withMessageContaining("sample 0")
        .withMessageContaining("-7.0")
        .withMessageContaining("[0, 1]");
  }

  @Test
  void refusesOtherShapes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4j.samples(Nd4j.zeros(2, 3, 4)))
        .withMessageContaining("[2, 3, 4]")
        .withMessageContaining("[n, channels, height, width]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4j.rows(Nd4j.zeros(12), SHAPE))
        .withMessageContaining("[12]");
    // As many values, with the axes in another order.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4j.rows(Nd4j.zeros(5, 2, 3, 2), SHAPE))
        .withMessageContaining("3x2x2")
        .withMessageContaining("2x3x2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4j.rows(Nd4j.zeros(5, 12, 1, 1), ImageShape.vector(12)))
        .withMessageContaining("1x1x12");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4j.array(ROWS, ImageShape.vector(11)))
        .withMessageContaining("row 0 has 12 values")
        .withMessageContaining("1x11x1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4j.array(new float[0][], SHAPE))
        .withMessageContaining("at least one row");
  }
}
