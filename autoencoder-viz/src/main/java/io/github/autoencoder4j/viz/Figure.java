package io.github.autoencoder4j.viz;

import java.util.ArrayList;
import java.util.List;

/**
 * What all figures have in common: a title and a subtitle above the body, a margin around it.
 *
 * @param <F> the figure itself, so that calls chain
 */
abstract class Figure<F extends Figure<F>> {

  // A narrow grid may still carry a sentence as its title without breaking it at every word.
  private static final int MIN_TITLE_WIDTH = 320;

  private String title = "";
  private String subtitle = "";
  private String note = "";

  /**
   * Sets the title above the picture, broken into lines where it is too long. None by default.
   *
   * @param title one sentence; empty for none
   * @return this
   */
  public final F title(String title) {
    this.title = title.strip();
    return self();
  }

  /**
   * Sets the line below the title, for what the reader must know to judge the picture: the model,
   * the data set, the headline figure. None by default.
   *
   * @param subtitle plain text, broken into lines where it is too long; empty for none
   * @return this
   */
  public final F subtitle(String subtitle) {
    this.subtitle = subtitle.strip();
    return self();
  }

  /**
   * Sets the line beneath the picture, for what the reader must know to trust it. None by default.
   *
   * @param note plain text, broken into lines where it is too long; empty for none
   * @return this
   */
  public final F note(String note) {
    this.note = note.strip();
    return self();
  }

  final String title() {
    return title;
  }

  final String subtitle() {
    return subtitle;
  }

  abstract F self();

  /** Puts titles and margins around a body. */
  final Picture sheet(Block body) {
    int width = Math.max(body.width(), MIN_TITLE_WIDTH);
    List<Block> parts = new ArrayList<>();
    addLines(parts, title, TextStyle.TITLE, width);
    addLines(parts, subtitle, TextStyle.SUBTITLE, width);
    if (!parts.isEmpty()) {
      parts.add(new Block(0, Theme.GAP, g -> {}));
    }
    parts.add(body);
    if (!note.isEmpty()) {
      parts.add(new Block(0, Theme.GAP, g -> {}));
      addLines(parts, note, TextStyle.SUBTITLE, width);
    }
    return new Picture(Block.column(2, parts).padded(Theme.MARGIN));
  }

  private static void addLines(List<Block> parts, String text, TextStyle style, int width) {
    for (String line : Lettering.wrap(text, style, width)) {
      parts.add(Lettering.block(line, style));
    }
  }
}
