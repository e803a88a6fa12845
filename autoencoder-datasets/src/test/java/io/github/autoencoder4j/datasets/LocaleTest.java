package io.github.autoencoder4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.testing.SourceFormats;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocaleTest {

  @Test
  void noMessageIsFormattedByTheDefaultLocale() {
    assertThat(SourceFormats.byDefaultLocale(Path.of("src", "main", "java")))
        .as(SourceFormats.MENDED_BY)
        .isEmpty();
  }
}
