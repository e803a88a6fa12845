package io.github.autoencoder4j.examples.runner;

import io.github.autoencoder4j.examples.claim.Words;
import io.github.autoencoder4j.viz.page.Text;

/** One task of the lab. */
public interface LabTask {

  /**
   * The task's name on the command line.
   *
   * @return for example {@code "mnist.2"}
   */
  String id();

  /**
   * What the task is about, in a few words: the message of its name with {@code .title}.
   *
   * @return a heading
   */
  default Text title() {
    return Words.text(id() + ".title");
  }

  /**
   * The task as the lab sets it: the message of its name with {@code .question}.
   *
   * @return a sentence or two
   */
  default Text question() {
    return Words.text(id() + ".question");
  }

  /**
   * Whether the task is done only if it is asked for by name.
   *
   * @return false for the ten tasks of the lab
   */
  default boolean isOptional() {
    return false;
  }

  /**
   * Does the task.
   *
   * @param lab gives data and settings, and takes metrics, pictures and the observation
   */
  void run(TaskRun lab);
}
