package io.github.autoencoder4j.viz.page;

import java.util.Objects;

/**
 * A part of a report with a heading, which the report's head leads to.
 *
 * <pre>{@code
 * Section.titled("dogs", Text.of("Dogs in 1,024 numbers")).answer(Text.of(words)).figure(png, caption);
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class Section extends Content<Section> {

  private final String id;
  private final Text title;

  private Section(String id, Text title) {
    this.id = id;
    this.title = title;
  }

  /**
   * Starts a section.
   *
   * @param id what links to it name; letters, digits, dots, hyphens and underscores
   * @param title its heading
   * @return a section without content
   * @throws IllegalArgumentException if the id has other characters
   */
  public static Section titled(String id, Text title) {
    if (!id.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "the id of a section may have letters, digits, dots, hyphens and underscores, but was '"
              + id
              + "'");
    }
    return new Section(id, Objects.requireNonNull(title, "title"));
  }

  /** What links to it name. */
  String id() {
    return id;
  }

  /** Its heading. */
  Text title() {
    return title;
  }

  @Override
  Section self() {
    return this;
  }
}
