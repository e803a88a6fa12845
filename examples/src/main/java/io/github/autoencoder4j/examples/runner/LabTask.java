package io.github.autoencoder4j.examples.runner;

/** One task of the lab. */
public interface LabTask {

  /**
   * The task's name on the command line.
   *
   * @return for example {@code "mnist.2"}
   */
  String id();

  /**
   * What the task is about, in a few words.
   *
   * @return a heading
   */
  String title();

  /**
   * The task as the lab sets it.
   *
   * @return a sentence or two
   */
  String question();

  /**
   * Does the task.
   *
   * @param lab gives data and settings, and takes metrics, pictures and the observation
   */
  void run(TaskRun lab);
}
