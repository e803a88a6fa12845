package io.github.autoencoder4j.training;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.loss.Objective;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Workers that train copies of one autoencoder side by side, each on samples of its own, perhaps on
 * other machines: {@code Autoencoder.fit(rounds, training)} lets them make some steps, makes one
 * state of theirs by an {@link OuterStep}, and begins again from there (local SGD: Stich, ICLR
 * 2019).
 *
 * <p>An epoch is as many samples as all workers have together. Workers go through theirs in endless
 * random order, each as {@code Replica} does, and their number, their samples and the steps of a
 * round decide about the result, bit for bit; when and where a worker runs, and whether it has to
 * do a round again, does not.
 */
public interface Rounds {

  /**
   * What a worker is to do.
   *
   * @param firstStep the steps that the network had made when the run began
   * @param runSteps the steps of the whole run, over which the learning rate may fall; at least 1
   * @param steps how many to make now; at least 1
   */
  record Order(int firstStep, long runSteps, int steps) implements Serializable {}

  /**
   * What a worker has done.
   *
   * @param state where it is now
   * @param objective the mean of its batches; not finite if its training diverged, and then it
   *     stopped there
   * @param samples how many samples its batches had
   */
  record Share(TrainingState state, Objective objective, int samples) {

    /**
     * Checks that nothing is missing.
     *
     * @param state where it is now
     * @param objective the mean of its batches
     * @param samples how many samples its batches had
     */
    public Share {
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(objective, "objective");
    }
  }

  /**
   * Returns how many samples each worker has.
   *
   * @return at least one worker; each at least 1
   */
  int[] samples();

  /**
   * Returns how many steps each worker makes in a round; the last one of an epoch may be shorter.
   *
   * @return at least 1
   */
  int steps();

  /**
   * Returns how one state is made of many.
   *
   * @return the same for the whole run
   */
  OuterStep outerStep();

  /**
   * Returns some samples from all over the data, by which alarms judge weights.
   *
   * @return at least one; about 1,000 are enough
   */
  ImageSource spread();

  /**
   * Says what must be the same for a run to be resumed, beside the settings, the number of workers,
   * their samples and the steps of a round.
   *
   * @return names and values, such as a digest of the data
   */
  Map<String, String> circumstances();

  /**
   * Gets ready for a run.
   *
   * @param model the autoencoder for {@code Replica.open}; its weights do not matter
   * @param settings of the run
   */
  void begin(byte[] model, Training settings);

  /**
   * Lets every worker train.
   *
   * @param start where all begin
   * @param order what each is to do
   * @param shares takes what came of it, in the order of the workers
   */
  void run(TrainingState start, Order order, Consumer<Share> shares);
}
