package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
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
            () -> Dl4j.stock(autoencoder).params().toFloatVector(),
            () -> autoencoder.evaluate(DATA).reconstructionLoss());
    List<Object> before = answers(questions);
    CopyOnWriteArrayList<Object> heard = new CopyOnWriteArrayList<>();
    CopyOnWriteArrayList<Object> within = new CopyOnWriteArrayList<>();
    TrainingListener asking =
        new TrainingListener() {
          @Override
          public void onBatchEnd(BatchEnd event) {
            FutureTask<List<Object>> other = new FutureTask<>(() -> answers(questions));
            new Thread(other).start();
            try {
              // They do not wait for the run, so it may wait for them.
              heard.add(other.get());
            } catch (InterruptedException | ExecutionException e) {
              throw new IllegalStateException(e);
            }
            // Who trains sees the weights as they are.
            within.add(answers(questions));
          }
        };

    autoencoder.fit(DATA, Training.epochs(1).batchSize(8).listener(asking));

    List<Object> after = answers(questions);
    assertThat(heard).hasSize(5).containsOnly(before);
    assertThat(within).hasSize(5).doesNotHaveDuplicates().doesNotContain(before).contains(after);
  }

  private static List<Object> answers(List<Callable<Object>> questions) {
    List<Object> answers = new ArrayList<>();
    for (Callable<Object> question : questions) {
      try {
        // As text, which compares arrays by what is in them.
        answers.add(Arrays.deepToString(new Object[] {question.call()}));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    return answers;
  }
}
