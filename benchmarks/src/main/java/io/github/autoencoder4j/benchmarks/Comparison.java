package io.github.autoencoder4j.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a comparison, as a table and as JSON.
 *
 * @param rates of everybody
 * @param likenesses how the networks of ours and of PyTorch learned
 */
record Comparison(Rates rates, List<Likeness> likenesses) {

  /** What a reader must know to judge the figures. */
  private static final List<String> NOTES =
      List.of(
          "A ratio is the median of the ratios of the rounds, ours over theirs; lower and upper are"
              + " the quartiles. Where the greatest is above 1.5 times the least, something else went"
              + " on in the machine, and the row is of no use.",
          "PyTorch's training includes DJL's Adam, made of single tensor operations and slower than"
              + " torch.optim; forward_backward is the same step without any optimiser, and the"
              + " ratios without_optimizer compare our whole step with it.",
          "PyTorch's cross-entropy is written out, since DJL has no call for PyTorch's own; its"
              + " data lie ready in native memory and its outputs stay there, while ours reads"
              + " samples from their source and hands out arrays of Java.",
          "The floating-point operations of the share of the matrix product's peak count the"
              + " gradient of the first layer's input too, which nobody computes.");

  String table() {
    StringBuilder text = new StringBuilder();
    row(text, "job", "peer", "median", "lower", "upper", "unit", "");
    for (Job job : rates.jobs()) {
      rates.forEach(
          job,
          (peer, spread) ->
              row(
                  text,
                  job.key(),
                  peer.key(),
                  rate(spread.median()),
                  rate(spread.lowerQuartile()),
                  rate(spread.upperQuartile()),
                  job.unit(),
                  ""));
    }
    text.append('\n');
    row(text, "ratio", "", "median", "lower", "upper", "at least", "aim");
    for (Ratio ratio : Ratio.values()) {
      ratio.of(rates).ifPresent(spread -> row(text, ratio, spread));
    }
    text.append('\n');
    for (Likeness likeness : likenesses) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s: loss after %d steps %.5f, PyTorch %.5f: differ by %.2f %% (at most %.0f %%), %s%n",
              likeness.network().key(),
              likeness.steps(),
              likeness.lastOurs(),
              likeness.lastTheirs(),
              100 * likeness.lastDifference(),
              100 * Likeness.TOLERANCE,
              likeness.passed() ? "passed" : "MISSED"));
    }
    NOTES.forEach(note -> text.append("- ").append(note).append('\n'));
    return text.toString();
  }

  private static void row(StringBuilder text, Ratio ratio, Spread spread) {
    String verdict =
        spread.isUsable()
            ? !ratio.hasBar() ? "" : spread.median() >= ratio.atLeast() ? "passed" : "MISSED"
            : String.format(
                Locale.ROOT, "unusable: rounds from %.2f to %.2f", spread.min(), spread.max());
    row(
        text,
        ratio.key(),
        "",
        ratio(spread.median()),
        ratio(spread.lowerQuartile()),
        ratio(spread.upperQuartile()),
        ratio.hasBar() ? ratio(ratio.atLeast()) : "",
        (ratio.hasBar() ? ratio(ratio.aim()) + "  " : "") + verdict);
  }

  private static void row(StringBuilder text, Object... cells) {
    text.append(String.format("%-41s %-8s %9s %9s %9s  %-9s %s", cells).stripTrailing())
        .append('\n');
  }

  private static String rate(double value) {
    return String.format(Locale.ROOT, value < 1000 ? "%,.1f" : "%,.0f", value);
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  Map<String, Object> json() {
    Map<String, @Nullable Object> ratios = new LinkedHashMap<>();
    Map<String, Object> bars = new LinkedHashMap<>();
    Map<String, Object> further = new LinkedHashMap<>();
    for (Ratio ratio : Ratio.values()) {
      Spread spread = ratio.of(rates).orElse(null);
      if (ratio.hasBar()) {
        ratios.put(ratio.key(), spread == null ? null : spread.median());
      }
      if (spread != null) {
        (ratio.hasBar() ? bars : further).put(ratio.key(), json(ratio, spread));
      }
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("ratios", ratios);
    all.put("bars", bars);
    all.put("further_ratios", further);
    all.put("learning", likenesses.stream().map(Comparison::json).toList());
    all.put("rates", ratesJson());
    all.put("notes", NOTES);
    return all;
  }

  private static Map<String, Object> json(Ratio ratio, Spread spread) {
    Map<String, Object> entry = spread.json();
    entry.put("usable", spread.isUsable());
    if (ratio.hasBar()) {
      entry.put("at_least", ratio.atLeast());
      entry.put("aim", ratio.aim());
      entry.put("passed", spread.median() >= ratio.atLeast());
      entry.put("aim_reached", spread.median() >= ratio.aim());
    }
    return entry;
  }

  private static Map<String, Object> json(Likeness likeness) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("network", likeness.network().key());
    entry.put("steps", likeness.steps());
    entry.put("first_loss_ours", likeness.firstOurs());
    entry.put("first_loss_pytorch", likeness.firstTheirs());
    entry.put("first_difference", likeness.firstDifference());
    entry.put("last_loss_ours", likeness.lastOurs());
    entry.put("last_loss_pytorch", likeness.lastTheirs());
    entry.put("last_difference", likeness.lastDifference());
    entry.put("at_most", Likeness.TOLERANCE);
    entry.put("passed", likeness.passed());
    return entry;
  }

  private Map<String, Object> ratesJson() {
    Map<String, Object> jobs = new LinkedHashMap<>();
    for (Job job : rates.jobs()) {
      Map<String, Object> peers = new LinkedHashMap<>();
      peers.put("unit", job.unit());
      rates.forEach(job, (peer, spread) -> peers.put(peer.key(), spread.json()));
      jobs.put(job.key(), peers);
    }
    return jobs;
  }
}
