package io.github.autoencoder4j.corruption;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.table.TableSchema;
import java.util.Objects;
import java.util.Optional;

/** A view that corrupts each sample as it is read, always in the same way. */
record CorruptedImages(ImageSource clean, Corruption corruption, ValueRange range, long seed)
    implements ImageSource {

  CorruptedImages {
    Objects.requireNonNull(clean, "clean");
  }

  @Override
  public int size() {
    return clean.size();
  }

  @Override
  public ImageShape shape() {
    return clean.shape();
  }

  @Override
  public Optional<TableSchema> columns() {
    return clean.columns();
  }

  @Override
  public void read(int index, float[] destination, int offset) {
    clean.read(index, destination, offset);
    corruption.apply(
        destination, offset, shape().size(), range, RandomStream.of(seed, "corruption", index));
  }
}
