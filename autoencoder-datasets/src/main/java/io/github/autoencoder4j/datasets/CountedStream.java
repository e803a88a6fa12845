package io.github.autoencoder4j.datasets;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is unpacked while it is read, also what is read only to be passed over. */
class CountedStream extends FilterInputStream {

  final ArchiveGuard guard;

  CountedStream(InputStream in, ArchiveGuard guard) {
    super(in);
    this.guard = guard;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    guard.count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    guard.count(Math.max(0, count));
    return count;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long left = wanted;
    while (left > 0) {
      // Streams may skip less than there is, and those who read archives take that for the end.
      long count = super.skip(left);
      if (count == 0) {
        if (super.read() < 0) {
          break;
        }
        count = 1;
      }
      guard.count(count);
      left -= count;
    }
    return wanted - left;
  }
}
