package io.github.autoencoder4j.internal.compute;

import io.github.autoencoder4j.network.Network;
import java.nio.FloatBuffer;
import java.util.List;

/** The numbers of a network, and how far they have been trained. */
public interface NetworkNumbers {

  /**
   * All weights and biases where they lie, in the order of {@link Network#parameters()}.
   *
   * @return the memory itself, not a copy; whoever writes to it must be done before anybody encodes
   *     or decodes
   */
  FloatBuffer parameterMemory();

  /**
   * Copies some of the numbers.
   *
   * @param entries which
   * @param arrays receive them, each as long as its entry
   */
  void read(List<Network.Entry> entries, List<double[]> arrays);

  /**
   * Copies some of the numbers into new arrays.
   *
   * @param entries which
   * @return one array for each
   */
  default List<double[]> read(List<Network.Entry> entries) {
    List<double[]> arrays = entries.stream().map(entry -> new double[entry.length()]).toList();
    read(entries, arrays);
    return arrays;
  }

  /**
   * Tells whether copies are out of date.
   *
   * @return another number whenever numbers have changed since the last question
   */
  long version();

  /**
   * Says whether they come with an optimiser. Without one, what a file has of it is checked and
   * left alone.
   *
   * @return true if there is {@link #optimizerMemory()}
   */
  boolean hasOptimizer();

  /**
   * What the optimiser remembers from step to step, where it lies.
   *
   * @return the memory itself, not a copy; empty if it remembers nothing
   * @throws IllegalStateException if there is none
   */
  FloatBuffer optimizerMemory();

  /**
   * How many steps this optimiser has made.
   *
   * @return at least 0
   */
  int iteration();

  /**
   * How many epochs this optimiser has finished.
   *
   * @return at least 0
   */
  int epoch();

  /**
   * How many steps the numbers have been trained, by this optimiser and before.
   *
   * @return at least {@link #iteration()}
   */
  int steps();

  /**
   * How many epochs the numbers have been trained, by this optimiser and before.
   *
   * @return at least {@link #epoch()}
   */
  int epochs();

  /**
   * Says how far the network has been trained, when its numbers come from elsewhere.
   *
   * @param iteration how many steps were made
   * @param epoch how many epochs were finished
   */
  void setProgress(int iteration, int epoch);

  /**
   * Says how far the numbers were trained before their optimiser started.
   *
   * @param steps how many steps were made
   * @param epochs how many epochs were finished
   */
  void setEarlier(int steps, int epochs);
}
