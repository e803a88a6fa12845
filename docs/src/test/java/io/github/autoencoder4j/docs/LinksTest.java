package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Whatever a page points at is there, and whatever is there is pointed at. */
class LinksTest {

  private static final long LARGEST_PICTURE = 200_000;

  @Test
  void everyRelativeLinkAndAnchorResolves() {
    assertThat(
            Repository.pages().stream()
                .flatMap(
                    page ->
                        page.targets().stream().flatMap(target -> problem(page, target).stream()))
                .toList())
        .isEmpty();
  }

  @Test
  void aDeadLinkIsFound() {
    MarkdownPage readme = Repository.page("README.md");

    assertThat(problem(readme, new MarkdownPage.Target("README.md:1", "docs/nothing.md", false)))
        .hasValue("README.md:1: docs/nothing.md is not there");
    assertThat(
            problem(readme, new MarkdownPage.Target("README.md:1", "docs/lab.md#nothing", false)))
        .hasValue("README.md:1: docs/lab.md has no heading #nothing");
    assertThat(problem(readme, new MarkdownPage.Target("README.md:1", "docs/lab.md#mnist", false)))
        .isEmpty();
  }

  @Test
  void picturesAreSmallAndShown() throws IOException {
    Set<Path> shown = new HashSet<>();
    for (MarkdownPage page : Repository.pages()) {
      page.targets().stream()
          .filter(MarkdownPage.Target::picture)
          .forEach(target -> shown.add(resolve(page, target.address())));
    }
    List<String> problems = new ArrayList<>();
    for (Path file : Repository.list(Repository.ROOT.resolve("docs/pictures"))) {
      if (Files.size(file) > LARGEST_PICTURE) {
        problems.add(Repository.name(file) + " has more than " + LARGEST_PICTURE + " bytes");
      }
      if (!shown.contains(file)) {
        problems.add(Repository.name(file) + " is shown by no page");
      }
      if (file.toString().endsWith(".png") && ImageIO.read(file.toFile()) == null) {
        problems.add(Repository.name(file) + " is no picture");
      }
    }

    assertThat(problems).isEmpty();
  }

  @Test
  void theIndexOfTheDocsLeadsToEachOfThem() {
    Path docs = Repository.ROOT.resolve("docs");
    MarkdownPage index = Repository.page("docs/README.md");
    List<Path> linked =
        index.targets().stream().map(target -> resolve(index, target.address())).toList();

    assertThat(
            Repository.list(docs).stream()
                .filter(file -> file.toString().endsWith(".md"))
                .filter(file -> !file.equals(index.file())))
        .isSubsetOf(linked);
  }

  private static Optional<String> problem(MarkdownPage page, MarkdownPage.Target target) {
    String address = target.address();
    if (URI.create(address).isAbsolute()) {
      return address.matches("(https?|mailto):.+")
          ? Optional.empty()
          : Optional.of(target.place() + ": " + address + " is no address of the web");
    }
    Path file = resolve(page, address);
    if (!file.startsWith(Repository.ROOT)) {
      return Optional.of(target.place() + ": " + address + " leads out of the repository");
    }
    if (!Files.exists(file)) {
      return Optional.of(target.place() + ": " + Repository.name(file) + " is not there");
    }
    int hash = address.indexOf('#');
    if (hash < 0) {
      return Optional.empty();
    }
    String anchor = URLDecoder.decode(address.substring(hash + 1), StandardCharsets.UTF_8);
    return MarkdownPage.read(file).headings().stream()
            .anyMatch(heading -> heading.anchor().equals(anchor))
        ? Optional.empty()
        : Optional.of(target.place() + ": " + Repository.name(file) + " has no heading #" + anchor);
  }

  private static Path resolve(MarkdownPage page, String address) {
    String path = address.replaceFirst("#.*", "");
    return path.isEmpty()
        ? page.file()
        : Objects.requireNonNull(page.file().getParent()).resolve(path).normalize();
  }
}
