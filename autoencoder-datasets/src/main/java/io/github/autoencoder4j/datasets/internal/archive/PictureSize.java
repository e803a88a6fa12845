package io.github.autoencoder4j.datasets.internal.archive;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.internal.items.Item;
import io.github.autoencoder4j.datasets.internal.picture.PictureDecoder;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.awt.Dimension;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * How large the picture of a file is when it stands upright.
 *
 * @param file the path below the folder or inside the archive
 */
record PictureSize(String file, int height, int width) {

  /** Larger ones are hardly meant to be learned as they are. */
  private static final int MAX_COMMON_PIXELS = 1 << 20;

  /** Reads the size; empty if there is no picture, which decoding will give the reason for. */
  static Optional<PictureSize> of(String file, PictureFiles.Content content) {
    try (ImageInputStream in = content.open()) {
      Dimension size = PictureDecoder.size(in);
      return Optional.of(new PictureSize(file, size.height, size.width));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The size that all pictures have.
   *
   * @return with the channels of {@code feed}; its own shape if there is no picture
   * @throws UnusableDataException if the sizes differ, or are large
   */
  static ImageShape common(FileFeed feed) throws IOException {
    AtomicReference<@Nullable PictureSize> known = new AtomicReference<>();
    feed.sizes(
        size -> {
          PictureSize first = known.get();
          if (first == null) {
            known.set(size);
          } else if (first.height != size.height || first.width != size.width) {
            throw new UnusableDataException(
                "the pictures in %s differ in size: %s, but %s; choose one size for all of them, height first: resize(height, width)"
                    .formatted(feed.path(), first, size));
          }
        });
    PictureSize size = known.get();
    if (size == null) {
      return feed.shape();
    }
    if ((long) size.height * size.width > MAX_COMMON_PIXELS) {
      throw new UnusableDataException(
          "the pictures in %s are large: %s; choose the size that they shall have, height first: resize(height, width)"
              .formatted(feed.path(), size));
    }
    return new ImageShape(size.height, size.width, feed.shape().channels());
  }

  @Override
  public String toString() {
    return Item.excerpt(file) + " is " + height + " high and " + width + " wide";
  }
}
