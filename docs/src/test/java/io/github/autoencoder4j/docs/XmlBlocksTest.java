package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** XML in the pages parses, and names artifacts and versions that the build has. */
class XmlBlocksTest {

  private static final String GROUP = "io.github.autoencoder4j";
  private static final String BOM = "autoencoder-bom";
  private static final String BOM_POM = BOM + "/pom.xml";

  private final Pom parent = Pom.ofFile("pom.xml");

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
        String problem = problem(artifact);
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

  private String problem(Pom.Artifact artifact) {
    if (artifact.group().equals(GROUP)) {
      if (!artifact.version().isEmpty() && !artifact.version().equals(parent.version())) {
        return "%s has version %s, not %s"
            .formatted(artifact.name(), parent.version(), artifact.version());
      }
      return !artifact.name().equals(BOM)
              && Pom.ofFile(BOM_POM).artifacts().stream()
                  .noneMatch(managed -> managed.key().equals(artifact.key()))
          ? artifact.name() + " is not in the BOM"
          : "";
    }
    Set<String> versions = new HashSet<>();
    for (Pom.Artifact known : parent.artifacts()) {
      if (known.key().equals(artifact.key())) {
        versions.add(known.version());
      }
    }
    return artifact.version().isEmpty() || versions.contains(artifact.version())
        ? ""
        : "the build has %s in versions %s, not %s"
            .formatted(artifact.key(), versions, artifact.version());
  }
}
