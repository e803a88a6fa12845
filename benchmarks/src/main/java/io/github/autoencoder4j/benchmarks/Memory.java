package io.github.autoencoder4j.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The most memory that a process holds which trains on pictures of 256x256x3 in batches of 16, in
 * fresh JVMs. Where there is no {@code /proc}, nobody tells.
 */
final class Memory {

  private static final Logger LOG = LoggerFactory.getLogger(Memory.class);

  /** Small, so that it is not the heap that is measured; data of both peers fit. */
  private static final List<String> OPTIONS = List.of("-Xms64m", "-Xmx512m");

  private static final double KILOBYTES_A_MEGABYTE = 1024;
  private static final double AT_MOST = 1;
  private static final double AIM = 0.7;

  private final Map<PeerKind, List<Double>> megabytes = new EnumMap<>(PeerKind.class);
  private final Map<PeerKind, List<Double>> rates = new EnumMap<>(PeerKind.class);

  private Memory() {}

  /**
   * Starts JVMs.
   *
   * @param peers who; only those that train on such pictures are asked
   * @param rounds how many JVMs for each
   * @param seconds for how long each trains
   */
  static Memory measure(List<PeerKind> peers, int rounds, double seconds)
      throws IOException, InterruptedException {
    Memory memory = new Memory();
    for (int round = 1; round <= rounds; round++) {
      LOG.info("round {} of {}", round, rounds);
      for (PeerKind peer : peers) {
        if (peer.does(Job.LARGE_TRAIN)) {
          memory.add(peer, seconds);
        }
      }
    }
    return memory;
  }

  private void add(PeerKind peer, double seconds) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(peer.jvmOptions());
    options.addAll(OPTIONS);
    List<String> figures =
        Probe.ask(MemoryProbe.class, options, peer.key(), Double.toString(seconds));
    megabytes
        .computeIfAbsent(peer, key -> new ArrayList<>())
        .add(Double.parseDouble(figures.get(0)) / KILOBYTES_A_MEGABYTE);
    rates.computeIfAbsent(peer, key -> new ArrayList<>()).add(Double.parseDouble(figures.get(1)));
  }

  /** Ours over PyTorch's, round by round; empty if one of the two was not measured. */
  private Optional<Spread> ratio() {
    List<Double> ours = megabytes.get(PeerKind.OURS);
    List<Double> theirs = megabytes.get(PeerKind.PYTORCH);
    return ours == null || theirs == null
        ? Optional.empty()
        : Optional.of(Rates.ratio(new Spread(ours), new Spread(theirs), 1));
  }

  String table() {
    StringBuilder text = new StringBuilder();
    line(
        text, "training, 256x256x3, batches of 16", "MB at most", "least", "greatest", "samples/s");
    megabytes.forEach(
        (peer, figures) -> {
          Spread spread = new Spread(figures);
          line(
              text,
              peer.key(),
              figure("%.0f", spread.median()),
              figure("%.0f", spread.min()),
              figure("%.0f", spread.max()),
              figure("%.1f", new Spread(rates.getOrDefault(peer, List.of())).median()));
        });
    ratio()
        .ifPresent(
            spread ->
                line(
                    text,
                    "ours / pytorch",
                    figure("%.2f", spread.median()),
                    figure("%.2f", spread.min()),
                    figure("%.2f", spread.max()),
                    figure("at most %.1f, ", AT_MOST)
                        + figure("aim %.1f  ", AIM)
                        + (spread.median() <= AT_MOST ? "passed" : "MISSED")));
    return text.toString();
  }

  private static String figure(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static void line(StringBuilder text, Object... cells) {
    text.append(String.format("%-36s %12s %9s %9s  %s", cells).stripTrailing()).append('\n');
  }

  Map<String, Object> json() {
    Map<String, Object> entry = new LinkedHashMap<>();
    megabytes.forEach(
        (peer, figures) -> {
          entry.put(peer.key() + ".mb", new Spread(figures).json());
          entry.put(
              peer.key() + ".samples_per_second",
              new Spread(rates.getOrDefault(peer, List.of())).json());
        });
    ratio().ifPresent(spread -> entry.put("vs_pytorch", spread.json()));
    return entry;
  }
}
