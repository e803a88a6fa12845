package io.github.autoencoder4j.examples.dog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.examples.lab.TinyDogs;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.viz.page.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DogViewsTest {

  @TempDir private Path folder;

  @Test
  void fewDogsMakeEpochsAsLongAsManyWouldAndNoneIsATestDog() {
    look(
        lab -> {
          ImageSource views = Dog1ConvAutoencoder.views(lab);
          int dogs = lab.trainDogs().size();
          assertThat(dogs).isLessThan(150);
          // 2,700 photos and their mirror images in batches of 16: 338 steps.
          assertThat(views.size() / 16).isBetween(300, 375);
          assertThat(views.slice(0, dogs).toArrays()).isDeepEqualTo(lab.trainDogs().toArrays());

          Set<Integer> seen = new HashSet<>();
          for (int i = 0; i < views.size(); i++) {
            seen.add(Arrays.hashCode(views.get(i)));
          }
          // Shifts repeat now and then.
          assertThat(seen).hasSizeGreaterThan(views.size() * 9 / 10);
          for (float[] dog : lab.testDogs().toArrays()) {
            assertThat(seen).doesNotContain(Arrays.hashCode(dog));
          }
        });
  }

  @Test
  void aQuickRunShowsEachDogAndItsMirrorImageOnly() {
    look(
        lab ->
            assertThat(Dog1ConvAutoencoder.views(lab).size()).isEqualTo(2 * lab.trainDogs().size()),
        "--quick");
  }

  private void look(Consumer<TaskRun> task, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("--dogs=" + TinyDogs.write(folder.resolve("dogs"), 150));
    arguments.add("--out=" + folder.resolve("out"));

    assertThat(LabCommand.execute(List.of(new Look(task)), arguments.toArray(String[]::new)))
        .isZero();
  }

  /** A task that looks at what the others train on. */
  private record Look(Consumer<TaskRun> what) implements LabTask {

    @Override
    public String id() {
      return "look";
    }

    @Override
    public Text title() {
      return Text.of("Look at the dogs");
    }

    @Override
    public Text question() {
      return Text.of("What is trained on?");
    }

    @Override
    public void run(TaskRun lab) {
      what.accept(lab);
    }
  }
}
