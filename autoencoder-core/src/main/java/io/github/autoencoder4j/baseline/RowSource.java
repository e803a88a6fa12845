package io.github.autoencoder4j.baseline;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.sources.CheckedSource;
import java.util.function.Consumer;

/** Rows of one length that can be visited in order, as often as asked. */
interface RowSource {

  int rows();

  int length();

  /** Shows each row in one shared buffer: the visitor must not keep it. */
  void forEach(Consumer<float[]> visitor);

  static RowSource of(ImageSource source) {
    ImageSource images = CheckedSource.of(source);
    return new RowSource() {
      @Override
      public int rows() {
        return images.size();
      }

      @Override
      public int length() {
        return images.shape().size();
      }

      @Override
      public void forEach(Consumer<float[]> visitor) {
        float[] image = new float[length()];
        for (int i = 0; i < images.size(); i++) {
          images.read(i, image, 0);
          visitor.accept(image);
        }
      }
    };
  }
}
