package io.github.autoencoder4j.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.autoencoder4j.exception.UnreadableModelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModelStreamTest {

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    bytes[0] = 'P';
    bytes[1] = 'K';
    bytes[2] = 3;
    bytes[3] = 4;
    return bytes;
  }

  @Test
  void copiesAtMostAsMuchAsAModelCanHave() throws IOException {
    Path copy;
    try (ModelStream stream = ModelStream.of(new ByteArrayInputStream(bytes(100_000)), 100_000)) {
      copy = stream.path();
      assertThat(Files.readAllBytes(copy)).isEqualTo(bytes(100_000));
    }
    assertThat(copy).doesNotExist();
    assertThatExceptionOfType(UnreadableModelException.class)
        .isThrownBy(() -> ModelStream.of(new ByteArrayInputStream(bytes(100_001)), 100_000))
        .withMessageContaining("no model is that long");
  }
}
