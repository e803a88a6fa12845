package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands in the pages name scripts, options, modules, tests and profiles that exist. */
class CommandsTest {

  private static final String CLI = "autoencoder-cli/src/main/java/io/github/autoencoder4j/cli/";

  /** Where each script's options are declared. */
  private static final Map<String, List<String>> OPTIONS =
      Map.of(
          "./lab",
          List.of(
              "examples/src/main/java/io/github/autoencoder4j/examples/runner/LabCommand.java",
              "examples/src/main/java/io/github/autoencoder4j/examples/proof/Proofs.java",
              "examples/src/main/java/io/github/autoencoder4j/examples/proof/TableProof.java"),
          "./autoencoder",
          Stream.of("Train", "Encode", "Decode", "Reconstruct", "Score", "Explore", "Export")
              .map(name -> CLI + name + "Command.java")
              .collect(Collectors.collectingAndThen(Collectors.toList(), CommandsTest::withMixins)),
          "./bench",
          List.of("benchmarks/src/main/java/io/github/autoencoder4j/benchmarks/Bench.java"));

  private static final Set<String> PHASES =
      Set.of("clean", "compile", "test-compile", "test", "package", "verify", "install", "deploy");

  /** Properties of Maven and its plugins; all others must be ours. */
  private static final Set<String> PROPERTIES =
      Set.of(
          "test", "skipTests", "surefire.failIfNoSpecifiedTests", "newVersion", "exec.mainClass");

  /** Those that Maven finds without being told of them. */
  private static final Set<String> PLUGINS = Set.of("versions-maven-plugin");

  /** Stands for something the reader puts there: capitals, perhaps in brackets. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\[?[A-Z]{2,}]?");

  private static final List<String> TEXTS = sources();

  /** The command shares options among its subcommands. */
  private static List<String> withMixins(List<String> commands) {
    List<String> all = new ArrayList<>(commands);
    for (String mixin : List.of("Answer", "Samples", "NetworkOptions", "ClassOption")) {
      all.add(CLI + mixin + ".java");
    }
    return all;
  }

  @Test
  void everyCommandCanBeGiven() {
    assertThat(commands().flatMap(block -> problem(block.code(), block.place()).stream()).toList())
        .isEmpty();
  }

