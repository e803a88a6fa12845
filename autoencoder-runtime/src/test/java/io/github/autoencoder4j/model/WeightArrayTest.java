package io.github.autoencoder4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WeightArrayTest {

  private static WeightArray counted(List<Integer> shape) {
    FloatBuffer values = FloatBuffer.allocate(shape.stream().reduce(1, Math::multiplyExact));
    for (int i = 0; i < values.capacity(); i++) {
      values.put(i, i);
    }
    return new WeightArray("a", shape, values);
  }

  @Test
  void turnsTheKernelOfADenseLayer() {
    WeightArray turned = counted(List.of(2, 3)).permute(1, 0);

    assertThat(turned.shape()).containsExactly(3, 2);
    assertThat(turned.toArray()).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(turned.name()).isEqualTo("a");
  }

  @Test
  void turnsTheKernelOfAConvolution() {
    WeightArray turned = counted(List.of(2, 3, 4, 5)).permute(3, 2, 0, 1);

    assertThat(turned.shape()).containsExactly(5, 4, 2, 3);
    float[] values = turned.toArray();
    for (int out = 0; out < 5; out++) {
      for (int in = 0; in < 4; in++) {
        for (int row = 0; row < 2; row++) {
          for (int column = 0; column < 3; column++) {
            assertThat(values[((out * 4 + in) * 2 + row) * 3 + column])
                .isEqualTo(((row * 3 + column) * 4 + in) * 5 + out);
          }
        }
      }
    }
  }

  @Property
  void turnedBackItIsWhatItWas(
      @ForAll @Size(max = 5) List<@IntRange(min = 0, max = 4) Integer> shape, @ForAll long seed) {
    List<Integer> axes = new ArrayList<>(IntStream.range(0, shape.size()).boxed().toList());
    Collections.shuffle(axes, new Random(seed));
    int[] back = IntStream.range(0, shape.size()).map(axes::indexOf).toArray();
    WeightArray array = counted(shape);

    WeightArray turned = array.permute(axes.stream().mapToInt(Integer::intValue).toArray());

    assertThat(turned.shape()).isEqualTo(axes.stream().map(shape::get).toList());
    assertThat(turned.permute(back)).isEqualTo(array);
  }

  @Test
  void refusesAxesThatAreNotEachThereOnce() {
    WeightArray array = counted(List.of(2, 3));
    for (int[] axes : Arrays.asList(new int[] {0}, new int[] {0, 0}, new int[] {1, 2})) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> array.permute(axes))
          .withMessageContaining("a of shape [2, 3] has the axes [0, 1]")
          .withMessageContaining(Arrays.toString(axes));
    }
  }

  @Test
  void takesAnotherName() {
    WeightArray named = counted(List.of(2)).withName("b");

    assertThat(named)
        .isEqualTo(new WeightArray("b", List.of(2), FloatBuffer.wrap(new float[] {0, 1})));
  }
}
