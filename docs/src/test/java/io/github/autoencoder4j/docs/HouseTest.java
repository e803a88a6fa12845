package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The drawing and the table of the house show the floors that the rules of the build hold. */
class HouseTest {

  private static final String RULES =
      "examples/src/test/java/io/github/autoencoder4j/architecture/Modules.java";

  private final String page = Repository.page("docs/architecture.md").text();

  @Test
  void theDrawingHasTheFloorsOfTheRules() {
    Map<String, Integer> drawn = new TreeMap<>();
    Matcher floor = Pattern.compile("(?m)^ *([0-9]) │(.*)│$").matcher(page);
    while (floor.find()) {
      for (String room : floor.group(2).strip().split("\\s+", -1)) {
        drawn.put(room.equals("Autoencoder") ? "" : room, Integer.valueOf(floor.group(1)));
      }
    }

    assertThat(drawn).isEqualTo(floors());
  }

  @Test
  void theTableHasTheFloorsOfTheRules() {
    Map<String, Integer> told = new TreeMap<>();
    Matcher row = Pattern.compile("(?m)^\\| ([0-9]) \\| ([^|]+) \\|").matcher(page);
    while (row.find()) {
      int number = Integer.parseInt(row.group(1));
      Stream.of(row.group(2).split(", ", -1))
          .map(room -> room.equals("the root") ? "" : room.replace("`", ""))
          .forEach(room -> told.put(room, number));
    }

    assertThat(told).isEqualTo(floors());
  }

  private static Map<String, Integer> floors() {
    Map<String, Integer> floors = new TreeMap<>();
    Matcher entry =
        Pattern.compile("Map\\.entry\\(\"([^\"]*)\", ([0-9])\\)")
            .matcher(Repository.read(Repository.ROOT.resolve(RULES)));
    while (entry.find()) {
      floors.put(entry.group(1), Integer.valueOf(entry.group(2)));
    }
    assertThat(floors).hasSizeGreaterThan(10);
    return floors;
  }
}
