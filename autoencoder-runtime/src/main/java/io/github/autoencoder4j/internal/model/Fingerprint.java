package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.sources.CheckedSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cheap name for data, to tell whether two models were trained on the same. */
public final class Fingerprint {

  private static final Logger LOG = LoggerFactory.getLogger(Fingerprint.class);

  private static final int SAMPLES = 64;

  private Fingerprint() {}

  /**
   * Reads a few samples, if that can be done.
   *
   * @param data any
   * @return as {@link #of}; "unknown" if they cannot be read
   */
  public static String ifReadable(ImageSource data) {
    try {
      return of(data);
    } catch (RuntimeException e) {
      // Training is over, and is not to be lost for its label.
      LOG.warn("the data of this run have no fingerprint, for they could not be read again", e);
      return "unknown";
    }
  }

  /**
   * Reads a few samples spread evenly over the data.
   *
   * @param source any
   * @return the SHA-256 of their number, their shape and the samples read, in hexadecimal
   */
  public static String of(ImageSource source) {
    ImageSource data = CheckedSource.of(source);
    MessageDigest digest = ContainerFormat.sha256();
    digest.update((data.size() + " of " + data.shape()).getBytes(StandardCharsets.UTF_8));
    float[] sample = new float[data.shape().size()];
    ByteBuffer bytes = ByteBuffer.allocate(4 * sample.length).order(ByteOrder.LITTLE_ENDIAN);
    int n = Math.min(SAMPLES, data.size());
    for (int i = 0; i < n; i++) {
      data.read((int) ((long) i * data.size() / n), sample, 0);
      bytes.asFloatBuffer().put(sample);
      digest.update(bytes.duplicate());
    }
    return ContainerWriter.hexadecimal(digest.digest());
  }
}
