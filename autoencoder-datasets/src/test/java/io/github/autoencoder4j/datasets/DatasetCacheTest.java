package io.github.autoencoder4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetCacheTest {

  private static final Path AT_HOME =
      Path.of(System.getProperty("user.home"), ".cache", "autoencoder4j");

  @Test
  void isWhereTheEnvironmentSays(@TempDir Path folder) {
    Map<String, String> xdg = Map.of("XDG_CACHE_HOME", folder.toString());
    Map<String, String> ours =
        Map.of("XDG_CACHE_HOME", folder.toString(), "AUTOENCODER4J_CACHE", "dogs");

    assertThat(DatasetCache.folder(xdg::get)).isEqualTo(folder.resolve("autoencoder4j"));
    assertThat(DatasetCache.folder(ours::get)).isEqualTo(Path.of("dogs"));
    assertThat(DatasetCache.folder(name -> null)).isEqualTo(AT_HOME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cache", "./cache"})
  void ignoresACacheHomeThatIsNotAbsolute(String home) {
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", home);

    assertThat(DatasetCache.folder(environment::get)).isEqualTo(AT_HOME);
  }
}
