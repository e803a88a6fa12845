package io.github.autoencoder4j.data;

import io.github.autoencoder4j.internal.samples.SampleMemory;
import java.nio.FloatBuffer;
import java.util.Objects;

/** Samples held as floats in one array. */
final class FloatImages implements ImageSource {

  private final ImageShape shape;
  private final float[][] samples;

  private FloatImages(ImageShape shape, float[][] samples) {
    this.shape = shape;
    this.samples = samples;
  }

  static FloatImages copyOf(ImageShape shape, ValueRange range, float[][] samples) {
    float[][] copy = new float[samples.length][];
    for (int i = 0; i < samples.length; i++) {
      int index = i;
      float[] sample = Objects.requireNonNull(samples[i], () -> "sample " + index + " is null");
      copy[i] = checked(shape, range, i, sample.clone());
    }
    return new FloatImages(shape, copy);
  }

  private static float[] checked(ImageShape shape, ValueRange range, int index, float[] sample) {
    if (sample.length != shape.size()) {
      throw new IllegalArgumentException(
          "sample %s has %s values, but shape %s needs %s"
              .formatted(index, sample.length, shape, shape.size()));
    }
    int wrong =
        SampleMemory.firstOutside(range.least(), range.greatest(), sample, 0, sample.length);
    if (wrong >= 0) {
      throw new IllegalArgumentException(
          "sample %s holds %s at position %s, but values must %s; %s"
              .formatted(index, sample[wrong], wrong, range.rule(), range.advice()));
    }
    return sample;
  }

  @Override
  public int size() {
    return samples.length;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public void read(int index, float[] destination, int offset) {
    float[] sample = samples[Objects.checkIndex(index, samples.length)];
    System.arraycopy(sample, 0, destination, offset, sample.length);
  }

  @Override
  public void read(int index, FloatBuffer destination) {
    destination.put(samples[Objects.checkIndex(index, samples.length)]);
  }
}
