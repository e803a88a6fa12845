package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.random.RandomStream;

/**
 * Grey digits whose pixels are black or white as coins of their greys fall, anew whenever one is
 * read, so that every epoch of training sees others.
 */
final class InkedDigits implements ImageSource {

  private final ImageSource grey;
  private final long seed;

  /** How often each digit was read. */
  private final int[] reads;

  InkedDigits(ImageSource grey, long seed) {
    this.grey = grey;
    this.seed = seed;
    this.reads = new int[grey.size()];
  }

  /** The digits as their first reading has them, for good. */
  static ImageSource once(ImageSource grey, long seed) {
    InkedDigits inked = new InkedDigits(grey, seed);
    return ImageSource.of(grey.shape(), inked.toArrays());
  }

  @Override
  public ImageShape shape() {
    return grey.shape();
  }

  @Override
  public int size() {
    return grey.size();
  }

  @Override
  public void read(int index, float[] destination, int offset) {
    int read;
    synchronized (reads) {
      read = reads[index]++;
    }
    RandomStream coins = RandomStream.of(seed, "ink/" + read, index);
    grey.read(index, destination, offset);
    for (int i = offset; i < offset + shape().size(); i++) {
      destination[i] = coins.nextFloat() < destination[i] ? 1 : 0;
    }
  }
}
