package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The platforms with natives are the same wherever they are listed, and so are the natives. */
class PlatformsTest {

  private static final String NATIVES = "autoencoder-native";

  /**
   * A list of platforms.
   *
   * @param what what it lists
   * @param file where it stands
   * @param entry finds its entries, with the platform as first group
   */
  private record Listing(String what, String file, String entry) {

    Set<String> platforms() {
      Set<String> platforms = new TreeSet<>();
      Matcher found =
          Pattern.compile(entry).matcher(Repository.read(Repository.ROOT.resolve(file)));
      while (found.find()) {
        platforms.add(found.group(1));
      }
      return platforms;
    }
  }

  private static final String PLATFORM = "((?:linux|windows|macosx)-[a-z0-9_]+)";
  private static final String TABLE_ROW = "\\| `autoencoder-native-([^`]+)` \\|";

  private static final List<Listing> LISTINGS =
      List.of(
          new Listing("modules", "pom.xml", "<module>autoencoder-native/([^<]+)</module>"),
          new Listing("profiles", "pom.xml", "<id>native-([^<]+)</id>"),
          new Listing(
              "artifacts", "autoencoder-bom/pom.xml", "<artifactId>autoencoder-native-([^<]+)<"),
          new Listing(
              "platforms",
              "autoencoder-core/src/main/java/io/github/autoencoder4j/internal/engine/"
                  + "NativeBackend.java",
              '"' + PLATFORM + '"'),
          new Listing("platforms", "examples/consumer/pom.xml", "<platform>([^<]+)</platform>"),
          new Listing("table", "README.md", TABLE_ROW),
          new Listing("table", "README.zh-CN.md", TABLE_ROW),
          new Listing("sentence", "docs/dependencies.md", '`' + PLATFORM + '`'));

  @Test
  void everyListHasThePlatformsOfTheFolders() {
    Set<String> folders = folders();

    assertThat(folders).hasSizeGreaterThan(2);
    assertThat(
            LISTINGS.stream()
                .flatMap(
                    listing ->
                        differences(
                            "%s (%s)".formatted(listing.file, listing.what),
                            listing.platforms(),
                            folders)
                            .stream()))
        .as(
            "a platform is a folder of %s; each of these lists is to name it, and no other",
            NATIVES)
        .isEmpty();
  }

  @Test
  void everyFolderHoldsTheArtifactOfItsName() {
    assertThat(folders().stream().map(platform -> ofFolder(platform).name()))
        .containsExactlyElementsOf(
            folders().stream().map(platform -> NATIVES + "-" + platform).toList());
  }

  @Test
  void ourTestsRunOnTheNativesThatUsersGet() {
    Pom parent = Pom.ofFile("pom.xml");
    List<String> differences = new ArrayList<>();
    for (String platform : folders()) {
      Set<String> shipped = natives(ofFolder(platform));
      Set<String> ours = new TreeSet<>();
      parent.profile("native-" + platform).ifPresent(profile -> ours.addAll(natives(profile)));
      // Tests run on the build without AVX2, too, which nobody is given.
      ours.removeIf(
          binary ->
              binary.startsWith("org.nd4j:nd4j-native:" + platform + ":")
                  && !shipped.contains(binary));
      differences.addAll(
          differences("the profile native-%s of pom.xml".formatted(platform), ours, shipped));
      shipped.stream()
          .filter(binary -> !binary.contains(":" + platform))
          .forEach(binary -> differences.add(platform + " is given " + binary));
    }

    assertThat(differences)
        .as("the profiles are to list what the folders of %s do: change both together", NATIVES)
        .isEmpty();
  }

  @Test
  void whatDiffersIsFound() {
    assertThat(differences("here", Set.of("a", "b"), Set.of("b", "c")))
        .containsExactly("here lacks c", "here has a too many");
    assertThat(differences("here", Set.of("a"), Set.of("a"))).isEmpty();
  }

  private static List<String> differences(String place, Set<String> there, Set<String> wanted) {
    List<String> differences = new ArrayList<>();
    wanted.stream()
        .filter(one -> !there.contains(one))
        .forEach(one -> differences.add("%s lacks %s".formatted(place, one)));
    there.stream()
        .filter(one -> !wanted.contains(one))
        .forEach(one -> differences.add("%s has %s too many".formatted(place, one)));
    return differences;
  }

  private static Set<String> folders() {
    try (Stream<Path> found = Files.list(Repository.ROOT.resolve(NATIVES))) {
      return found
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .map(folder -> folder.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pom ofFolder(String platform) {
    return Pom.ofFile(NATIVES + "/" + platform + "/pom.xml");
  }

  /** The artifacts that are for one platform only. */
  private static Set<String> natives(Pom pom) {
    return pom.artifacts().stream()
        .filter(artifact -> !artifact.classifier().isEmpty())
        .map(artifact -> artifact.key() + ":" + artifact.classifier() + ":" + artifact.version())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
