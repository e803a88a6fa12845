package io.github.autoencoder4j.docs;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private Pom(Document document) {
    this.root = document.getDocumentElement();
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
      return new Pom(builder.parse(new InputSource(new StringReader(xml))));
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
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
              resolved(child(element, "version"))));
    }
    return artifacts;
  }

  /**
   * An artifact.
   *
   * @param group its group
   * @param name its name
   * @param version empty for that of the management
   */
  record Artifact(String group, String name, String version) {
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
