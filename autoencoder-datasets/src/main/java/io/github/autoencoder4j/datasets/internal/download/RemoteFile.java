package io.github.autoencoder4j.datasets.internal.download;

import java.net.URI;
import java.util.Locale;

/**
 * A file to fetch, and how to know that it arrived whole.
 *
 * @param dataset the name of the data set that it is
 * @param uri http or https
 * @param bytes its size; -1 if that is not published
 * @param checksumAlgorithm as {@link java.security.MessageDigest} names it
 * @param checksum in hexadecimal digits
 * @param licence the terms of use, in short
 */
public record RemoteFile(
    String dataset,
    URI uri,
    long bytes,
    String checksumAlgorithm,
    String checksum,
    String licence) {

  /**
   * Whether an address is on the web.
   *
   * @param uri the address
   * @return true for http and https
   */
  public static boolean isHttp(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    return scheme.equals("http") || scheme.equals("https");
  }

  static boolean isEncrypted(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /**
   * Whether somebody on the way could send another file, if a second one has its checksum.
   *
   * @return true over plain http with a checksum that can be forged
   */
  public boolean isWeaklyChecked() {
    String algorithm = checksumAlgorithm.replace("-", "").toUpperCase(Locale.ROOT);
    boolean weak =
        algorithm.startsWith("MD") || algorithm.equals("SHA") || algorithm.equals("SHA1");
    return weak && !isEncrypted(uri);
  }

  /**
   * The name it is kept under.
   *
   * @return that of the data set and that of the file
   */
  public String fileName() {
    String path = uri.getPath();
    return dataset + "-" + path.substring(path.lastIndexOf('/') + 1);
  }
}
