package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.data.ImageShape;
import java.io.IOException;
import java.util.List;

/**
 * Candidates for a data set, in an order that is the same every time. What loads pictures into
 * memory and what packs them on disk both drink from this.
 */
interface ItemFeed {

  /** The shape of every picture. */
  ImageShape shape();

  /** How many candidates there are; -1 if nobody knows before the end. */
  long count();

  /** The classes known beforehand, in the order their labels shall have. */
  List<String> classNames();

  /** Tells two feeds apart, as far as that can be had without reading everything. */
  String identity();

  /**
   * Reads candidates on all cores and hands them over in order, on the calling thread.
   *
   * @param first the first candidate to hand over, counted from 0
   */
  void feed(long first, OrderedPipeline.Sink<Item> sink) throws IOException;
}
