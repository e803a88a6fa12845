package io.github.autoencoder4j.datasets.internal.picture;

import java.io.IOException;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/** A file in which some bytes read as zero, so that what they begin is overlooked. */
final class MaskedStream extends ImageInputStreamImpl {

  private final ImageInputStream in;
  private final Set<Long> masked;

  /**
   * Shows a file.
   *
   * @param in stays open when this is closed
   * @param masked positions
   */
  MaskedStream(ImageInputStream in, Set<Long> masked) {
    this.in = in;
    this.masked = masked;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    bitOffset = 0;
    in.seek(streamPos);
    int count = in.read(bytes, offset, length);
    for (long position : masked) {
      if (position >= streamPos && position < streamPos + count) {
        bytes[offset + (int) (position - streamPos)] = 0;
      }
    }
    streamPos += Math.max(0, count);
    return count;
  }

  @Override
  public long length() {
    try {
      return in.length();
    } catch (IOException e) {
      return -1;
    }
  }
}
