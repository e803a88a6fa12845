package boot;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.datasets.ImageFiles;
import io.github.autoencoder4j.datasets.LoadedImages;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Trains on each folder or archive of pictures that it is given, saves, and loads. */
@SpringBootApplication
public class Photos implements CommandLineRunner {

  public static void main(String[] args) {
    SpringApplication.run(Photos.class, args).close();
  }

  @Override
  public void run(String... paths) throws Exception {
    for (String path : paths) {
      LoadedImages photos = ImageFiles.from(Path.of(path)).resize(16, 16).load();
      Autoencoder autoencoder = Autoencoder.dense().hidden(32).bottleneck(4).seed(7).build();
      autoencoder.fit(photos, Training.epochs(2).batchSize(2));

      Path file = Files.createTempFile("photos", ".aemodel");
      try {
        autoencoder.save(file);
        Autoencoder loaded = Autoencoder.load(file);
        if (!Arrays.deepEquals(loaded.encode(photos), autoencoder.encode(photos))) {
          throw new IllegalStateException("the loaded model has other codes");
        }
      } finally {
        Files.delete(file);
      }
      System.out.printf(
          "Spring Boot %s: trained on %d photos of %s, saved and loaded%n",
          SpringBootVersion.getVersion(), photos.size(), path);
    }
  }
}
