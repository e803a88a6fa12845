package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The drawings and the tables of the house show what the rules of the build hold. */
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

  @Test
  void theTableOfTheDataSetsHasTheRoomsOfTheRules() {
    Map<String, Set<String>> told = new TreeMap<>();
    Matcher row = Pattern.compile("(?m)^\\| `([a-z]+)` \\| [^|]+ \\| ([^|]*)\\|$").matcher(page);
    while (row.find()) {
      told.put(row.group(1), words("`([a-z]+)`", row.group(2)));
    }

    assertThat(told).isEqualTo(rooms());
  }

  @Test
  void theDrawingOfTheDataSetsHasTheRoomsOfTheRules() {
    String drawing = page.substring(page.indexOf("## The rooms of the data sets"));
    String below = drawing.substring(drawing.indexOf('┘'), drawing.indexOf("| room |"));
    assertThat(words("([a-z]+)", below.replace("```", ""))).isEqualTo(rooms().keySet());
  }

  private static Map<String, Set<String>> rooms() {
    Map<String, Set<String>> rooms = new TreeMap<>();
    Matcher entry =
        Pattern.compile("Map\\.entry\\(\"([^\"]*)\", Set\\.of\\(([^)]*)\\)\\)")
            .matcher(Repository.read(Repository.ROOT.resolve(RULES)));
    while (entry.find()) {
      rooms.put(entry.group(1), words("\"([a-z]+)\"", entry.group(2)));
    }
    assertThat(rooms).hasSizeGreaterThan(5);
    return rooms;
  }

  private static Set<String> words(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(word -> word.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
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
