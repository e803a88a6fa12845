package io.github.autoencoder4j.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The rate of every peer at every job, round by round. */
final class Rates {

  private final Map<Job, Map<PeerKind, List<Double>>> rates = new EnumMap<>(Job.class);

  void add(Job job, PeerKind peer, double rate) {
    rates
        .computeIfAbsent(job, key -> new EnumMap<>(PeerKind.class))
        .computeIfAbsent(peer, key -> new ArrayList<>())
        .add(rate);
  }

  Optional<Spread> of(Job job, PeerKind peer) {
    return Optional.ofNullable(rates.getOrDefault(job, Map.of()).get(peer)).map(Spread::new);
  }

  /**
   * Divides rates round by round.
   *
   * @param above what is divided
   * @param below by what, of as many rounds
   * @param factor by what the quotient is multiplied
   */
  static Spread ratio(Spread above, Spread below, double factor) {
    List<Double> rounds = new ArrayList<>();
    for (int i = 0; i < above.rounds().size(); i++) {
      rounds.add(factor * above.rounds().get(i) / below.rounds().get(i));
    }
    return new Spread(rounds);
  }

  void forEach(Job job, BiConsumer<PeerKind, Spread> consumer) {
    rates
        .getOrDefault(job, Map.of())
        .forEach((peer, rounds) -> consumer.accept(peer, new Spread(rounds)));
  }

  /** The jobs that were done, in their order. */
  Iterable<Job> jobs() {
    return rates.keySet();
  }
}
