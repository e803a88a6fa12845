package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of the lab tells of every task and option that its runner has, and of no other. */
class LabPageTest {

  private static final String SOURCES = "examples/src/main/java/";
  private static final String LAB = "io.github.autoencoder4j.examples.lab.Lab";
  private static final String COMMAND = "io.github.autoencoder4j.examples.runner.LabCommand";

  private final MarkdownPage page = Repository.page("docs/lab.md");

  @Test
  void hasASectionForEachTaskInTheOrderOfTheLab() {
    assertThat(
            page.headings().stream()
                .filter(heading -> heading.level() == 3)
                .map(heading -> heading.text().replaceFirst(":.*", "")))
        .as("sections of %s for the tasks of %s", page.name(), LAB)
        .containsExactlyElementsOf(tasks());
  }

  @Test
  void showsHowToRunEachTaskAndNoOther() {
    String commands =
        String.join(
            "\n",
            page.blocks().stream()
                .filter(block -> block.language().equals("sh"))
                .map(MarkdownPage.Block::code)
                .toList());

    assertThat(new TreeSet<>(found("\\b([a-z]+\\.[0-9]+)\\b", commands)))
        .as("tasks in the commands of %s and those of %s", page.name(), LAB)
        .isEqualTo(new TreeSet<>(tasks()));
  }

  @Test
  void namesNoTaskThatTheLabHasNot() {
    assertThat(found("\\b((?:mnist|dog)\\.[0-9]+)\\b", page.text()))
        .as("tasks that %s names and those of %s", page.name(), LAB)
        .isSubsetOf(tasks());
  }

  @Test
  void namesTheOptionsOfTheRunnerAndNoOther() {
    List<String> options = found("\"(--[a-z-]+)\"", source(COMMAND));

    assertThat(options).hasSizeGreaterThan(3);
    assertThat(new TreeSet<>(found("(?<![\\w-])(--[a-z][a-z-]*)", page.text())))
        .as("options that %s names and those of %s", page.name(), COMMAND)
        .isEqualTo(new TreeSet<>(options));
  }

  /** The names of the tasks in the order of the lab. */
  private static List<String> tasks() {
    String lab = source(LAB);
    List<String> tasks = new ArrayList<>();
    for (String type : found("new (\\w+)\\(\\)", lab)) {
      String name = found("import ([\\w.]+\\." + type + ");", lab).get(0);
      tasks.addAll(found("return \"([a-z]+\\.[0-9]+)\";", source(name)));
    }
    assertThat(tasks).hasSizeGreaterThan(5);
    return tasks;
  }

  private static String source(String type) {
    Path file = Repository.ROOT.resolve(SOURCES + type.replace('.', '/') + ".java");
    return Repository.read(file);
  }

  private static List<String> found(String pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
