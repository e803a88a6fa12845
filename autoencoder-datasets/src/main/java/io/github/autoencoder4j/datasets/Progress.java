package io.github.autoencoder4j.datasets;

/**
 * Told how far a long piece of work has come: a download in bytes, packing or loading in pictures.
 * Called on the thread that started the work, often, so it should return quickly.
 *
 * <pre>{@code
 * ImageFiles.from(folder).progress((done, total) -> bar.stepTo(done)).load();
 * }</pre>
 */
@FunctionalInterface
public interface Progress {

  /** Listens to nothing. */
  Progress NONE = (done, total) -> {};

  /**
   * Some more is done.
   *
   * @param done how much is done, from 0
   * @param total how much there is to do, or -1 where that is not known beforehand
   */
  void update(long done, long total);
}
