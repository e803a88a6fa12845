package io.github.autoencoder4j.examples.proof;

import java.util.List;

/** One published figure and the conditions under which it was reached. */
public interface Proof {

  /**
   * The name on the command line.
   *
   * @return for example {@code "V1"}
   */
  String id();

  /**
   * What is trained, on what, and what is measured.
   *
   * @return a sentence or two
   */
  String conditions();

  /**
   * Where the figure was published.
   *
   * @return a paper, or the log of a program
   */
  String source();

  /**
   * Trains and measures.
   *
   * @param seed chooses all chance
   * @return what was obtained
   */
  List<Figure> run(long seed);
}
