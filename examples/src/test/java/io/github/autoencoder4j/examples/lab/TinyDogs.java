package io.github.autoencoder4j.examples.lab;

import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.viz.ImageGrid;
import java.nio.file.Path;

/** A folder of drawn dogs as PNG files, one folder a breed. */
public final class TinyDogs {

  private TinyDogs() {}

  /** Writes so many of them and returns the folder. */
  public static Path write(Path folder, int count) {
    LabeledImageSource dogs = Dogs.synthetic(count, 1);
    for (int i = 0; i < count; i++) {
      ImageGrid.of(dogs.shape())
          .magnify(1)
          .gap(0)
          .tiles(1, new float[][] {dogs.get(i)})
          .draw()
          .save(folder.resolve(dogs.classNames().get(dogs.label(i))).resolve(i + ".png"));
    }
    return folder;
  }
}
