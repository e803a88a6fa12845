package io.github.autoencoder4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.data.ImageSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a run goes is shown to who asks, and where it is resumed is told. */
class ProgressTest {

  private static final ImageSource DATA = TinyData.source(40, 12);

  private static Autoencoder tiny() {
    return Autoencoder.dense().hidden(10).bottleneck(2).seed(3).build();
  }

  @Test
  void isWrittenWithoutAListener() {
    StringBuilder out = new StringBuilder();
    Training training = Training.epochs(3).batchSize(10).validation(DATA).progress(out);
    Autoencoder shown = tiny();
    shown.fit(DATA, training);
    assertThat(out.toString().lines())
        .hasSize(3)
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "epoch [123]/3  loss 0\\.\\d+  validation 0\\.\\d+"
                            + "  [\\d,]+ samples/s(  \\d+:\\d\\d left)?"));
    // Nothing but the report differs.
    Autoencoder silent = tiny();
    silent.fit(DATA, Training.epochs(3).batchSize(10).validation(DATA));
    assertThat(shown.parameters()).isEqualTo(silent.parameters());
    assertThat(training.listeners()).isEmpty();
  }

  @Test
  void goesToTheStandardErrorStreamIfNoOtherPlaceIsNamed() {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      tiny().fit(DATA, Training.epochs(2).batchSize(10).progress());
    } finally {
      System.setErr(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("epoch 1/2", "epoch 2/2");
  }

  @Test
  void aListenerHearsWhereTheRunIsResumed(@TempDir Path folder) {
    AtomicInteger steps = new AtomicInteger();
    Training training =
        Training.epochs(3).batchSize(10).checkpoints(Checkpoints.in(folder).everySteps(1));
    List<Resumption> heard = new ArrayList<>();
    List<String> order = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onResume(Resumption event) {
            heard.add(event);
            order.add("resume");
          }

          @Override
          public void onBatchEnd(BatchEnd event) {
            order.add("batch");
          }
        };
    // Four batches are an epoch; stops after the second of the second.
    tiny().resume(DATA, training.listener(listener).cancelWhen(() -> steps.getAndIncrement() == 6));
    assertThat(heard).isEmpty();
    order.clear();

    StringBuilder out = new StringBuilder();
    History whole = tiny().resume(DATA, training.listener(listener).progress(out));
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).epoch()).isEqualTo(2);
    assertThat(heard.get(0).batches()).isEqualTo(2);
    assertThat(heard.get(0).finished()).isEqualTo(whole.epochs().subList(0, 1));
    assertThat(order).startsWith("resume", "batch").hasSize(1 + 6);
    assertThat(out.toString().lines()).first().isEqualTo("resumed in epoch 2 after 2 batches");

    tiny().resume(DATA, training.listener(listener));
    assertThat(heard).hasSize(2);
    assertThat(heard.get(1).epoch()).isEqualTo(4);
    assertThat(heard.get(1).finished()).hasSize(3);
  }
}
