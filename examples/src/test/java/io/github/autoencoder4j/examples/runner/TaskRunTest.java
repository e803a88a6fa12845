package io.github.autoencoder4j.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskRunTest {

  @ParameterizedTest
  @CsvSource({"2729, 1", "20000, 1", "1801, 1", "1799, 2", "268, 10", "180, 15", "90, 30"})
  void fewPhotosAreLookedAtMoreOften(int photos, int views) {
    assertThat(TaskRun.viewsOf(photos)).isEqualTo(views);
  }

  /** So training takes about the same number of steps, and time, whatever there is of photos. */
  @Property
  void anEpochIsNeverShortAndNeverLong(@ForAll @IntRange(min = 1, max = 2_700) int photos) {
    assertThat(TaskRun.viewsOf(photos) * photos)
        .isBetween(TaskRun.PHOTOS_AN_EPOCH * 2 / 3, TaskRun.PHOTOS_AN_EPOCH * 4 / 3);
  }
}
