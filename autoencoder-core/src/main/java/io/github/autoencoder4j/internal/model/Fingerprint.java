package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.data.ImageSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A cheap name for data, to tell whether two models were trained on the same. */
public final class Fingerprint {

  private static final int SAMPLES = 64;

  private Fingerprint() {}

  /**
   * Reads a few samples spread evenly over the data.
   *
   * @param data at least one sample
   * @return the SHA-256 of their number, their shape and the samples read, in hexadecimal
   */
  public static String of(ImageSource data) {
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
