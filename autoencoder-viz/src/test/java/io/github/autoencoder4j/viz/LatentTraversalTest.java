package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.data.ImageShape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LatentTraversalTest {

  private static final ImageShape SHAPE = ImageShape.grey(2, 2);

  /** The first number of a code is the light above, the second that below; -3 is black, 3 white. */
  private static float[][] decode(float[][] codes) {
    return Arrays.stream(codes)
        .map(
            code -> {
              float above = (code[0] + 3) / 6;
              float below = (code[1] + 3) / 6;
              return new float[] {above, above, below, below};
            })
        .toArray(float[][]::new);
  }

  @Property(tries = 50)
  void movesOneNumberAndLeavesTheOthers(
      @ForAll @Size(min = 1, max = 6) List<@FloatRange(min = -5, max = 5) Float> values,
      @ForAll @IntRange(max = 5) int which,
      @ForAll @IntRange(min = 2, max = 20) int steps) {
    float[] code = new float[values.size()];
    for (int i = 0; i < code.length; i++) {
      code[i] = values.get(i);
    }
    int moved = which % code.length;
    float[][] codes = LatentTraversal.of(code).dimension(moved).range(-2, 4).steps(steps).codes();

    assertThat(codes).hasDimensions(steps, code.length);
    for (int s = 0; s < steps; s++) {
      for (int i = 0; i < code.length; i++) {
        double expected = i == moved ? -2 + 6.0 * s / (steps - 1) : code[i];
        assertThat((double) codes[s][i]).isCloseTo(expected, within(1e-5));
      }
    }
  }

  @Test
  void walksStraightThroughTheCodeInADirection() {
    float[][] codes =
        LatentTraversal.of(new float[] {1, 2})
            .direction("axis 1", new float[] {2, -1})
            .range(-1, 1)
            .steps(3)
            .codes();

    assertThat(codes).isEqualTo(new float[][] {{-1, 3}, {1, 2}, {3, 1}});
  }

  @Test
  void drawsAStripForEachRow() {
    Picture strips =
        LatentTraversal.of(new float[2])
            .dimension(0)
            .dimension(1)
            .draw(SHAPE, LatentTraversalTest::decode);
    Picture same =
        ImageGrid.of(SHAPE)
            .columnHeaders(
                "-3.00", "-2.25", "-1.50", "-0.75", "+0.00", "+0.75", "+1.50", "+2.25", "+3.00")
            .row("z1", decode(row(0)))
            .row("z2", decode(row(1)))
            .draw();

    assertThat(AnimationTest.pixels(strips.toImage()))
        .isEqualTo(AnimationTest.pixels(same.toImage()));
  }

  private static float[][] row(int dimension) {
    float[][] codes = new float[9][2];
    for (int i = 0; i < 9; i++) {
      codes[i][dimension] = -3 + 0.75f * i;
    }
    return codes;
  }

  @Test
  void movesAllRowsAtOnce() throws IOException {
    Animation animation =
        LatentTraversal.of(new float[2])
            .title("Two lights")
            .dimension(0)
            .dimension(1)
            .steps(5)
            .magnify(40)
            .animate(SHAPE, LatentTraversalTest::decode);
    List<AnimationTest.Frame> frames = AnimationTest.decode(animation.toPng()).frames();
    float[][] third = {{1.5f, 0}, {0, 1.5f}};
    Picture same =
        ImageGrid.of(SHAPE)
            .title("Two lights")
            .magnify(40)
            .columnHeaders("z1", "z2")
            .row("", decode(third), "+1.50", "+1.50")
            .draw();

    assertThat(frames).hasSize(8);
    assertThat(AnimationTest.pixels(frames.get(3).image()))
        .isEqualTo(AnimationTest.pixels(same.toImage()))
        .isEqualTo(AnimationTest.pixels(frames.get(5).image()));
  }

  @Test
  void refusesWhatCannotBeWalked() {
    LatentTraversal none = LatentTraversal.of(new float[] {1, 2});
    assertThatThrownBy(() -> LatentTraversal.of(new float[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a traversal needs a code of at least one number");
    assertThatThrownBy(() -> LatentTraversal.of(new float[] {0, Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("code[1] must be a finite number, but was NaN");
    assertThatThrownBy(() -> none.draw(SHAPE, LatentTraversalTest::decode))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a traversal needs at least one row; call dimension or direction");
    assertThatThrownBy(() -> none.dimension(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dimension must lie in 0 to 1, but was 2");
    assertThatThrownBy(() -> none.direction("a", new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the code has 2 numbers, but the direction a has 3");
    assertThatThrownBy(() -> none.direction("a", new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the direction a has zeros only and leads nowhere; leave it out");
    assertThatThrownBy(() -> none.range(1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> none.steps(1)).isInstanceOf(IllegalArgumentException.class);
    none.dimension(1);
    assertThatThrownBy(() -> none.draw(SHAPE, codes -> new float[1][4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the traversal has 9 codes, but the decoder made 1 images of them");
  }
}
