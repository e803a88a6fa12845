package io.github.autoencoder4j.docs;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What a POM, or a piece of one, says. */
final class Pom {

  private final Element root;

  private Pom(Element root) {
    this.root = root;
  }

  static Pom ofFile(String name) {
    try {
      return parse(Repository.read(Repository.ROOT.resolve(name)));
    } catch (SAXException e) {
      throw new IllegalStateException(name, e);
    }
  }

  /**
   * Parses text.
   *
   * @throws SAXException if it is no XML
   */
  static Pom parse(String xml) throws SAXException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      Document document = builder.parse(new InputSource(new StringReader(xml)));
      return new Pom(Objects.requireNonNull(document.getDocumentElement()));
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The artifact that the project makes. */
  String name() {
    return child(root, "artifactId");
  }

  /** What a profile adds, if there is one of this name. */
  Optional<Pom> profile(String id) {
    NodeList all = root.getElementsByTagName("profile");
    for (int i = 0; i < all.getLength(); i++) {
      if (child((Element) all.item(i), "id").equals(id)) {
        return Optional.of(new Pom((Element) all.item(i)));
      }
    }
    return Optional.empty();
  }

  /** What an element of the project says; empty if it is not there. */
  String said(String element) {
    return child(root, element);
  }

  /** The version of the project. */
  String version() {
    return child(root, "version");
  }

  /** Every artifact that is named with its group, version as written, empty where it has none. */
  List<Artifact> artifacts() {
    List<Artifact> artifacts = new ArrayList<>();
    NodeList all = root.getElementsByTagName("dependency");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      artifacts.add(
          new Artifact(
              child(element, "groupId"),
              child(element, "artifactId"),
              child(element, "classifier"),
              resolved(child(element, "version"))));
    }
    return artifacts;
  }

  /**
   * An artifact.
   *
   * @param group its group
   * @param name its name
   * @param classifier empty for none
   * @param version empty for that of the management
   */
  record Artifact(String group, String name, String classifier, String version) {
    String key() {
      return group + ":" + name;
    }
  }

  Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    NodeList all = root.getElementsByTagName("properties");
    for (int i = 0; i < all.getLength(); i++) {
      for (Node at = all.item(i).getFirstChild(); at != null; at = at.getNextSibling()) {
        if (at instanceof Element element) {
          // The first is the one that holds without any profile.
          properties.putIfAbsent(element.getTagName(), element.getTextContent().strip());
        }
      }
    }
    return properties;
  }

  private String resolved(String version) {
    return version.startsWith("${project.version")
        ? version()
        : version.startsWith("${")
            ? properties().getOrDefault(version.substring(2, version.length() - 1), version)
            : version;
  }

  private static String child(Element parent, String name) {
    for (Node at = parent.getFirstChild(); at != null; at = at.getNextSibling()) {
      if (at instanceof Element element && element.getTagName().equals(name)) {
        return Objects.requireNonNull(element.getTextContent()).strip();
      }
    }
    return "";
  }
}
