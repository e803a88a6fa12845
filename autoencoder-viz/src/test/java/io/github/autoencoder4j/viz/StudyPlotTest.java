package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.study.Study;
import io.github.autoencoder4j.study.StudyResult;
import java.awt.Rectangle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyPlotTest {

  // Below the legend, whose swatches have the colours of the lines.
  private static final int BELOW_LEGEND = Theme.MARGIN + 24;

  /** 8, 4, 2 and 1, less and more by the spread of the seeds. */
  private static StudyResult<Integer> study(double spread, long... seeds) {
    return Study.of("size", List.of(1, 2, 4, 8))
        .seeds(seeds)
        .run((size, seed) -> Map.of("loss", 8.0 / size + spread * (seed - 2)));
  }

  private static Rectangle line(Picture picture, int index, int count) {
    return Pixels.of(picture).bounds(Pixels.seriesColor(index, count), BELOW_LEGEND);
  }

  @Test
  void drawsTheMeanOverAllSettings() {
    StudyPlot<Integer> plot = StudyPlot.of(study(0, 1, 2, 3), "loss");
    Picture picture = plot.beside("PCA", 8, 8, 8, 8).draw();
    Rectangle mean = line(picture, 0, 2);
    Rectangle beside = line(picture, 1, 2);

    // From the first setting, where one dot covers the other, to the last, and far down.
    assertThat(mean.getMaxX()).isCloseTo(beside.getMaxX(), within(4.0));
    assertThat(beside.getCenterY()).isCloseTo(mean.getMinY(), within(8.0));
    assertThat(mean.height).isGreaterThan(20 * beside.height);
    assertThat(Pixels.of(picture).keepsItsMargin()).isTrue();
  }

  @Test
  void drawsTheSpreadOfTheSeedsAndEachOfThem() {
    int level = line(StudyPlot.of(study(0, 1, 2, 3), "loss").draw(), 0, 1).height;
    Picture spread = StudyPlot.of(study(2, 1, 2, 3), "loss").draw();
    // The axis is as high as before, so that the falling line is flatter; its ends stand out.
    assertThat(line(spread, 0, 1).height).isGreaterThan(level * 8 / 10);
    Rectangle seeds = Pixels.of(spread).bounds(Theme.FRAME.getRGB() & 0xffffff, BELOW_LEGEND);
    assertThat(seeds.width).isGreaterThan(line(spread, 0, 1).width);
    assertThat(spread.toPng())
        .isNotEqualTo(StudyPlot.of(study(1.9, 1, 2, 3), "loss").draw().toPng());
  }

  @Test
  void oneSeedHasNoSpread() {
    Picture one = StudyPlot.of(study(1, 1), "loss").draw();
    assertThat(one.height()).isGreaterThan(320);
    assertThat(Pixels.of(one).keepsItsMargin()).isTrue();
  }

  @Test
  void marksTheKnee() {
    StudyResult<Integer> result = study(0.01, 1, 2, 3);
    Picture plain = StudyPlot.of(result, "loss").draw();
    Picture marked = StudyPlot.of(result, "loss").mark("knee", result.knee("loss", 0.8)).draw();
    Rectangle mark = Pixels.of(marked).bounds(Theme.MUTED.getRGB() & 0xffffff, BELOW_LEGEND);

    assertThat(marked.toPng()).isNotEqualTo(plain.toPng());
    assertThat(mark.height).isGreaterThan(250);
  }

  @Test
  void rejectsWhatTheStudyHasNot() {
    StudyResult<Integer> result = study(1, 1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StudyPlot.of(result, "time"))
        .withMessageContaining("measured no \"time\"");
    StudyPlot<Integer> plot = StudyPlot.of(result, "loss");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plot.mark("knee", 3))
        .withMessageContaining("no setting 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plot.beside("PCA", 1, 2))
        .withMessageContaining("has 2 values, but the study has 4 settings");
    StudyResult<String> broken =
        Study.of("what", List.of("a")).run((what, seed) -> Map.of("loss", Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> StudyPlot.of(broken, "loss"));
  }
}
