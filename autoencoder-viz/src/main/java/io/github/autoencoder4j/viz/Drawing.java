package io.github.autoencoder4j.viz;

import java.awt.Graphics2D;

/** Something that paints itself with its top left corner at (0, 0), the same way every time. */
@FunctionalInterface
interface Drawing {

  void paint(Graphics2D g);
}
