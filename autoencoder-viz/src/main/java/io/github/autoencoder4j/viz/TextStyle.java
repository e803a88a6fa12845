package io.github.autoencoder4j.viz;

import java.awt.Color;

/** The few ways text appears in a picture, so that all pictures look alike. */
enum TextStyle {
  TITLE(17, true, Theme.INK),
  SUBTITLE(13, false, Theme.MUTED),
  LABEL(14, false, Theme.INK),
  TICK(12, false, Theme.MUTED),
  CAPTION(12, false, Theme.INK);

  private final int size;
  private final boolean bold;
  private final Color color;

  TextStyle(int size, boolean bold, Color color) {
    this.size = size;
    this.bold = bold;
    this.color = color;
  }

  /** The em size in logical pixels. */
  int size() {
    return size;
  }

  boolean bold() {
    return bold;
  }

  Color color() {
    return color;
  }
}
