package io.github.autoencoder4j.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left of the speed where a machine is shared. All places take turns in each round, and a
 * share is a rate over that of the idle machine in the same round.
 */
final class Crowded {

  private static final Logger LOG = LoggerFactory.getLogger(Crowded.class);

  private final Map<Place, Rates> rates = new EnumMap<>(Place.class);

  /** Places that this system does not let us make, and why. */
  private final Map<Place, String> left = new EnumMap<>(Place.class);

  private Crowded() {}

  /**
   * Measures.
   *
   * @param jobs what
   * @param peers who; on one thread only ours
   * @param rounds how often; one more is not counted and warms everything up
   * @param seconds how long each peer does each job in each round
   */
  static Crowded measure(
      List<Job> jobs, List<PeerKind> peers, Path photos, int rounds, double seconds, boolean quick)
      throws IOException, InterruptedException {
    Crowded crowded = new Crowded();
    Map<Place, Driver> drivers = new EnumMap<>(Place.class);
    List<Quota> quotas = new ArrayList<>();
    try {
      for (Place place : Place.values()) {
        if (place != Place.IDLE && place.isForAnyWorker()) {
          continue;
        }
        Quota quota;
        try {
          quota = place.quota();
        } catch (IOException e) {
          crowded.left.put(place, "no control group could be made: " + e);
          continue;
        }
        if (quota != null) {
          quotas.add(quota);
        }
        List<PeerKind> here =
            place == Place.ONE_THREAD
                ? peers.stream().filter(peer -> peer == PeerKind.OURS).toList()
                : peers;
        drivers.put(
            place,
            new Driver(
                here,
                photos,
                quick,
                new Surroundings(place.options(), place.environment(), quota)));
      }
      crowded.measure(jobs, drivers, rounds, seconds);
    } finally {
      drivers.values().forEach(Driver::close);
      for (Quota quota : quotas) {
        quota.close();
      }
    }
    return crowded;
  }

  private void measure(List<Job> jobs, Map<Place, Driver> drivers, int rounds, double seconds)
      throws IOException, InterruptedException {
    for (int round = 0; round <= rounds; round++) {
      LOG.info(round == 0 ? "warming up" : "round {} of {}", round, rounds);
      List<Place> order = new ArrayList<>(List.of(Place.values()));
      order.removeAll(left.keySet());
      if (round % 2 == 1) {
        Collections.reverse(order);
      }
      for (Place place : order) {
        Driver driver =
            Objects.requireNonNull(drivers.get(place.isForAnyWorker() ? Place.IDLE : place));
        try (Neighbours neighbours = place.neighbours()) {
          driver.measure(jobs, round, seconds, rates.computeIfAbsent(place, key -> new Rates()));
        }
      }
    }
  }

  /**
   * A line of the table.
   *
   * @param ours the rate of ours
   * @param share ours over ours on the idle machine; null there
   * @param theirs the rate of PyTorch; null if it was not measured
   * @param ratio ours over PyTorch's in the same place; null likewise
   */
  private record Row(
      Place place,
      Job job,
      Spread ours,
      @Nullable Spread share,
      @Nullable Spread theirs,
      @Nullable Spread ratio) {

    /** Empty if there is no bar; the bars that were missed are named. */
    String verdict() {
      List<String> missed = new ArrayList<>();
      boolean bar = false;
      if (share != null && !Double.isNaN(place.leastShare(job))) {
        bar = true;
        if (share.median() < place.leastShare(job)) {
          missed.add(String.format(Locale.ROOT, "share %.2f MISSED", place.leastShare(job)));
        }
      }
      if (ratio != null && !Double.isNaN(place.leastRatio(job))) {
        bar = true;
        if (ratio.median() < place.leastRatio(job)) {
          missed.add(String.format(Locale.ROOT, "ratio %.1f MISSED", place.leastRatio(job)));
        }
      }
      return missed.isEmpty() ? bar ? "passed" : "" : String.join(", ", missed);
    }
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    Rates alone = Objects.requireNonNull(rates.get(Place.IDLE));
    rates.forEach(
        (place, here) -> {
          for (Job job : here.jobs()) {
            Optional<Spread> ours = here.of(job, PeerKind.OURS);
            if (ours.isEmpty()) {
              continue;
            }
            Spread idle = alone.of(job, PeerKind.OURS).orElseThrow();
            Spread theirs = here.of(job, PeerKind.PYTORCH).orElse(null);
            rows.add(
                new Row(
                    place,
                    job,
                    ours.get(),
                    place == Place.IDLE ? null : Rates.ratio(ours.get(), idle, 1),
                    theirs,
                    theirs == null ? null : Rates.ratio(ours.get(), theirs, 1)));
          }
        });
    return rows;
  }

  String table() {
    StringBuilder text = new StringBuilder();
    line(text, "place", "job", "ours", "of idle", "quartiles", "PyTorch", "ratio", "quartiles", "");
    for (Row row : rows()) {
      line(
          text,
          row.place().description(),
          row.job().key(),
          String.format(Locale.ROOT, "%,.0f", row.ours().median()),
          row.share() == null ? "" : percent(row.share().median()),
          row.share() == null
              ? ""
              : percent(row.share().lowerQuartile())
                  + " to "
                  + percent(row.share().upperQuartile()),
          row.theirs() == null ? "" : String.format(Locale.ROOT, "%,.0f", row.theirs().median()),
          row.ratio() == null ? "" : String.format(Locale.ROOT, "%.2f", row.ratio().median()),
          row.ratio() == null
              ? ""
              : String.format(
                  Locale.ROOT,
                  "%.2f to %.2f",
                  row.ratio().lowerQuartile(),
                  row.ratio().upperQuartile()),
          row.verdict());
    }
    left.forEach(
        (place, why) ->
            text.append(place.description()).append(" was left out: ").append(why).append('\n'));
    return text.toString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static void line(StringBuilder text, Object... cells) {
    text.append(String.format("%-26s %-12s %9s %8s %13s %9s %6s %15s  %s", cells).stripTrailing())
        .append('\n');
  }

  Map<String, Object> json() {
    Map<String, Object> places = new LinkedHashMap<>();
    for (Row row : rows()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("ours", row.ours().json());
      if (row.share() != null) {
        entry.put("share_of_idle", row.share().json());
        put(entry, "share_at_least", row.place().leastShare(row.job()));
      }
      if (row.theirs() != null && row.ratio() != null) {
        entry.put("pytorch", row.theirs().json());
        entry.put("vs_pytorch", row.ratio().json());
        put(entry, "vs_pytorch_at_least", row.place().leastRatio(row.job()));
      }
      places.put(row.place().name().toLowerCase(Locale.ROOT) + "." + row.job().key(), entry);
    }
    left.forEach((place, why) -> places.put(place.name().toLowerCase(Locale.ROOT), why));
    return places;
  }

  private static void put(Map<String, Object> entry, String key, double bar) {
    if (!Double.isNaN(bar)) {
      entry.put(key, bar);
    }
  }
}
