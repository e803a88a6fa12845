package io.github.autoencoder4j.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskStudyTest {

  private record Nothing(String id) implements LabTask {
    @Override
    public void run(TaskRun lab) {}
  }

  @TempDir Path out;

  @Test
  void whatIsHalfTrainedIsNotKept() throws Exception {
    LabContext context =
        new LabContext(out, Locale.ENGLISH, 1, true, null, "synthetic", null, false);
    TaskResult result = new TaskResult(new Nothing("mnist.5"));
    TaskRun lab = new TaskRun(context, result);

    assertThatThrownBy(
            () ->
                lab.study(
                    "size",
                    List.of(2, 4),
                    1,
                    size -> "size=" + size,
                    size -> 2,
                    (size, seed) -> {
                      if (size == 4) {
                        context.cancel();
                      }
                      return Map.of("loss", (double) size);
                    }))
        .isInstanceOf(CancellationException.class);

    assertThat(Files.readString(out.resolve("mnist.5/study.json")))
        .contains("\"2\"")
        .doesNotContain("\"4\"");
    assertThat(result.notes.toString()).contains("--resume");
  }
}
