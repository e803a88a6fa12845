package io.github.autoencoder4j.viz;

import java.awt.Graphics2D;
import java.util.List;

/**
 * A rectangle of a known size that can paint itself: what layouts are put together from.
 *
 * @param width in logical pixels
 * @param height in logical pixels
 */
record Block(int width, int height, Drawing drawing) {

  static final Block EMPTY = new Block(0, 0, g -> {});

  /** A block whose sides were computed without wrapping round; {@link Picture} refuses giants. */
  static Block of(long width, long height, Drawing drawing) {
    return new Block(
        (int) Math.min(width, Integer.MAX_VALUE),
        (int) Math.min(height, Integer.MAX_VALUE),
        drawing);
  }

  /** Paints this block with its top left corner at (x, y). */
  void paint(Graphics2D g, int x, int y) {
    Graphics2D own = (Graphics2D) g.create();
    try {
      own.translate(x, y);
      drawing.paint(own);
    } finally {
      own.dispose();
    }
  }

  /** Blocks from left to right, their tops in line. */
  static Block row(int gap, List<Block> blocks) {
    long width =
        blocks.stream().mapToLong(Block::width).sum() + (long) gap * Math.max(0, blocks.size() - 1);
    int height = blocks.stream().mapToInt(Block::height).max().orElse(0);
    return of(
        width,
        height,
        g -> {
          int x = 0;
          for (Block block : blocks) {
            block.paint(g, x, 0);
            x += block.width + gap;
          }
        });
  }

  /** Blocks from top to bottom, each centred. */
  static Block column(int gap, List<Block> blocks) {
    return column(gap, blocks, 0.5);
  }

  /** Blocks from top to bottom, their left edges in line. */
  static Block columnFromLeft(int gap, List<Block> blocks) {
    return column(gap, blocks, 0);
  }

  private static Block column(int gap, List<Block> blocks, double alignment) {
    int width = blocks.stream().mapToInt(Block::width).max().orElse(0);
    long height =
        blocks.stream().mapToLong(Block::height).sum()
            + (long) gap * Math.max(0, blocks.size() - 1);
    return of(
        width,
        height,
        g -> {
          int y = 0;
          for (Block block : blocks) {
            block.paint(g, (int) ((width - block.width) * alignment), y);
            y += block.height + gap;
          }
        });
  }

  /** This block with free room above it, none if the height is negative. */
  Block lowered(int by) {
    return by <= 0 ? this : of(width, (long) height + by, g -> paint(g, 0, by));
  }

  /** This block with a margin on all sides. */
  Block padded(int margin) {
    return of(width + 2L * margin, height + 2L * margin, g -> paint(g, margin, margin));
  }
}
