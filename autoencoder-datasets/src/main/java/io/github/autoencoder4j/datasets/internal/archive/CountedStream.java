package io.github.autoencoder4j.datasets.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.io.input.ProxyInputStream;

/** Counts what is unpacked while it is read, also what is read only to be passed over. */
class CountedStream extends ProxyInputStream {

  private final ArchiveGuard guard;

  CountedStream(InputStream in, ArchiveGuard guard) {
    super(in);
    this.guard = guard;
  }

  /** Some bytes were read or passed over. */
  void count(long bytes) throws IOException {
    guard.count(bytes);
  }

  @Override
  protected final void afterRead(int count) throws IOException {
    count(Math.max(0, count));
  }

  @Override
  public final long skip(long wanted) throws IOException {
    long left = wanted;
    while (left > 0) {
      // Streams may skip less than there is, and those who read archives take that for the end.
      long count = super.skip(left);
      if (count > 0) {
        count(count);
      } else if (read() < 0) {
        break;
      } else {
        count = 1;
      }
      left -= count;
    }
    return wanted - left;
  }
}
