package io.github.autoencoder4j.datasets;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class RemoteDatasetTest {

  @Test
  void checksDescriptors() {
    URI uri = URI.create("https://example.org/data.tar");
    assertThatThrownBy(() -> new RemoteDataset("../up", uri, 1, "MD5", "0", "", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("../up");
    assertThatThrownBy(
            () -> new RemoteDataset("x", URI.create("file:///x.tar"), 1, "MD5", "0", "", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http");
  }
}
