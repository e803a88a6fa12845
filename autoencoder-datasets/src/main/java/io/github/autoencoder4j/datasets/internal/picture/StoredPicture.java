package io.github.autoencoder4j.datasets.internal.picture;

import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import java.io.IOException;

/**
 * The first picture of a file, whose header has been read and whose pixels have not.
 *
 * <p>Pixels are handed over row by row, or, where a file holds them in another order, a few columns
 * of a row at a time, and are never all in memory.
 */
interface StoredPicture {

  /** Columns as stored, before turning. */
  int width();

  /** Rows as stored, before turning. */
  int height();

  Orientation orientation();

  /**
   * Decodes the pixels.
   *
   * @return holds all pixels of the part that {@code framing} asks for
   * @throws BrokenPictureException if pixels are missing or damaged
   * @throws IOException if the file cannot be read
   */
  PictureScaler decode(Framing framing) throws IOException;
}
