package io.github.autoencoder4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {

  @AfterEach
  void forget() {
    System.clearProperty(Threads.PROPERTY);
  }

  @ParameterizedTest
  @CsvSource({
    // A quota of two on a host of sixty-four, a process bound to two, and a JVM told otherwise.
    "2, 64, , 2",
    "64, 2, , 2",
    "16, 2, 16, 2",
    "2, 64, 64, 2",
    // The user asks for fewer, also as a list, and not for anything that can be read.
    "8, 8, 3, 3",
    "8, 8, '3,2', 3",
    "8, 8, ' 3 ', 3",
    "8, 8, many, 8",
    "8, 8, 0, 8",
    "8, 8, '', 8"
  })
  void takesTheSmallestCount(int available, int allowed, String openMp, int expected) {
    assertThat(Threads.count(available, allowed, openMp)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"3, 2", "ff, 8", "'ff,ffffffff', 40", "1, 1"})
  void countsTheBitsOfAMask(String mask, int expected) {
    assertThat(Threads.bits(mask)).isEqualTo(expected);
  }

  @Test
  void thePropertyDecides() {
    System.setProperty(Threads.PROPERTY, "7");
    assertThat(Threads.count()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "two", "", "1.5"})
  void refusesWhatIsNoNumberOfThreads(String value) {
    System.setProperty(Threads.PROPERTY, value);
    assertThatThrownBy(Threads::count)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("autoencoder4j.threads")
        .hasMessageContaining("\"" + value + "\"");
  }
}
