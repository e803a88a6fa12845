package io.github.autoencoder4j.examples.dog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.datasets.PackedImages;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedDogsTest {

  @Test
  void packsDogsThatReadBackWhole(@TempDir Path folder) {
    PackedDogs.main(new String[] {folder.resolve("packed").toString(), "130"});

    try (PackedImages dogs = PackedImages.open(folder.resolve("packed"))) {
      assertThat(dogs.size()).isEqualTo(130);
      assertThat(dogs.verify()).isEmpty();
    }
  }
}
