package io.github.autoencoder4j.baseline;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.random.RandomStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Reads the real images that the reference figures belong to; skips the test without them. */
final class ReferenceImages {

  private static final Path ROOT = Path.of("../../shared/data");

  private ReferenceImages() {}

  /** All dogs in a random but fixed order. */
  static ImageSource dogs() throws IOException {
    Path folder = ROOT.resolve("dog64");
    assumeTrue(Files.isDirectory(folder), "the dog images are not at " + folder);
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
    float[][] images = new float[files.size()][];
    int[] order = RandomStream.of(7, "dogs").permutation(images.length);
    for (int i = 0; i < images.length; i++) {
      images[i] = planes(ImageIO.read(files.get(order[i]).toFile()));
    }
    return ImageSource.of(new ImageShape(64, 64, 3), images);
  }

  private static float[] planes(BufferedImage image) {
    float[] planes = new float[3 * 64 * 64];
    for (int i = 0; i < 64 * 64; i++) {
      int rgb = image.getRGB(i % 64, i / 64);
      for (int c = 0; c < 3; c++) {
        planes[c * 64 * 64 + i] = (rgb >> (16 - 8 * c) & 0xFF) / 255f;
      }
    }
    return planes;
  }
}
