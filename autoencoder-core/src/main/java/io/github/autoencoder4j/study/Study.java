package io.github.autoencoder4j.study;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How large must the code be, how strong the penalty? Trains every setting with the same seeds, so
 * that settings can be compared seed by seed, and tells what is more than chance.
 *
 * <pre>{@code
 * StudyResult<Integer> result =
 *     Study.of("bottleneck", List.of(2, 4, 8, 16, 32))
 *         .seeds(1, 2, 3)
 *         .journal(Path.of("bottleneck.json")) // what was done survives a power cut
 *         .run(
 *             (size, seed) -> {
 *               Autoencoder candidate = Autoencoder.dense().bottleneck(size).seed(seed).build();
 *               candidate.fit(train, Training.epochs(5));
 *               return Map.of("loss", candidate.evaluate(held).reconstructionLoss());
 *             });
 * System.out.println(result.table("loss"));
 * int enough = result.knee("loss", 0.95); // the smallest with 95 % of what the best gains
 * }</pre>
 *
 * <p>Judge by data that nothing is trained on, and not by the test data that the final figure is
 * from. Immutable; each method returns a changed copy.
 *
 * @param <S> what is varied; its text names it in tables and journals
 */
public final class Study<S> {

  private final String name;
  private final List<S> settings;
  private final long[] seeds;
  private final @Nullable Path journal;

  private Study(String name, List<S> settings, long[] seeds, @Nullable Path journal) {
    this.name = name;
    this.settings = settings;
    this.seeds = seeds;
    this.journal = journal;
  }

  /**
   * Trains one setting.
   *
   * @param <S> what is varied
   */
  @FunctionalInterface
  public interface Experiment<S> {

    /**
     * Trains with a setting and a seed, and measures.
     *
     * @param setting one of the settings
     * @param seed one of the seeds, for the builder's {@code seed(...)}
     * @return what was measured, by name; the same names for all settings
     */
    Map<String, Double> run(S setting, long seed);
  }

  /**
   * Plans a study over seeds 1, 2 and 3.
   *
   * @param <S> what is varied
   * @param name what is varied, and all that the results depend on beside it
   * @param settings from the cheapest to the most expensive; at least one; copied
   * @return the plan
   * @throws IllegalArgumentException if there is no setting, or two have the same text
   */
  public static <S> Study<S> of(String name, List<S> settings) {
    Objects.requireNonNull(name, "name");
    HashSet<String> labels = new HashSet<>();
    for (S setting : settings) {
      if (!labels.add(setting.toString())) {
        throw new IllegalArgumentException(
            "two settings of the study \"%s\" are both called \"%s\"; give them different texts"
                .formatted(name, setting));
      }
    }
    if (labels.isEmpty()) {
      throw new IllegalArgumentException(
          "the study \"%s\" has no settings to compare".formatted(name));
    }
    return new Study<>(name, List.copyOf(settings), new long[] {1, 2, 3}, null);
  }

  /**
   * Chooses the seeds. Differences are judged by how much they differ from seed to seed, so one
   * seed shows nothing, and five show half of what three leave unclear.
   *
   * @param seeds at least one, all different
   * @return a changed copy
   * @throws IllegalArgumentException if there is none, or one occurs twice
   */
  public Study<S> seeds(long... seeds) {
    if (seeds.length == 0 || Arrays.stream(seeds).distinct().count() < seeds.length) {
      throw new IllegalArgumentException(
          "a study needs at least one seed, and each once, but was given "
              + Arrays.toString(seeds));
    }
    return new Study<>(name, settings, seeds.clone(), journal);
  }

  /**
   * Writes every result to a file as soon as it is there, and takes from it what is there already.
   *
   * @param file JSON; made if it is missing, its folder must exist
   * @return a changed copy
   */
  public Study<S> journal(Path file) {
    return new Study<>(name, settings, seeds, Objects.requireNonNull(file, "file"));
  }

  /**
   * Runs what is not in the journal yet, seed by seed, so that after each seed all settings can be
   * compared.
   *
   * @param experiment trains one setting with one seed
   * @return all figures
   * @throws IllegalArgumentException if an experiment measures nothing, or other figures than the
   *     one before; or the journal is of another study or cannot be read
   * @throws java.io.UncheckedIOException if the journal cannot be written; whatever the experiment
   *     throws is passed on, and results before it are in the journal
   */
  public StudyResult<S> run(Experiment<S> experiment) {
    Journal done = journal == null ? Journal.inMemory(name) : Journal.open(name, journal);
    for (long seed : seeds) {
      for (S setting : settings) {
        if (done.figures(setting.toString(), seed).isEmpty()) {
          done.add(setting.toString(), seed, experiment.run(setting, seed));
        }
      }
    }
    return new StudyResult<>(name, settings, seeds, done);
  }
}
