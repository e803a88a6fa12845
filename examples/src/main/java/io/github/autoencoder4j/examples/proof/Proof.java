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
   * Says whether it takes so long that it runs only if it is asked for by name.
   *
   * @return false for a matter of minutes
   */
  default boolean isLong() {
    return false;
  }

  /**
   * Trains and measures.
   *
   * @param seed chooses all chance
   * @return what was obtained
   */
  List<Figure> run(long seed);
}
