package io.github.autoencoder4j.datasets.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.internal.items.Item;
import io.github.autoencoder4j.datasets.internal.picture.PictureDecoder;
import io.github.autoencoder4j.datasets.internal.picture.PictureFixture;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Pictures of some dozen bytes that claim millions of pixels, or lists as long as the memory. */
class HostileImagesTest {

  private static final long LIMIT = 32 << 20;
  private static final int[] SIDES = {2_000, 16_000, 23_170, 32_767, 65_535};

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final PictureDecoder decoder = new PictureDecoder(new ImageShape(64, 64, 3));

  @Test
  void hundredsOfClaimsTakeLittleMemory() {
    List<byte[]> pictures = pictures();
    assertThat(pictures).hasSizeGreaterThanOrEqualTo(200);
    Item warm = decode(PictureFixture.png(PictureFixture.plain(9, 9, 0)));
    assertThat(warm.pixels()).isNotNull();
    for (int i = 0; i < pictures.size(); i++) {
      byte[] picture = pictures.get(i);
      long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      Item item = decode(picture);
      long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      assertThat(item.skipped()).as("picture %d", i).isNotNull();
      assertThat(after - before).as("picture %d: %s", i, item.skipped()).isLessThan(LIMIT);
    }
  }

  private Item decode(byte[] picture) {
    return FileFeed.decode(decoder, "hostile", "dogs", PictureFiles.inMemory(picture));
  }

  private static List<byte[]> pictures() {
    List<byte[]> pictures = new ArrayList<>();
    for (int width : SIDES) {
      for (int height : SIDES) {
        pictures.add(gif(width, height));
        pictures.add(bmp(width, height));
        for (int process : new int[] {0xC0, 0xC1, 0xC2}) {
          pictures.add(jpeg(process, width, height));
        }
        for (int color : new int[] {0, 2, 3, 6}) {
          pictures.add(png(width, height, color == 3 ? 8 : 16, color, 0, "IDAT", 0));
        }
        pictures.add(png(width, height, 16, 6, 1, "IDAT", 0));
      }
    }
    // Some thousand bytes, so that the claim is not refused for its size alone.
    pictures.add(Arrays.copyOf(jpeg(0xC3, 8_000, 8_000), 4_096));
    pictures.add(segments(4_000));
    for (String chunk : new String[] {"PLTE", "tRNS", "iCCP", "zTXt", "IDAT", "eXIf", "gAMA"}) {
      for (int length : new int[] {1 << 26, 1 << 30, Integer.MAX_VALUE}) {
        pictures.add(png(8, 8, 8, 3, 0, chunk, length));
      }
    }
    return pictures;
  }

  /** 35 bytes. */
  private static byte[] gif(int width, int height) {
    return little(35)
        .put("GIF89a".getBytes(StandardCharsets.US_ASCII))
        .putShort((short) width)
        .putShort((short) height)
        .put(new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, -1, -1, -1, ','})
        .putInt(0)
        .putShort((short) width)
        .putShort((short) height)
        .put(new byte[] {0, 2, 0, ';'})
        .array();
  }

  /** 54 bytes. */
  private static byte[] bmp(int width, int height) {
    return little(54)
        .put(new byte[] {'B', 'M'})
        .putInt(54)
        .putInt(0)
        .putInt(54)
        .putInt(40)
        .putInt(width)
        .putInt(height)
        .putShort((short) 1)
        .putShort((short) 24)
        .array();
  }

  private static byte[] jpeg(int process, int width, int height) {
    return ByteBuffer.allocate(35)
        .putShort((short) 0xFFD8)
        .put((byte) 0xFF)
        .put((byte) process)
        .putShort((short) 17)
        .put((byte) 8)
        .putShort((short) height)
        .putShort((short) width)
        .put(new byte[] {3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0})
        .put(new byte[] {-1, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0, 0})
        .putShort((short) 0xFFD9)
        .array();
  }

  /** A megabyte without a zero, where names of segments would end. */
  private static byte[] segments(int count) {
    byte[] name = new byte[260];
    Arrays.fill(name, (byte) 'a');
    ByteBuffer file = ByteBuffer.allocate(2 + count * (4 + name.length));
    file.putShort((short) 0xFFD8);
    for (int i = 0; i < count; i++) {
      file.putInt(0xFFE20106).put(name);
    }
    return file.array();
  }

  private static byte[] png(
      int width, int height, int bits, int color, int interlace, String chunk, int length) {
    ByteBuffer header =
        ByteBuffer.allocate(17)
            .put("IHDR".getBytes(StandardCharsets.US_ASCII))
            .putInt(width)
            .putInt(height)
            .put(new byte[] {(byte) bits, (byte) color, 0, 0, (byte) interlace});
    CRC32 crc = new CRC32();
    crc.update(header.array());
    return ByteBuffer.allocate(57)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10})
        .putInt(13)
        .put(header.array())
        .putInt((int) crc.getValue())
        .putInt(length)
        .put(chunk.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
  }
}
