package io.github.autoencoder4j.benchmarks;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.random.RandomStream;

/**
 * Images of any number and shape whose content does not matter: what is fast or slow does not
 * depend on it.
 */
final class NoiseImages implements ImageSource {

  private static final int PLACES = 1_024;

  private final ImageShape shape;
  private final int size;

  /** What all are made of, from places that differ from one to the next. */
  private final float[] pixels;

  NoiseImages(ImageShape shape, int size) {
    this.shape = shape;
    this.size = size;
    RandomStream random = RandomStream.of(1, "noise");
    pixels = new float[shape.size() + PLACES];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public void read(int index, float[] destination, int offset) {
    System.arraycopy(pixels, index % PLACES, destination, offset, shape.size());
  }
}
