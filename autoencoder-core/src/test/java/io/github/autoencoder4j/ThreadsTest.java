package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What may be done with one autoencoder from several threads. */
class ThreadsTest {

  private static final ImageSource DATA = TinyData.source(40, 12);

  private static Autoencoder trained() {
    Autoencoder autoencoder = Autoencoder.dense().hidden(10).bottleneck(2).build();
    autoencoder.fit(DATA, Training.epochs(2).batchSize(8));
    return autoencoder;
  }

  @Test
  void othersSeeTheWeightsFromBeforeOrAfterARunNeverFromWithin() throws Exception {
    Autoencoder autoencoder = trained();
    List<Callable<Object>> questions =
        List.of(
            autoencoder::parameters,
            () -> autoencoder.encode(DATA),
            () -> autoencoder.toMultiLayerNetwork().params().toFloatVector(),
            () -> autoencoder.evaluate(DATA).reconstructionLoss());
    List<Object> before = answers(questions);
    List<FutureTask<Object>> others = new ArrayList<>();
    CopyOnWriteArrayList<Object> within = new CopyOnWriteArrayList<>();
    TrainingListener asking =
        new TrainingListener() {
          @Override
          public void onBatchEnd(BatchEnd event) {
            if (event.batch() != 3) {
              return;
            }
            for (Callable<Object> question : questions) {
              FutureTask<Object> other = new FutureTask<>(question);
              Thread thread = new Thread(other);
              thread.start();
              // Until it has asked and has to wait.
              while (thread.getState() != Thread.State.WAITING && !other.isDone()) {
                Thread.onSpinWait();
              }
              others.add(other);
            }
            // Who trains may ask at once.
            within.add(answers(questions));
          }
        };

    autoencoder.fit(DATA, Training.epochs(1).batchSize(8).listener(asking));

    List<Object> after = answers(questions);
    for (int i = 0; i < questions.size(); i++) {
      Object heard = others.get(i).get();
      assertThat(heard).isEqualTo(after.get(i)).isNotEqualTo(before.get(i));
    }
    assertThat(within).hasSize(1);
  }

  private static List<Object> answers(List<Callable<Object>> questions) {
    List<Object> answers = new ArrayList<>();
    for (Callable<Object> question : questions) {
      try {
        answers.add(question.call());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    return answers;
  }
}
