package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;

/** The pictures that dog.2 and dog.4 look at closely. */
final class NineDogs {

  private NineDogs() {}

  /** Nine test pictures, drawn at random and not picked. */
  static LabeledImageSource of(TaskRun lab) {
    LabeledImageSource test = lab.testDogs();
    int[] order = RandomStream.of(lab.seed(), "nine-dogs").permutation(test.size());
    return test.select(Arrays.copyOf(order, 9));
  }
}
