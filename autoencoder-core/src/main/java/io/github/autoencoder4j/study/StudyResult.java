package io.github.autoencoder4j.study;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What a study measured. Figures are such that less is better, like losses; turn others around, by
 * a minus for instance.
 *
 * @param <S> what was varied
 */
public final class StudyResult<S> {

  private final String name;
  private final List<S> settings;
  private final long[] seeds;
  private final Journal journal;

  StudyResult(String name, List<S> settings, long[] seeds, Journal journal) {
    this.name = name;
    this.settings = settings;
    this.seeds = seeds;
    this.journal = journal;
  }

  /**
   * Gives what was compared.
   *
   * @return in the order of the study; immutable
   */
  public List<S> settings() {
    return settings;
  }

  /**
   * Names what was measured.
   *
   * @return in alphabetical order
   */
  public Set<String> figures() {
    return new TreeSet<>(cell(settings.get(0), seeds[0]).keySet());
  }

  private Map<String, Double> cell(S setting, long seed) {
    return journal.figures(setting.toString(), seed).orElseThrow();
  }

  /**
   * Gives a figure of one setting.
   *
   * @param figure one of {@link #figures}
   * @param setting one of {@link #settings}
   * @return one value for each seed, in their order
   * @throws IllegalArgumentException if there is no such figure or setting
   */
  public double[] values(String figure, S setting) {
    if (!settings.contains(setting)) {
      throw new IllegalArgumentException(
          "the study \"%s\" has no setting %s; there are %s".formatted(name, setting, settings));
    }
    return Arrays.stream(seeds)
        .mapToDouble(
            seed -> {
              Double value = cell(setting, seed).get(figure);
              if (value == null) {
                throw new IllegalArgumentException(
                    "the study \"%s\" measured no \"%s\" but %s"
                        .formatted(name, figure, figures()));
              }
              return value;
            })
        .toArray();
  }

  /**
   * Averages a figure of one setting.
   *
   * @param figure one of {@link #figures}
   * @param setting one of {@link #settings}
   * @return the mean over the seeds
   * @throws IllegalArgumentException if there is no such figure or setting
   */
  public double mean(String figure, S setting) {
    return StatUtils.mean(values(figure, setting));
  }

  /**
   * Measures how far a figure of one setting differs from seed to seed.
   *
   * @param figure one of {@link #figures}
   * @param setting one of {@link #settings}
   * @return the standard deviation over the seeds, with one less in the denominator; NaN for one
   *     seed
   * @throws IllegalArgumentException if there is no such figure or setting
   */
  public double standardDeviation(String figure, S setting) {
    double[] values = values(figure, setting);
    return values.length == 1 ? Double.NaN : Math.sqrt(StatUtils.variance(values));
  }

  /**
   * Compares two settings seed by seed.
   *
   * @param figure one of {@link #figures}
   * @param before one of {@link #settings}
   * @param after another
   * @return the difference of the means and its error
   * @throws IllegalArgumentException if there is no such figure or setting
   */
  public Difference compare(String figure, S before, S after) {
    return Difference.paired(values(figure, before), values(figure, after));
  }

  /**
   * Finds the setting with the least mean.
   *
   * @param figure one of {@link #figures}
   * @return the best; the first of those that are equal
   * @throws IllegalArgumentException if there is no such figure
   */
  public S best(String figure) {
    S best = settings.get(0);
    for (S setting : settings) {
      if (mean(figure, setting) < mean(figure, best)) {
        best = setting;
      }
    }
    return best;
  }

  /**
   * Finds the first setting, in the order of the study, that has most of what the best one gains
   * over the first: {@code mean <= first - share * (first - best)}.
   *
   * @param figure one of {@link #figures}
   * @param share of the gain, in (0, 1]; 0.95 is usual
   * @return the knee; the first setting if none is better
   * @throws IllegalArgumentException if there is no such figure or {@code share} is out of its
   *     range
   */
  public S knee(String figure, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the share of the gain must lie in (0, 1], but was " + share + "; 0.95 is usual");
    }
    double first = mean(figure, settings.get(0));
    double best = mean(figure, best(figure));
    for (S setting : settings) {
      if (mean(figure, setting) <= first - share * (first - best)) {
        return setting;
      }
    }
    return best(figure);
  }

  /**
   * Prints a figure of all settings: mean, standard deviation, and the difference from the setting
   * before with its interval of 95 %, "clear" where that leaves out zero.
   *
   * @param figure one of {@link #figures}
   * @return lines of Markdown that end in a line feed
   * @throws IllegalArgumentException if there is no such figure
   */
  public String table(String figure) {
    StringBuilder table =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "| %s | %s | +- | from the one before | |%n|---|---|---|---|---|%n",
                name,
                figure));
    for (int i = 0; i < settings.size(); i++) {
      S setting = settings.get(i);
      String change = "";
      String verdict = "";
      if (i > 0) {
        Difference difference = compare(figure, settings.get(i - 1), setting);
        change =
            String.format(
                Locale.ROOT,
                "%+.4g +- %.2g",
                difference.after() - difference.before(),
                difference.margin());
        verdict = difference.change() == Change.UNCLEAR ? "unclear" : "clear";
      }
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.5g | %.2g | %s | %s |%n",
              setting,
              mean(figure, setting),
              standardDeviation(figure, setting),
              change,
              verdict));
    }
    return table.toString().replace(System.lineSeparator(), "\n");
  }
}
