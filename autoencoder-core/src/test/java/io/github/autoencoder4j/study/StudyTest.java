package io.github.autoencoder4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyTest {

  @TempDir Path folder;

  private static final Study<Integer> STUDY = Study.of("size", List.of(2, 4, 8, 16));

  /** A loss that falls by half with each doubling, moved by the seed. */
  private static Map<String, Double> halves(int size, long seed) {
    return Map.of("loss", 1.0 / size + seed / 64.0, "seconds", (double) size);
  }

  @Test
  void trainsEverySettingWithEverySeedOnce() {
    List<String> calls = new ArrayList<>();
    STUDY
        .seeds(5, 6)
        .run(
            (size, seed) -> {
              calls.add(seed + ":" + size);
              return halves(size, seed);
            });

    assertThat(calls).containsExactly("5:2", "5:4", "5:8", "5:16", "6:2", "6:4", "6:8", "6:16");
  }

  @Test
  void tellsMeansSpreadsAndDifferencesSeedBySeed() {
    double[] changes = {1, 2, 3};
    StudyResult<String> result =
        Study.of("what", List.of("a", "b"))
            .seeds(1, 2, 3)
            .run(
                (what, seed) ->
                    Map.of("loss", 10.0 * seed + (what.equals("b") ? changes[(int) seed - 1] : 0)));
    Difference difference = result.compare("loss", "a", "b");

    assertThat(result.mean("loss", "a")).isEqualTo(20);
    assertThat(result.standardDeviation("loss", "a")).isEqualTo(10);
    assertThat(difference.after() - difference.before()).isEqualTo(2);
    // 4.3027 is Student's t at 97.5 % with two degrees of freedom, 1 the deviation of the changes.
    assertThat(difference.margin()).isCloseTo(4.302653 / Math.sqrt(3), offset(1e-5));
    assertThat(difference.change()).isEqualTo(Change.UNCLEAR);
    assertThat(result.figures()).containsExactly("loss");
    assertThat(result.best("loss")).isEqualTo("a");
  }

  @Test
  void findsTheKnee() {
    StudyResult<Integer> result = STUDY.run(StudyTest::halves);

    // From 1/2 to 1/16 there are 7/16 to gain: 4 has 4/7 of it, 8 has 6/7.
    assertThat(result.knee("loss", 0.5)).isEqualTo(4);
    assertThat(result.knee("loss", 0.6)).isEqualTo(8);
    assertThat(result.knee("loss", 1)).isEqualTo(16);
    assertThat(result.knee("seconds", 0.95)).isEqualTo(2);
    assertThat(result.best("loss")).isEqualTo(16);
    for (double share : new double[] {0, -1, 1.01, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> result.knee("loss", share))
          .withMessageContaining("" + share);
    }
  }

  @Test
  void printsATable() {
    assertThat(STUDY.run(StudyTest::halves).table("loss"))
        .isEqualTo(
            """
            | size | loss | +- | from the one before | |
            |---|---|---|---|---|
            | 2 | 0.53125 | 0.016 |  |  |
            | 4 | 0.28125 | 0.016 | -0.2500 +- 0.0 | clear |
            | 8 | 0.15625 | 0.016 | -0.1250 +- 0.0 | clear |
            | 16 | 0.093750 | 0.016 | -0.06250 +- 0.0 | clear |
            """);
  }

  @Test
  void goesOnWhereItStopped() {
    Path file = folder.resolve("study.json");
    List<String> calls = new ArrayList<>();
    Study<Integer> lasting = STUDY.journal(file);
    assertThatThrownBy(
            () ->
                lasting.run(
                    (size, seed) -> {
                      if (seed == 2 && size == 4) {
                        throw new IllegalStateException("power cut");
                      }
                      return halves(size, seed);
                    }))
        .hasMessage("power cut");
    StudyResult<Integer> resumed =
        lasting.run(
            (size, seed) -> {
              calls.add(seed + ":" + size);
              return halves(size, seed);
            });

    assertThat(calls).containsExactly("2:4", "2:8", "2:16", "3:2", "3:4", "3:8", "3:16");
    assertThat(resumed.table("loss")).isEqualTo(STUDY.run(StudyTest::halves).table("loss"));
    // More settings and seeds join what is there.
    List<String> more = new ArrayList<>();
    Study.of("size", List.of(2, 3))
        .seeds(1, 9)
        .journal(file)
        .run(
            (size, seed) -> {
              more.add(seed + ":" + size);
              return halves(size, seed);
            });
    assertThat(more).containsExactly("1:3", "9:2", "9:3");
  }

  @Test
  void keepsFiguresThatAreNoNumbers() {
    Path file = folder.resolve("study.json");
    Study<Integer> lasting = Study.of("size", List.of(1)).seeds(1).journal(file);
    lasting.run((size, seed) -> Map.of("a", Double.NaN, "b", Double.POSITIVE_INFINITY));
    StudyResult<Integer> read = lasting.run((size, seed) -> Map.of());

    assertThat(read.values("a", 1)).containsExactly(Double.NaN);
    assertThat(read.values("b", 1)).containsExactly(Double.POSITIVE_INFINITY);
    assertThat(read.standardDeviation("a", 1)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "no json",
        "{\"study\": 1}",
        "{\"study\": \"size\", \"more\": 1}",
        "{\"study\": \"size\"}\n{\"setting\": \"2\", \"seed\": 1}",
        "{\"study\": \"size\"}\n{\"setting\": \"2\", \"seed\": 1, \"figures\": {\"loss\": null}}",
        "{\"study\": \"size\"}\n{\"setting\": \"2\", \"seed\": 1, \"figures\": {\"loss\": \"x\"}}"
      })
  void refusesAFileThatIsNoJournal(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), text);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> STUDY.journal(file).run(StudyTest::halves))
        .withMessageContaining("other.json")
        .withMessageContaining("choose another file");
    assertThat(file).hasContent(text);
  }

  @Test
  void refusesTheJournalOfAnotherStudy() {
    Path file = folder.resolve("study.json");
    STUDY.journal(file).run(StudyTest::halves);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Study.of("depth", List.of(2)).journal(file).run((a, b) -> Map.of("loss", 1.0)))
        .withMessageContaining("\"size\"")
        .withMessageContaining("\"depth\"");
  }

  @Test
  void saysWhyAJournalCannotBeWritten() {
    Path file = folder.resolve("missing").resolve("study.json");

    assertThatThrownBy(() -> STUDY.journal(file).run(StudyTest::halves))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("study.json");
  }

  @Test
  void refusesWhatCannotBeCompared() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Study.of("size", List.of()))
        .withMessageContaining("no settings");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Study.of("size", List.of(1, 2, 1)))
        .withMessageContaining("\"1\"");
    assertThatIllegalArgumentException().isThrownBy(() -> STUDY.seeds());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> STUDY.seeds(3, 3))
        .withMessageContaining("[3, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> STUDY.run((size, seed) -> Map.of()))
        .withMessageContaining("nothing for 2 with seed 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> STUDY.run((size, seed) -> Map.of("loss" + size, 1.0)))
        .withMessageContaining("[loss4]")
        .withMessageContaining("[loss2]");
    StudyResult<Integer> result = STUDY.run(StudyTest::halves);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> result.values("loss", 5))
        .withMessageContaining("[2, 4, 8, 16]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> result.mean("psnr", 2))
        .withMessageContaining("[loss, seconds]");
  }
}
