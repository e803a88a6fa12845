package io.github.autoencoder4j.viz.page;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is, as the head of its page says it.
 *
 * @param mood {@code running}, {@code done} or {@code failed}
 * @param state what it is doing, or how it ended
 * @param details more about that, a sentence each
 * @param done the share of the run that is done, 0 to 1
 * @param written when the page was made
 * @param refresh how long a browser waits before it reads the page again; null for never
 */
record LiveState(
    String mood,
    Text state,
    List<Text> details,
    double done,
    Instant written,
    @Nullable Duration refresh) {

  Map<String, Object> describe() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("mood", mood);
    values.put("state", state);
    values.put("details", details);
    values.put("done", done);
    values.put(
        "short",
        switch (mood) {
          case "running" -> (int) (100 * done) + " %";
          case "done" -> "\u2713";
          default -> "\u2717";
        });
    values.put("written", written.toEpochMilli());
    if (refresh != null) {
      values.put("refresh", refresh.toSeconds());
    }
    return values;
  }
}
