package io.github.autoencoder4j.data;

import java.io.IOException;

/**
 * Takes rows, such as codes or reconstructions, one at a time, so that not all of them have to fit
 * into memory.
 *
 * <pre>{@code
 * try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream))) {
 *   autoencoder.encode(photos, (index, code) -> {
 *     for (float value : code) {
 *       out.writeFloat(value);
 *     }
 *   });
 * }
 * }</pre>
 */
@FunctionalInterface
public interface RowConsumer {

  /**
   * Takes a row. Rows come in the order of their samples, one after the other on one thread.
   *
   * @param index the number of the sample, from 0
   * @param row its values; a new array, which may be kept
   * @throws IOException if it cannot be written where it should; the caller gets an {@link
   *     java.io.UncheckedIOException}
   */
  void accept(int index, float[] row) throws IOException;
}
