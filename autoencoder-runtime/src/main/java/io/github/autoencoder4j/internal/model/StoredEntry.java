package io.github.autoencoder4j.internal.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One entry of the zip, stored and not compressed. Its headers follow from these four values alone,
 * so a reader can demand each of their bytes.
 *
 * @param name of ASCII letters
 * @param size of the content, in bytes
 * @param crc the CRC-32 of the content
 * @param offset where its local header begins
 */
record StoredEntry(String name, long size, int crc, long offset) {

  static final int LOCAL_HEADER = 30;
  static final int CENTRAL_HEADER = 46;
  static final int END_RECORD = 22;

  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int CENTRAL_SIGNATURE = 0x02014b50;
  private static final int END_SIGNATURE = 0x06054b50;

  /** Version 1.0 of the format suffices to unpack. */
  private static final short VERSION = 10;

  /** The first day a zip can tell, so that equal contents make equal files. */
  private static final short DATE = 1 << 5 | 1;

  long dataOffset() {
    return offset + LOCAL_HEADER + name.length();
  }

  long end() {
    return dataOffset() + size;
  }

  byte[] localHeader() {
    byte[] bytes = new byte[LOCAL_HEADER + name.length()];
    ByteBuffer header = wrap(bytes);
    header.putInt(LOCAL_SIGNATURE).putShort(VERSION);
    putCommon(header);
    header.put(name.getBytes(StandardCharsets.US_ASCII));
    return bytes;
  }

  byte[] centralHeader() {
    byte[] bytes = new byte[CENTRAL_HEADER + name.length()];
    ByteBuffer header = wrap(bytes);
    header.putInt(CENTRAL_SIGNATURE).putShort(VERSION).putShort(VERSION);
    putCommon(header);
    // No comment, first disk, no attributes.
    header.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
    header.putInt((int) offset);
    header.put(name.getBytes(StandardCharsets.US_ASCII));
    return bytes;
  }

  /** Flags, method, time, date, CRC, sizes, lengths of the name and of what follows it. */
  private void putCommon(ByteBuffer header) {
    header.putShort((short) 0).putShort((short) 0).putShort((short) 0).putShort(DATE);
    header.putInt(crc).putInt((int) size).putInt((int) size);
    header.putShort((short) name.length()).putShort((short) 0);
  }

  static byte[] endRecord(int entries, long centralSize, long centralOffset) {
    byte[] bytes = new byte[END_RECORD];
    ByteBuffer end = wrap(bytes);
    end.putInt(END_SIGNATURE).putShort((short) 0).putShort((short) 0);
    end.putShort((short) entries).putShort((short) entries);
    end.putInt((int) centralSize).putInt((int) centralOffset).putShort((short) 0);
    return bytes;
  }

  static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
