package io.github.autoencoder4j.viz.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Fills templates, which escape whatever is put into them, and writes pages. */
final class Page {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Configuration TEMPLATES = templates();

  private Page() {}

  private static Configuration templates() {
    Configuration templates = new Configuration(Configuration.VERSION_2_3_34);
    templates.setClassForTemplateLoading(Page.class, "");
    templates.setDefaultEncoding(StandardCharsets.UTF_8.name());
    templates.setOutputFormat(HTMLOutputFormat.INSTANCE);
    templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    templates.setLogTemplateExceptions(false);
    templates.setLocale(Locale.ROOT);
    templates.setNumberFormat("computer");
    return templates;
  }

  /** Fills a template. */
  static String fill(String template, Map<String, ?> values) {
    try {
      StringWriter page = new StringWriter();
      TEMPLATES.getTemplate(template).process(values, page);
      return page.toString();
    } catch (IOException | TemplateException e) {
      throw new IllegalStateException("the template " + template + " cannot be filled", e);
    }
  }

  /** Values as JSON that can stand within a script element. */
  static String json(Object value) {
    try {
      // "<" would begin a tag, and two line separators are no part of strings in old scripts.
      return JSON.writeValueAsString(value)
          .replace("<", "\\u003c")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON", e);
    }
  }

  /** A file beside this class, such as a script or a style sheet. */
  static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(Page.class.getResourceAsStream(name), "no resource " + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + name, e);
    }
  }

  /** Refuses a name that no browser would open, before any work is done. */
  static Path requireHtml(Path file) {
    Path target = Objects.requireNonNull(file, "file").toAbsolutePath();
    Path name = target.getFileName();
    if (name == null || !name.toString().toLowerCase(Locale.ROOT).matches(".*\\.html?")) {
      throw new IllegalArgumentException(
          "pages are saved as HTML, so the file name must end in .html, but was '" + file + "'");
    }
    return target;
  }

  /**
   * Makes sure that a page can be written, before any work is done.
   *
   * @throws UncheckedIOException if its folder cannot be made or written to, or it is a folder
   */
  static void requireWritable(Path target) {
    Path folder = Objects.requireNonNull(target.getParent(), "folder");
    try {
      Files.createDirectories(folder);
      if (!Files.isWritable(folder) || Files.isDirectory(target)) {
        throw new IOException(
            Files.isDirectory(target) ? "it is a folder" : "its folder is not writable");
      }
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  /** Writes a page whole or not at all. */
  static void write(Path target, String page) {
    requireWritable(target);
    try {
      // Not createTempFile, which would leave a page that only its owner may read.
      Path part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
      try {
        Files.writeString(part, page, StandardOpenOption.CREATE_NEW);
        replace(part, target);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private static void replace(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static UncheckedIOException failed(Path target, IOException e) {
    return new UncheckedIOException(
        "cannot write the page to %s: %s; check that the folder can be written and the disk has room"
            .formatted(target, e),
        e);
  }
}
