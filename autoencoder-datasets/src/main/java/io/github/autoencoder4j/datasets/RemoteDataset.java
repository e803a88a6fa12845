package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.datasets.internal.download.RemoteFile;
import java.net.URI;
import java.util.Objects;

/**
 * A data set that somebody else publishes: where it is, how to know that it arrived whole, and on
 * what terms it may be used.
 *
 * @param name a short name, also of its folder in the cache
 * @param uri the archive, http or https
 * @param bytes the size of the archive; -1 if it is not published, when 4 GiB are fetched at most
 * @param checksumAlgorithm as {@link java.security.MessageDigest} names it, such as "SHA-256"; a
 *     download over plain http that is checked by MD5 or SHA-1 is warned of
 * @param checksum of the archive, in hexadecimal digits
 * @param licence the terms of use, in short
 * @param citation what to cite
 */
public record RemoteDataset(
    String name,
    URI uri,
    long bytes,
    String checksumAlgorithm,
    String checksum,
    String licence,
    String citation) {

  /**
   * Checks that everything is there.
   *
   * @param name a short name of letters, digits and hyphens
   * @param uri the archive, http or https
   * @param bytes the size of the archive; -1 if it is not published, when 4 GiB are fetched at most
   * @param checksumAlgorithm as {@link java.security.MessageDigest} names it
   * @param checksum of the archive, in hexadecimal digits
   * @param licence the terms of use, in short
   * @param citation what to cite
   * @throws IllegalArgumentException if the name has other characters, or the URI is neither http
   *     nor https
   */
  public RemoteDataset {
    Objects.requireNonNull(checksumAlgorithm, "checksumAlgorithm");
    Objects.requireNonNull(checksum, "checksum");
    Objects.requireNonNull(licence, "licence");
    Objects.requireNonNull(citation, "citation");
    if (!name.matches("[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException(
          "name may have letters, digits and hyphens only, but was \"" + name + "\"");
    }
    if (!RemoteFile.isHttp(uri)) {
      throw new IllegalArgumentException("uri must be http or https, but was " + uri);
    }
  }

  RemoteFile file() {
    return new RemoteFile(name, uri, bytes, checksumAlgorithm, checksum, licence);
  }
}
