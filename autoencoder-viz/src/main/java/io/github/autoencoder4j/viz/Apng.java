package io.github.autoencoder4j.viz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Joins PNG files of one size into an animated PNG (PNG, Third Edition, W3C 2025, sections 4.9 and
 * 11.3.6): the pixels of each stay as they are compressed, and only get a header that says for how
 * long they are seen. Whoever knows no animated PNG sees the first frame.
 */
final class Apng {

  private static final int SIGNATURE = 8;

  /** Length and type before what a chunk holds, its checksum after it. */
  private static final int BEFORE = 8;

  private static final int AROUND = BEFORE + 4;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Of the chunks that say how frames follow each other, in the order of the file. */
  private int sequence;

  private Apng() {}

  /**
   * Joins frames.
   *
   * @param frames PNG files of equal width, height and colour type; at least one
   * @param millis how long each is seen, 1 to 65,535
   * @param plays how often all are seen; 0 for ever
   */
  static byte[] of(List<byte[]> frames, int[] millis, int plays) {
    Apng file = new Apng();
    byte[] first = frames.get(0);
    ByteBuffer header = ByteBuffer.wrap(first);
    int width = header.getInt(SIGNATURE + BEFORE);
    int height = header.getInt(SIGNATURE + BEFORE + 4);
    file.out.write(first, 0, SIGNATURE);
    file.copy(first, "IHDR", "IHDR");
    file.chunk("acTL", ByteBuffer.allocate(8).putInt(frames.size()).putInt(plays).array());
    for (int i = 0; i < frames.size(); i++) {
      ByteBuffer control = ByteBuffer.allocate(26);
      control.putInt(file.sequence++).putInt(width).putInt(height).putInt(0).putInt(0);
      // In thousandths of a second; each frame is whole, so nothing is left of the one before.
      control.putShort((short) millis[i]).putShort((short) 1_000).put((byte) 0).put((byte) 0);
      file.chunk("fcTL", control.array());
      file.copy(frames.get(i), "IDAT", i == 0 ? "IDAT" : "fdAT");
    }
    file.chunk("IEND", new byte[0]);
    return file.out.toByteArray();
  }

  /** Copies all chunks of a kind; those of later frames get numbers. */
  private void copy(byte[] png, String type, String as) {
    ByteBuffer in = ByteBuffer.wrap(png);
    byte[] wanted = type.getBytes(StandardCharsets.US_ASCII);
    for (int at = SIGNATURE; at < png.length; at += in.getInt(at) + AROUND) {
      int start = at + BEFORE;
      if (Arrays.equals(png, at + 4, start, wanted, 0, 4)) {
        int length = in.getInt(at);
        boolean numbered = as.equals("fdAT");
        ByteBuffer content = ByteBuffer.allocate(length + (numbered ? 4 : 0));
        if (numbered) {
          content.putInt(sequence++);
        }
        chunk(as, content.put(png, start, length).array());
      }
    }
  }

  private void chunk(String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(name);
    out.writeBytes(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
