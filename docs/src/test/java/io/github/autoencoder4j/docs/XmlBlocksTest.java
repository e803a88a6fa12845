package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** XML in the pages parses, and names artifacts and versions that the build has. */
class XmlBlocksTest {

  private final Pom parent = Pom.ofFile("pom.xml");
  private final KnownArtifacts known = new KnownArtifacts(parent);

  @Test
  void everyXmlBlockFitsTheBuild() {
    List<MarkdownPage.Block> blocks =
        Repository.pages().stream()
            .flatMap(page -> page.blocks().stream())
            .filter(block -> block.language().equals("xml"))
            .toList();

    assertThat(blocks).isNotEmpty();
    assertThat(blocks.stream().flatMap(block -> problems(block).stream()).toList()).isEmpty();
  }

  @Test
  void anotherVersionAndBrokenXmlAreFound() {
    assertThat(problems(block("<dependency><groupId>org.bytedeco</groupId>"))).hasSize(1);
    assertThat(
            problems(
                block(
                    "<dependency><groupId>org.bytedeco</groupId><artifactId>dnnl</artifactId>"
                        + "<version>9.9</version></dependency>")))
        .singleElement()
        .asString()
        .startsWith("page.md:3: ")
        .contains("9.9", parent.properties().get("dnnl.version"));
    assertThat(
            problems(
                block(
                    "<dependency><groupId>io.github.autoencoder4j</groupId>"
                        + "<artifactId>autoencoder-core</artifactId><version>0.0.7</version>"
                        + "</dependency>")))
        .hasSize(1);
    assertThat(
            problems(
                block("<properties><maven.compiler.target>9</maven.compiler.target></properties>")))
        .containsExactly("page.md:3: maven.compiler.target is 17, not 9");
  }

  @Test
  void theReadmeHasAWholePomThatNeedsNothingElse() {
    List<MarkdownPage.Block> whole =
        Repository.page("README.md").blocks().stream()
            .filter(block -> block.code().startsWith("<project "))
            .toList();

    assertThat(whole).hasSize(1);
    assertThat(gaps(whole.get(0).code())).isEmpty();
  }

  @Test
  void gapsInAWholePomAreFound() {
    String whole =
        Repository.page("README.md").blocks().stream()
            .map(MarkdownPage.Block::code)
            .filter(code -> code.startsWith("<project "))
            .findFirst()
            .orElseThrow();

    assertThat(gaps(whole.replaceFirst("(?s)<dependencyManagement>.*</dependencyManagement>", "")))
        .contains("io.github.autoencoder4j:autoencoder-core has no version");
    assertThat(gaps(whole.replaceFirst("<version>1</version>", ""))).contains("no version");
    assertThat(gaps(whole.replaceFirst("<modelVersion>4.0.0</modelVersion>", "")))
        .contains("no modelVersion");
    assertThat(gaps(whole.replace("autoencoder-native-", "autoencoder-none-")))
        .contains("0 natives");
  }

  /** What a build with this POM would lack. */
  private List<String> gaps(String xml) {
    List<String> gaps = new ArrayList<>();
    try {
      Pom pom = Pom.parse(xml);
      for (String element : List.of("modelVersion", "groupId", "artifactId", "version")) {
        if (pom.said(element).isEmpty()) {
          gaps.add("no " + element);
        }
      }
      List<Pom.Artifact> artifacts = pom.artifacts();
      boolean bom = artifacts.stream().anyMatch(KnownArtifacts::isBom);
      artifacts.stream()
          .filter(
              artifact -> artifact.version().isEmpty() && !(bom && KnownArtifacts.ours(artifact)))
          .forEach(artifact -> gaps.add(artifact.key() + " has no version"));
      long natives =
          artifacts.stream().filter(a -> a.name().startsWith("autoencoder-native-")).count();
      if (natives != 1) {
        gaps.add(natives + " natives");
      }
    } catch (SAXException e) {
      gaps.add(e.getMessage());
    }
    return gaps;
  }

  private static MarkdownPage.Block block(String xml) {
    return new MarkdownPage.Block("page.md", 3, "xml", xml);
  }

  private List<String> problems(MarkdownPage.Block block) {
    List<String> problems = new ArrayList<>();
    try {
      Pom pom = Pom.parse("<a>" + block.code() + "</a>");
      for (String version : List.of("maven.compiler.source", "maven.compiler.target")) {
        String said = pom.properties().getOrDefault(version, javaVersion());
        if (!said.equals(javaVersion())) {
          problems.add(
              "%s: %s is %s, not %s".formatted(block.place(), version, javaVersion(), said));
        }
      }
      for (Pom.Artifact artifact : pom.artifacts()) {
        String problem = known.problem(artifact);
        if (!problem.isEmpty()) {
          problems.add(block.place() + ": " + problem);
        }
      }
    } catch (SAXException e) {
      problems.add(block.place() + ": no XML: " + e.getMessage());
    }
    return problems;
  }

  private String javaVersion() {
    return Objects.requireNonNull(parent.properties().get("maven.compiler.release"));
  }
}
