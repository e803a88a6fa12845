package io.github.autoencoder4j.datasets.internal.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Opens files that may or may not be gzipped; their first two bytes tell, not their names. */
public final class Gzip {

  private Gzip() {}

  /**
   * Opens a file.
   *
   * @param file plain or gzipped
   * @return what it holds, unpacked; to be closed
   * @throws IOException if it cannot be read
   */
  public static InputStream open(Path file) throws IOException {
    return open(Files.newInputStream(file));
  }

  /** Takes over a stream: it is closed with the one returned, or if there is none. */
  static InputStream open(InputStream file) throws IOException {
    InputStream raw = new BufferedInputStream(file, 1 << 16);
    try {
      raw.mark(2);
      boolean packed = raw.read() == 0x1F && raw.read() == 0x8B;
      raw.reset();
      // The JDK's own gzip stream would overlook bytes after the packed data.
      return packed ? new GzipCompressorInputStream(raw, true) : raw;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }
}
