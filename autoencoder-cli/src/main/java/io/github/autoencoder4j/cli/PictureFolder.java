package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A folder that pictures are written to, one PNG each. */
final class PictureFolder {

  private final Path folder;
  private final ImageShape shape;
  private int written;

  private PictureFolder(Path folder, ImageShape shape) {
    this.folder = folder;
    this.shape = shape;
  }

  /** Makes the folder, unless it is there already and empty. */
  static PictureFolder create(Path folder, ImageShape shape) {
    if (shape.isVector() || (shape.channels() != 1 && shape.channels() != 3)) {
      throw new UnusableDataException(
          "what this model decodes is of shape %s, which is no picture; write it to a .csv file"
              .formatted(shape));
    }
    try {
      Files.createDirectories(folder);
      try (var files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new UnusableDataException(
              "%s is not empty; choose another folder, so that no picture is overwritten"
                  .formatted(folder));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s could not be made: %s".formatted(folder, e), e);
    }
    return new PictureFolder(folder, shape);
  }

  /** Writes the next picture. */
  void add(float[] planes) {
    int plane = shape.height() * shape.width();
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        float value = planes[shape.channels() == 1 ? i : channel * plane + i];
        rgb = (rgb << 8) | Math.round(255 * Math.max(0, Math.min(1, value)));
      }
      image.setRGB(i % shape.width(), i / shape.width(), rgb);
    }
    Path file = folder.resolve(String.format(Locale.ROOT, "%06d.png", ++written));
    try {
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("%s could not be written: %s".formatted(file, e), e);
    }
  }
}
