package io.github.autoencoder4j.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the documentation and what it talks about lie. */
final class Repository {

  /** Maven runs tests in the folder of their module. */
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  static final Path SNIPPETS =
      ROOT.resolve("docs/src/test/java/" + Repository.class.getPackageName().replace('.', '/'));

  private Repository() {}

  /** Every page that users read: those of the root and all of docs. */
  static List<MarkdownPage> pages() {
    List<MarkdownPage> pages = new ArrayList<>();
    for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
      for (Path file : list(folder)) {
        if (file.toString().endsWith(".md")) {
          pages.add(MarkdownPage.read(file));
        }
      }
    }
    return pages;
  }

  static MarkdownPage page(String name) {
    return MarkdownPage.read(ROOT.resolve(name));
  }

  /** The files of one folder, in the order of their names. */
  static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file as a reader of the repository would name it. */
  static String name(Path file) {
    return ROOT.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
  }
}
