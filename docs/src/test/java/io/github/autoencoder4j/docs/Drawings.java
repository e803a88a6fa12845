package io.github.autoencoder4j.docs;

import io.github.autoencoder4j.data.LabeledImageSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes drawn pictures as files, in the place of the photos that a user has. */
final class Drawings {

  private Drawings() {}

  /** One PNG a sample, in a folder a class. */
  static Path save(LabeledImageSource images, Path folder) throws IOException {
    for (int i = 0; i < images.size(); i++) {
      Path file =
          folder.resolve(images.classNames().get(images.label(i))).resolve("picture-" + i + ".png");
      Files.createDirectories(file.getParent());
      ImageIO.write(toImage(images.get(i)), "png", file.toFile());
    }
    return folder;
  }

  private static BufferedImage toImage(float[] planes) {
    int side = 64;
    int plane = side * side;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      int red = Math.round(255 * planes[i]);
      int green = Math.round(255 * planes[plane + i]);
      int blue = Math.round(255 * planes[2 * plane + i]);
      image.setRGB(i % side, i / side, (red << 16) | (green << 8) | blue);
    }
    return image;
  }
}
