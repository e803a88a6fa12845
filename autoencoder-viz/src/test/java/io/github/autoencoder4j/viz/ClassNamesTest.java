package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClassNamesTest {

  private static final int SIDE = 300;

  private static Rectangle2D.Double centred(double x, double y, double width) {
    return new Rectangle2D.Double(x - width / 2, y - 10, width, 20);
  }

  private static void checkApartAndInside(List<Rectangle2D.Double> boxes) {
    for (int i = 0; i < boxes.size(); i++) {
      Rectangle2D.Double box = boxes.get(i);
      assertThat(box.x).isBetween(0.0, SIDE - box.width);
      assertThat(box.y).isBetween(0.0, SIDE - box.height);
      for (int j = 0; j < i; j++) {
        Rectangle2D common = box.createIntersection(boxes.get(j));
        assertThat(Math.min(common.getWidth(), common.getHeight())).isLessThan(1);
      }
    }
  }

  @Property
  void partsNamesOfAnyWidthAnywhere(
      @ForAll @IntRange(min = 1, max = 10) int names, @ForAll long seed) {
    Random random = new Random(seed);
    // From all over the area to all in one place, which may be a corner.
    double spread = random.nextDouble() * random.nextInt(2) * SIDE;
    double x = random.nextDouble() * SIDE;
    double y = random.nextDouble() * SIDE;
    List<Rectangle2D.Double> boxes = new ArrayList<>();
    for (int i = 0; i < names; i++) {
      boxes.add(
          centred(
              x + spread * (random.nextDouble() - 0.5),
              y + spread * (random.nextDouble() - 0.5),
              15 + random.nextInt(100)));
    }
    ClassNames.separate(boxes, SIDE, SIDE);
    checkApartAndInside(boxes);
  }

  @Test
  void leavesNamesThatCanBeReadWhereTheyAre() {
    List<Rectangle2D.Double> boxes = List.of(centred(100, 100, 90), centred(195, 105, 90));
    ClassNames.separate(boxes, SIDE, SIDE);
    assertThat(boxes).containsExactly(centred(100, 100, 90), centred(195, 105, 90));
  }

  @Test
  void stacksNamesThatAreTooWideToStandSideBySide() {
    List<Rectangle2D.Double> boxes = List.of(centred(10, 290, 155), centred(290, 290, 155));
    ClassNames.separate(boxes, SIDE, SIDE);
    checkApartAndInside(boxes);
  }

  @Test
  void centresANameThatIsWiderThanTheArea() {
    List<Rectangle2D.Double> boxes = List.of(centred(0, 150, 400));
    ClassNames.separate(boxes, SIDE, SIDE);
    assertThat(boxes.get(0).getCenterX()).isCloseTo(150, within(1e-9));
  }
}
