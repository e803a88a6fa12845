package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.engine.Engine;

/**
 * Some samples from all over the data, which may be sorted, so that nothing is judged by one lucky
 * batch. They are read in portions that fit in memory.
 *
 * @param data where they come from
 * @param count how many; at most the size of the data
 */
record SpreadSamples(ImageSource data, int count) {

  /** Takes one portion. */
  @FunctionalInterface
  interface Portion {

    /**
     * Takes it.
     *
     * @param samples side by side, with their conditions
     * @param n how many
     * @param first the number of the first one among the {@link #count}
     */
    void take(float[] samples, int n, int first);
  }

  static SpreadSamples of(ImageSource data, int most) {
    return new SpreadSamples(data, Math.min(most, data.size()));
  }

  /**
   * Hands them over.
   *
   * @param engine what they are for, which says how many at a time, and in which range they lie
   * @throws UnusableDataException if a sample holds a value outside that range, which would
   *     otherwise be taken for the network's fault
   */
  void forEach(Engine engine, Portion portion) {
    int length = data.shape().size();
    int most = engine.forward().portion(count);
    for (int first = 0; first < count; first += most) {
      int n = Math.min(most, count - first);
      float[] samples = new float[n * length];
      for (int i = 0; i < n; i++) {
        int index = (int) ((long) (first + i) * data.size() / count);
        data.read(index, samples, i * length);
        BatchLoader.requireRange(
            engine.spec().output().range(),
            index,
            samples,
            i * length,
            engine.table().sample().size());
      }
      portion.take(samples, n, first);
    }
  }
}
