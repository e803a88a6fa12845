import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Looks at what a release would publish; release-check runs it.
 *
 * <p>Arguments: the first build, the second, and where the first was installed.
 */
final class ReleaseFiles {

  private static final Map<String, String> MODULE_NAMES =
      new TreeMap<>(
          Map.of(
              "autoencoder-runtime", "io.github.autoencoder4j.runtime",
              "autoencoder-core", "io.github.autoencoder4j.core",
              "autoencoder-datasets", "io.github.autoencoder4j.datasets",
              "autoencoder-viz", "io.github.autoencoder4j.viz",
              "autoencoder-onnx", "io.github.autoencoder4j.onnx",
              "autoencoder-keras", "io.github.autoencoder4j.keras",
              "autoencoder-spark", "io.github.autoencoder4j.spark"));

  private final List<String> faults = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    ReleaseFiles check = new ReleaseFiles();
    Path first = Path.of(args[0]);
    check.installed(Path.of(args[2]), first);
    int same = check.same(first, Path.of(args[1]));
    check.faults.forEach(fault -> System.err.println("release-check: " + fault));
    if (!check.faults.isEmpty()) {
      System.exit(1);
    }
    System.out.println("release-check: " + same + " files are the same, byte for byte, in both");
  }

  private void expect(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }

  private void installed(Path group, Path sources) throws Exception {
    List<Path> artifacts;
    try (Stream<Path> found = Files.list(group)) {
      artifacts = found.filter(Files::isDirectory).sorted().toList();
    }
    List<String> names = artifacts.stream().map(path -> path.getFileName().toString()).toList();
    Set<String> expected = new TreeSet<>(managed(sources));
    expected.add("autoencoder-bom");
    expect(expected.equals(new TreeSet<>(names)), "there are " + names + ", not " + expected);
    for (Path artifact : artifacts) {
      List<Path> versions;
      try (Stream<Path> found = Files.list(artifact)) {
        versions = found.filter(Files::isDirectory).toList();
      }
      expect(versions.size() == 1, artifact + " has " + versions);
      artifact(artifact.getFileName().toString(), versions.get(0), sources);
    }
  }

  /** What the BOM has to name: all that is published but itself. */
  private static Set<String> managed(Path sources) throws IOException {
    Set<String> names = new TreeSet<>(MODULE_NAMES.keySet());
    try (Stream<Path> platforms = Files.list(sources.resolve("autoencoder-native"))) {
      platforms
          .filter(Files::isDirectory)
          .forEach(platform -> names.add("autoencoder-native-" + platform.getFileName()));
    }
    return names;
  }

  private void artifact(String name, Path folder, Path sources) throws Exception {
    String stem = name + "-" + folder.getFileName();
    signed(folder.resolve(stem + ".pom"));
    pom(folder.resolve(stem + ".pom"), sources);
    if (name.equals("autoencoder-bom")) {
      signed(folder.resolve(stem + "-cyclonedx.json"));
    }
    String moduleName = MODULE_NAMES.get(name);
    if (moduleName == null) {
      return;
    }
    for (String end : List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
      signed(folder.resolve(stem + end));
    }
    try (JarFile jar = new JarFile(folder.resolve(stem + ".jar").toFile());
        JarFile source = new JarFile(folder.resolve(stem + "-sources.jar").toFile());
        JarFile javadoc = new JarFile(folder.resolve(stem + "-javadoc.jar").toFile())) {
      String told = jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
      expect(moduleName.equals(told), name + " calls its module " + told);
      expect(jar.getEntry("META-INF/LICENSE") != null, name + " has no licence in it");
      expect(jar.getEntry("META-INF/NOTICE") != null, name + " has no notice in it");
      jar.stream()
          .map(entry -> entry.getName())
          .filter(entry -> entry.endsWith(".class") && !entry.contains("$"))
          .map(entry -> entry.replaceAll("\\.class$", ".java"))
          .filter(entry -> source.getEntry(entry) == null)
          .forEach(entry -> faults.add(name + " has no source of " + entry));
      expect(javadoc.getEntry("index.html") != null, name + " has no Javadoc");
      expect(
          javadoc.stream().noneMatch(entry -> entry.getName().contains("/internal/")),
          "the Javadoc of " + name + " tells of what is internal");
    }
    sbom(name, Files.readString(folder.resolve(stem + "-cyclonedx.json")), sources);
  }

  private void signed(Path file) throws IOException {
    boolean there = Files.exists(file) && Files.size(file) > 0;
    expect(there, "there is no " + file);
    expect(Files.exists(Path.of(file + ".asc")), file + " is not signed");
  }

  /** What Maven Central demands: central.sonatype.org/publish/requirements. */
  private void pom(Path file, Path sources) throws Exception {
    Element project = parse(file);
    for (String needed :
        List.of(
            "groupId",
            "artifactId",
            "version",
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url")) {
      expect(!text(project, needed).isBlank(), file + " has no " + needed);
    }
    expect(text(project, "parent/artifactId").isEmpty(), file + " has a parent");
    String all = Files.readString(file);
    for (String banned : List.of("${", "<scope>test</scope>", "<repositories>", "<build>", "<profiles>")) {
      expect(!all.contains(banned), file + " has " + banned);
    }
    if (file.getFileName().toString().startsWith("autoencoder-bom")) {
      Set<String> named = new TreeSet<>();
      NodeList dependencies = project.getElementsByTagName("dependency");
      for (int i = 0; i < dependencies.getLength(); i++) {
        Element dependency = (Element) dependencies.item(i);
        named.add(text(dependency, "artifactId"));
        String group = text(dependency, "groupId");
        expect(group.equals("io.github.autoencoder4j"), file + " manages " + group);
      }
      expect(named.equals(managed(sources)), file + " manages " + named);
    }
    if (file.getFileName().toString().startsWith("autoencoder-native-")) {
      natives(file, project, sources);
    }
    if (file.getFileName().toString().startsWith("autoencoder-core")) {
      expect(count(all, "<artifactId>fastutil</artifactId>") == 2, file + " lacks exclusions");
      expect(!all.contains("nd4j-native<"), file + " forces a backend");
    }
  }

  /** The versions that the sources name without any profile, whatever machine builds them. */
  private void natives(Path file, Element project, Path sources) throws Exception {
    Element parent = parse(sources.resolve("pom.xml"));
    String platform = text(project, "artifactId").substring("autoencoder-native-".length());
    Element own = parse(sources.resolve("autoencoder-native").resolve(platform).resolve("pom.xml"));
    NodeList dependencies = project.getElementsByTagName("dependency");
    expect(dependencies.getLength() > 0, file + " names nothing");
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      String artifact = text(dependency, "artifactId");
      String version = text(dependency, "version");
      String property = artifact.replaceFirst("^nd4j-.*", "nd4j") + ".version";
      String ours = text(own, "properties/" + property);
      String wanted = ours.isEmpty() ? text(parent, "properties/" + property) : ours;
      expect(
          version.equals(wanted), file + " names " + artifact + " " + version + ", not " + wanted);
    }
  }

  private static Element parse(Path file) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    return document.getDocumentElement();
  }

  private static String text(Element from, String path) {
    Element at = from;
    for (String step : path.split("/")) {
      Element found = null;
      for (Node child = at.getFirstChild(); child != null; child = child.getNextSibling()) {
        if (child instanceof Element element && element.getTagName().equals(step)) {
          found = element;
          break;
        }
      }
      if (found == null) {
        return "";
      }
      at = found;
    }
    return at.getTextContent();
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  private void sbom(String name, String json, Path sources) throws IOException {
    expect(json.matches("(?s).*\"bomFormat\"\\s*:\\s*\"CycloneDX\".*"), name + " has no SBOM");
    expect(!json.contains("pkg:maven/org.junit"), "the SBOM of " + name + " lists what is for tests");
    if (name.equals("autoencoder-core")) {
      Path tree =
          sources.resolve("autoencoder-core/src/test/resources/publication/runtime-tree.txt");
      for (String jar : Files.readAllLines(tree)) {
        String purlEnd = jar.replaceAll("^(.+?)-(\\d.*)\\.jar$", "/$1@$2?type=jar");
        expect(json.contains(purlEnd), "the SBOM of " + name + " lacks " + jar);
      }
    }
  }

  /** Compares what two builds made; returns how many files that were. */
  private int same(Path first, Path second) throws IOException {
    int compared = 0;
    for (File module : first.toFile().listFiles(File::isDirectory)) {
      Path target = module.toPath().resolve("target");
      if (!Files.isDirectory(target)) {
        continue;
      }
      List<Path> made;
      try (Stream<Path> found = Files.list(target)) {
        made =
            found
                .filter(
                    path -> path.toString().matches(".*(\\.jar|-cyclonedx\\.json|flattened-pom\\.xml)"))
                .toList();
      }
      for (Path file : made) {
        Path other = second.resolve(first.relativize(file));
        expect(
            Files.exists(other) && Files.mismatch(file, other) < 0,
            first.relativize(file) + " is another one in the second build");
        compared++;
      }
    }
    expect(compared >= 3 * 5 + 1, "only " + compared + " files were compared");
    return compared;
  }
}
