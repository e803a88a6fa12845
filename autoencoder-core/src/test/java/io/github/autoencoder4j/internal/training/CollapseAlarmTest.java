package io.github.autoencoder4j.internal.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollapseAlarmTest {

  @ParameterizedTest
  @CsvSource({"5, 469, 1", "5, 100, 1", "5, 99, 2", "200, 1, 100", "20, 1, 20", "1, 3, 1"})
  void judgesOnceWhenEnoughStepsWereMade(int epochs, int stepsInEpoch, int expected) {
    assertThat(CollapseAlarm.epoch(epochs, stepsInEpoch)).isEqualTo(expected);
  }
}
