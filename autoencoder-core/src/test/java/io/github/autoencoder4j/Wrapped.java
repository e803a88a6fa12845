package io.github.autoencoder4j;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import java.nio.FloatBuffer;

/** A source that does as another one does, for tests that change a part of that. */
class Wrapped implements ImageSource {

  private final ImageSource source;

  Wrapped(ImageSource source) {
    this.source = source;
  }

  /** One that does something before each sample is read, on whichever thread reads it. */
  static ImageSource before(ImageSource source, Runnable action) {
    return new Wrapped(source) {
      @Override
      public void read(int index, FloatBuffer destination) {
        action.run();
        super.read(index, destination);
      }
    };
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public ImageShape shape() {
    return source.shape();
  }

  @Override
  public void read(int index, float[] destination, int offset) {
    source.read(index, destination, offset);
  }

  @Override
  public void read(int index, FloatBuffer destination) {
    source.read(index, destination);
  }
}
