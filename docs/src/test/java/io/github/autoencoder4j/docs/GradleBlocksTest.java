package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Gradle build files in the pages name artifacts and versions that the build has. */
class GradleBlocksTest {

  /** A coordinate such as {@code "group:name:version"}; the version may be missing. */
  private static final Pattern COORDINATE =
      Pattern.compile("\"([A-Za-z0-9._-]+):([A-Za-z0-9._-]+)(?::([A-Za-z0-9._-]+))?\"");

  private final KnownArtifacts known = new KnownArtifacts(Pom.ofFile("pom.xml"));

  @Test
  void everyGradleBlockFitsTheBuild() {
    List<MarkdownPage.Block> blocks =
        Repository.pages().stream()
            .flatMap(page -> page.blocks().stream())
            .filter(block -> block.language().equals("kotlin"))
            .toList();

    assertThat(blocks).isNotEmpty();
    assertThat(blocks.stream().flatMap(block -> problems(block.code()).stream())).isEmpty();
  }

  @Test
  void hasTheArtifactsOfThePomBesideIt() {
    List<MarkdownPage.Block> blocks = Repository.page("README.md").blocks();
    Set<Pom.Artifact> ofGradle = new HashSet<>();
    Set<String> ofMaven = new HashSet<>();
    for (MarkdownPage.Block block : blocks) {
      if (block.language().equals("kotlin")) {
        ofGradle.addAll(artifacts(block.code()));
      }
      if (block.language().equals("xml")) {
        Matcher name = Pattern.compile("<artifactId>([^<]+)<").matcher(block.code());
        while (name.find()) {
          ofMaven.add(name.group(1));
        }
      }
    }
    ofMaven.remove("digits");

    assertThat(ofGradle.stream().map(Pom.Artifact::name))
        .containsExactlyInAnyOrderElementsOf(ofMaven);
  }

  @Test
  void anotherVersionIsFound() {
    assertThat(problems("implementation(\"io.github.autoencoder4j:autoencoder-core:0.0.7\")"))
        .hasSize(1);
    assertThat(problems("implementation(\"io.github.autoencoder4j:autoencoder-none\")")).hasSize(1);
    assertThat(problems("runtimeOnly(\"org.slf4j:slf4j-simple:0.1\")")).hasSize(1);
    assertThat(problems("runtimeOnly(\"org.slf4j:slf4j-simple\")"))
        .containsExactly("org.slf4j:slf4j-simple has no version");
  }

  private List<String> problems(String build) {
    List<String> problems = new ArrayList<>();
    for (Pom.Artifact artifact : artifacts(build)) {
      String problem = known.problem(artifact);
      if (!problem.isEmpty()) {
        problems.add(problem);
      } else if (artifact.version().isEmpty() && !KnownArtifacts.ours(artifact)) {
        problems.add(artifact.key() + " has no version");
      }
    }
    return problems;
  }

  private static List<Pom.Artifact> artifacts(String build) {
    return COORDINATE
        .matcher(build)
        .results()
        .map(
            found ->
                new Pom.Artifact(
                    found.group(1),
                    found.group(2),
                    "",
                    found.group(3) == null ? "" : found.group(3)))
        .toList();
  }
}