  @Test
  void everyShellBlockHoldsCommandsOnly() {
    assertThat(
            Repository.pages().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals("sh"))
                .flatMap(
                    block ->
                        block
                            .code()
                            .lines()
                            .filter(line -> !line.isBlank() && !isCommand(line))
                            .map(line -> block.place() + ": " + line)))
        .isEmpty();
  }

  @Test
  void whatDoesNotExistIsFound() {
    assertThat(problem("./labb", "p:1")).hasValue("p:1: there is no script ./labb");
    assertThat(problem("./lab --fast", "p:1")).hasValue("p:1: ./lab has no option --fast");
    assertThat(problem("./lab --tasks mnist.9", "p:1"))
        .hasValue("p:1: the lab has no task mnist.9");
    assertThat(problem("./fuzz zip", "p:1")).hasValue("p:1: ./fuzz does not know zip");
    assertThat(problem("mvn -B test -pl core", "p:1")).hasValue("p:1: there is no module core");
    assertThat(problem("mvn test -Dtest=NoTest", "p:1")).hasValue("p:1: there is no test NoTest");
    assertThat(problem("mvn test -Dlives=9", "p:1"))
        .hasValue("p:1: nothing reads the property lives");
    assertThat(problem("mvn -Pnone verify", "p:1")).hasValue("p:1: there is no profile none");
    assertThat(problem("mvn deplyo", "p:1")).hasValue("p:1: mvn is not told to deplyo here");
    assertThat(problem("mvn sheep:count", "p:1"))
        .hasValue("p:1: the build has no sheep-maven-plugin");
    assertThat(problem("mvn versions:set -DnewVersion=X.Y.Z", "p:1")).isEmpty();
    assertThat(problem("mvn -B verify  # all", "p:1")).isEmpty();
  }

  private static boolean isCommand(String line) {
    return line.startsWith("./") || line.startsWith("mvn ");
  }

  /** Each line of a shell block, and code in sentences that looks like a command. */
  private static Stream<MarkdownPage.Block> commands() {
    List<MarkdownPage.Block> commands = new ArrayList<>();
    for (MarkdownPage page : Repository.pages()) {
      for (MarkdownPage.Block block : page.blocks()) {
        if (block.language().equals("sh")) {
          List<String> lines = block.code().lines().toList();
          for (int i = 0; i < lines.size(); i++) {
            commands.add(new MarkdownPage.Block(page.name(), block.line() + i, "sh", lines.get(i)));
          }
        }
      }
      commands.addAll(page.phrases());
    }
    return commands.stream().filter(block -> isCommand(block.code()));
  }

  private static Optional<String> problem(String command, String place) {
    List<String> words =
        Arrays.stream(command.replaceFirst("\\s+#.*", "").strip().split("\\s+", -1))
            .map(word -> word.replaceAll("^'|'$", ""))
            .toList();
    List<String> arguments = words.subList(1, words.size());
    String name = words.get(0);
    Optional<String> problem = name.equals("mvn") ? ofMaven(arguments) : ofScript(name, arguments);
    return problem.map(text -> place + ": " + text);
  }

  private static Optional<String> ofScript(String script, List<String> arguments) {
    Path file = Repository.ROOT.resolve(script);
    if (!Files.isExecutable(file)) {
      return Optional.of("there is no script " + script);
    }
    String options =
        OPTIONS.getOrDefault(script, List.of(script)).stream()
            .map(declared -> Repository.read(Repository.ROOT.resolve(declared)))
            .collect(Collectors.joining("\n"));
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith("--")) {
        if (!argument.equals("--help") && !options.contains('"' + argument + '"')) {
          return Optional.of(script + " has no option " + argument);
        }
      } else if (i > 0 && arguments.get(i - 1).equals("--tasks")) {
        for (String task : argument.split(",", -1)) {
          if (TEXTS.stream().noneMatch(text -> text.contains("return \"" + task + "\";"))) {
            return Optional.of("the lab has no task " + task);
          }
        }
      } else if (!OPTIONS.containsKey(script)
          && !PLACEHOLDER.matcher(argument).matches()
          && !Pattern.compile("\\b" + Pattern.quote(argument) + "\\b").matcher(options).find()) {
        return Optional.of(script + " does not know " + argument);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofMaven(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      String before = i == 0 ? "" : arguments.get(i - 1);
      Optional<String> problem = Optional.empty();
      if (before.equals("-pl")) {
        problem =
            Arrays.stream(argument.split(",", -1))
                .filter(module -> !Files.exists(Repository.ROOT.resolve(module + "/pom.xml")))
                .findFirst()
                .map("there is no module "::concat);
      } else if (argument.startsWith("-D")) {
        problem = ofProperty(argument.substring(2));
      } else if (argument.startsWith("-P")) {
        String profile = argument.substring(2);
        // Some belong to one module.
        Pattern declared = Pattern.compile("<profile>\\s*<id>" + Pattern.quote(profile) + "</id>");
        problem =
            TEXTS.stream().anyMatch(text -> declared.matcher(text).find())
                ? Optional.empty()
                : Optional.of("there is no profile " + profile);
      } else if (argument.contains(":")) {
        problem = ofGoal(argument);
      } else if (!argument.startsWith("-") && !PHASES.contains(argument)) {
        problem = Optional.of("mvn is not told to " + argument + " here");
      }
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  /** A goal as {@code prefix:goal} or {@code group:artifact:goal}. */
  private static Optional<String> ofGoal(String goal) {
    List<String> parts = Arrays.asList(goal.split(":", -1));
    String plugin = parts.size() == 3 ? parts.get(1) : parts.get(0) + "-maven-plugin";
    return PLUGINS.contains(plugin)
            || TEXTS.stream()
                .anyMatch(text -> text.contains("<artifactId>" + plugin + "</artifactId>"))
        ? Optional.empty()
        : Optional.of("the build has no " + plugin);
  }

  private static Optional<String> ofProperty(String setting) {
    String name = setting.replaceFirst("=.*", "");
    if (name.equals("test")) {
      String test = setting.substring("test=".length());
      return test.contains("*") || sourceExists(test)
          ? Optional.empty()
          : Optional.of("there is no test " + test);
    }
    boolean known =
        PROPERTIES.contains(name)
            || TEXTS.stream()
                .anyMatch(
                    text ->
                        text.contains('"' + name + '"')
                            || text.contains("${" + name + "}")
                            || text.contains("<name>!" + name + "</name>")
                            || text.contains("<" + name + ">"));
    return known ? Optional.empty() : Optional.of("nothing reads the property " + name);
  }

  private static boolean sourceExists(String test) {
    return TEXTS.stream().anyMatch(text -> text.contains("class " + test + " {"));
  }

  /** The sources and POMs of all modules, but for this test, which names what does not exist. */
  private static List<String> sources() {
    try (Stream<Path> files = Files.walk(Repository.ROOT, 20)) {
      return files
          .filter(file -> !file.toString().matches(".*[/\\\\](target|\\.git)[/\\\\].*"))
          .filter(file -> file.toString().endsWith(".java") || file.endsWith("pom.xml"))
          .filter(file -> !file.endsWith("CommandsTest.java"))
          .map(Repository::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
