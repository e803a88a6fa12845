package io.github.autoencoder4j.datasets.internal.drawing;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.internal.items.Pixels;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Drawn dogs. The first thousands are kept once drawn, as long as memory allows. */
public final class SyntheticDogs implements LabeledImageSource {

  /** At 12 KB a picture, 123 MB. */
  private static final int KEPT = 10_000;

  private static final ImageShape SHAPE = new ImageShape(Canvas.SIDE, Canvas.SIDE, 3);

  private final int size;
  private final long seed;
  private final AtomicReferenceArray<SoftReference<byte[]>> drawn;

  /**
   * Draws nothing yet.
   *
   * @param size how many dogs
   * @param seed another seed, other dogs
   */
  public SyntheticDogs(int size, long seed) {
    this.size = size;
    this.seed = seed;
    this.drawn = new AtomicReferenceArray<>(Math.min(size, KEPT));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ImageShape shape() {
    return SHAPE;
  }

  @Override
  public void read(int index, float[] destination, int offset) {
    Pixels.toUnit(picture(Objects.checkIndex(index, size)), destination, offset);
  }

  private byte[] picture(int index) {
    if (index >= drawn.length()) {
      return SyntheticDog.draw(seed, index);
    }
    SoftReference<byte[]> reference = drawn.get(index);
    byte[] picture = reference == null ? null : reference.get();
    if (picture == null) {
      picture = SyntheticDog.draw(seed, index);
      drawn.set(index, new SoftReference<>(picture));
    }
    return picture;
  }

  @Override
  public int label(int index) {
    return SyntheticDog.label(seed, Objects.checkIndex(index, size));
  }

  @Override
  public List<String> classNames() {
    return SyntheticBreed.CLASS_NAMES;
  }
}
