package io.github.autoencoder4j.testing;

import java.util.List;

/** A reader of files from strangers, and what must hold whatever it is given. */
public interface FuzzTarget {

  /** Inputs to begin with: good ones, so that what is mutated reaches deep. */
  List<byte[]> seeds() throws Exception;

  /**
   * Makes the file of an input, which is none of the reader's work.
   *
   * @return how many bytes the reader is given
   */
  default long prepare(byte[] input) throws Exception {
    return input.length;
  }

  /**
   * Has the reader read an input.
   *
   * @param thorough whether what takes long is checked too, such as what a network computes
   * @throws Exception if it breaks a promise: throws what is not documented, or accepts what it
   *     should not
   */
  void read(byte[] input, boolean thorough) throws Exception;
}
