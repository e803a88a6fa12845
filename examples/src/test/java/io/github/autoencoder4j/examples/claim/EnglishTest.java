package io.github.autoencoder4j.examples.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.study.Difference;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnglishTest {

  @Test
  void saysTheSizeOfADifferenceAsItIsPrinted() {
    assertThat(English.size(new Difference(28.196, 26.624, 0.01, 100), 2)).isEqualTo("1.58");
  }

  @Test
  void listsNamesAsPeopleDo() {
    assertThat(English.list(List.of("a"))).isEqualTo("a");
    assertThat(English.list(List.of("a", "b"))).isEqualTo("a and b");
    assertThat(English.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
  }
}
