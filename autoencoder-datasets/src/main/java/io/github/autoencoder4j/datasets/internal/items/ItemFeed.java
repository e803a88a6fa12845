package io.github.autoencoder4j.datasets.internal.items;

import io.github.autoencoder4j.data.ImageShape;
import java.io.IOException;
import java.util.List;

/**
 * Candidates for a data set, in an order that is the same every time. What loads pictures into
 * memory and what packs them on disk both drink from this.
 */
public interface ItemFeed {

  /**
   * The shape of every picture.
   *
   * @return height, width and channels
   */
  ImageShape shape();

  /**
   * How many candidates there are.
   *
   * @return -1 if nobody knows before the end
   */
  default long count() {
    return -1;
  }

  /**
   * The classes known beforehand.
   *
   * @return in the order their labels shall have
   */
  default List<String> classNames() {
    return List.of();
  }

  /**
   * Tells two feeds apart, as far as that can be had without reading everything.
   *
   * @return the same whenever and wherever it is asked for
   */
  String identity();

  /**
   * Reads candidates on all cores and hands them over in order, on the calling thread.
   *
   * @param first the first candidate to hand over, counted from 0
   * @param sink is given pictures and files left out
   * @throws IOException if the candidates cannot be read at all, or the sink fails
   */
  void feed(long first, OrderedPipeline.Sink<Item> sink) throws IOException;
}
