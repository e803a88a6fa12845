package io.github.autoencoder4j.datasets.internal.download;

import com.google.common.io.ByteStreams;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.internal.files.FolderLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a remote data set into a folder, once. Bytes go into a file of another name; only when
 * all are there and match the checksum does the file get its own. A later call resumes where an
 * earlier one was ended, and only one process downloads at a time.
 *
 * <p>Uses {@link HttpURLConnection} and not the newer client of the JDK, because only the old one
 * has a timeout for a body that stops coming, and leaves no threads behind.
 */
public final class Download {

  private static final Logger log = LoggerFactory.getLogger(Download.class);

  private static final int MAX_REDIRECTS = 5;

  /** Of a file whose size is not published: no more of a disk is filled before it is checked. */
  static final long LARGEST_UNKNOWN = 4L << 30;

  private static final Pattern TOTAL = Pattern.compile("bytes (?:(\\d+)-\\d+|\\*)/(\\d{1,18})");

  private final RemoteFile remote;
  private final Path folder;
  private final Path file;
  private final Path part;
  private final BiConsumer<Long, Long> progress;
  private final Retries retries;
  private final long largest;
  private final Disk disk = Disk.SYSTEM;

  /**
   * How patient a download is.
   *
   * @param attempts how often in a row it may fail without a single new byte
   * @param pause how long to wait after a failure, doubled after each further one
   * @param timeout how long a server may say nothing
   */
  record Retries(int attempts, Duration pause, Duration timeout) {
    static final Retries USUAL = new Retries(5, Duration.ofSeconds(2), Duration.ofSeconds(60));
  }

  /**
   * Fetches a file unless it is there already.
   *
   * @param remote the file
   * @param folder where to; created if missing
   * @param progress told how many bytes are there, and how many there will be, or -1
   * @return the whole, verified file
   * @throws UnusableDataException if the server has not got it, or has got something else, or
   *     somebody has put another file in its place
   * @throws IllegalStateException if somebody else is downloading it
   * @throws UncheckedIOException if the server cannot be reached or the file not be written
   */
  public static Path fetch(RemoteFile remote, Path folder, BiConsumer<Long, Long> progress) {
    return new Download(remote, folder, progress, Retries.USUAL).fetch();
  }

  Download(RemoteFile remote, Path folder, BiConsumer<Long, Long> progress, Retries retries) {
    this(remote, folder, progress, retries, LARGEST_UNKNOWN);
  }

  /** Lets tests have another bound for files of unknown size. */
  Download(
      RemoteFile remote,
      Path folder,
      BiConsumer<Long, Long> progress,
      Retries retries,
      long largest) {
    this.largest = largest;
    this.remote = remote;
    this.folder = folder;
    this.file = folder.resolve(remote.fileName());
    this.part = folder.resolve(remote.fileName() + ".part");
    this.progress = progress;
    this.retries = retries;
  }

  Path fetch() {
    try {
      if (Files.exists(file)) {
        requireGenuine(); // it was, when it got this name; since then anybody may have put it there
        return file;
      }
      Files.createDirectories(folder);
      try (FolderLock lock =
          FolderLock.take(folder, file.getFileName() + ".lock")
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          file
                              + " is being downloaded by somebody else; wait for them and try"
                              + " again"))) {
        if (!Files.exists(file)) { // the other process may just have finished
          log.info("downloading {} ({}) to {}", remote.dataset(), remote.licence(), file);
          if (remote.isWeaklyChecked()) {
            log.warn(
                "{} comes over plain http and is checked by {}, with which two files can be made"
                    + " alike; trust it no more than you trust the network",
                remote.dataset(),
                remote.checksumAlgorithm());
          }
          download();
        } else {
          requireGenuine();
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "downloading %s failed: %s; what arrived is kept, so try again to resume%s"
              .formatted(remote.uri(), e, byHand()),
          e);
    }
  }

  private String byHand() {
    return ", or fetch the file by other means, check its %s is %s and put it at %s"
        .formatted(remote.checksumAlgorithm(), remote.checksum(), file);
  }

  private void requireGenuine() throws IOException {
    String found = checksum(file);
    if (!isRight(found)) {
      throw new UnusableDataException(
          ("%s is not the file of %s: its %s is %s instead of %s; delete it, and it is downloaded"
                  + " again")
              .formatted(
                  file, remote.dataset(), remote.checksumAlgorithm(), found, remote.checksum()));
    }
  }

  private boolean isRight(String found) {
    return found.equalsIgnoreCase(remote.checksum());
  }

  private void download() throws IOException {
    boolean resumed = received() > 0;
    transferAll();
    String found = checksum(part);
    if (!isRight(found) && resumed) {
      log.warn("what an earlier run left of {} does not fit; starting again", remote.dataset());
      Files.delete(part);
      transferAll();
      found = checksum(part);
    }
    if (!isRight(found)) {
      Files.delete(part);
      throw refused(
          "a file whose %s is %s instead of %s"
              .formatted(remote.checksumAlgorithm(), found, remote.checksum()));
    }
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      disk.force(channel);
    }
    disk.publish(part, file);
  }

  /** Transfers until all is there; gives up when several attempts in a row bring nothing new. */
  private void transferAll() throws IOException {
    long best = received();
    int failures = 0;
    while (true) {
      try {
        if (transfer()) {
          return;
        }
        throw new IOException("the connection ended early");
      } catch (IOException e) {
        failures = received() > best ? 1 : failures + 1;
        best = Math.max(best, received());
        if (failures >= retries.attempts()) {
          throw e;
        }
        log.info("{} after {} bytes of {}; trying again", e, received(), remote.dataset());
        pause(failures);
      }
    }
  }

  /**
   * Asks for what is missing and appends what comes.
   *
   * @return whether all is there
   */
  private boolean transfer() throws IOException {
    long have = received();
    if (remote.bytes() >= 0 && have >= remote.bytes()) {
      return true; // if it is too much, the checksum will say so
    }
    HttpURLConnection connection = connect(have);
    try {
      int status = connection.getResponseCode();
      if (status == 416) { // there is nothing beyond what we have, or the file has changed
        Matcher total = TOTAL.matcher(String.valueOf(connection.getHeaderField("Content-Range")));
        if (total.matches() && Long.parseLong(total.group(2)) == have) {
          return true;
        }
        Files.delete(part);
        throw new IOException("the server refused to resume at byte " + have);
      }
      if (status == 408 || status == 429 || status >= 500) {
        throw new IOException("the server answered with status " + status);
      }
      if (status != 200 && status != 206) {
        throw refused("status " + status + " instead of the file");
      }
      long start = status == 206 ? have : 0;
      long total = total(connection, start);
      if (total >= 0 && remote.bytes() >= 0 && total != remote.bytes()) {
        Files.deleteIfExists(part);
        throw refused(
            "a file of %s bytes, but the data set has %s".formatted(total, remote.bytes()));
      }
      long end = total > limit() ? total : append(connection, start, total);
      if (end > limit()) {
        Files.deleteIfExists(part);
        throw refused(
            remote.bytes() >= 0
                ? "more than the %s bytes of the data set".formatted(limit())
                : "more than %s bytes, which a data set of unknown size may have at most"
                    .formatted(limit()));
      }
      return total < 0 || end == total;
    } finally {
      connection.disconnect();
    }
  }

  /** The size of the whole file, as the server has it; -1 if it does not say. */
  private static long total(HttpURLConnection connection, long start) throws IOException {
    String range = connection.getHeaderField("Content-Range");
    if (start == 0 && range == null) {
      return connection.getContentLengthLong();
    }
    Matcher matcher = TOTAL.matcher(String.valueOf(range));
    if (!matcher.matches() || !String.valueOf(start).equals(matcher.group(1))) {
      throw new IOException("asked for bytes from " + start + ", the server sent range " + range);
    }
    return Long.parseLong(matcher.group(2));
  }

  private long limit() {
    return remote.bytes() >= 0 ? remote.bytes() : largest;
  }

  /** Appends what comes, and returns where it ended; at the limit it writes no further. */
  private long append(HttpURLConnection connection, long start, long total) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long position = start;
    try (InputStream in = connection.getInputStream();
        FileChannel out =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(start).position(start);
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (position + count > limit()) {
          return position + count;
        }
        write(out, ByteBuffer.wrap(buffer, 0, count));
        position += count;
        progress.accept(position, total);
      }
    }
    return position;
  }

  private void write(FileChannel out, ByteBuffer bytes) {
    try {
      disk.writeFully(out, bytes);
    } catch (IOException e) {
      // Not the server's fault, so trying again would not help.
      throw new UncheckedIOException("cannot write %s: %s".formatted(part, e), e);
    }
  }

  /** Opens a connection that is ready to answer, following redirects. */
  private HttpURLConnection connect(long from) throws IOException {
    URI uri = remote.uri();
    for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setInstanceFollowRedirects(false); // the JDK follows none to another scheme
      connection.setConnectTimeout((int) retries.timeout().toMillis());
      connection.setReadTimeout((int) retries.timeout().toMillis());
      connection.setRequestProperty("User-Agent", "autoencoder4j");
      connection.setRequestProperty("Connection", "close");
      if (from > 0) {
        connection.setRequestProperty("Range", "bytes=" + from + "-");
      }
      int status = connection.getResponseCode();
      String location = connection.getHeaderField("Location");
      if (status < 300 || status >= 400 || location == null) {
        return connection;
      }
      connection.disconnect();
      uri = redirected(uri, location);
    }
    throw refused("more than %s redirects in a row".formatted(MAX_REDIRECTS));
  }

  private URI redirected(URI uri, String location) {
    URI next;
    try {
      next = uri.resolve(new URI(location));
    } catch (URISyntaxException e) {
      throw refused("a redirect to no address: " + location);
    }
    if (!mayFollow(uri, next)) {
      throw refused("a redirect that will not be followed: " + next);
    }
    return next;
  }

  /** Only on the web, and once encrypted, always encrypted. */
  static boolean mayFollow(URI from, URI to) {
    return RemoteFile.isHttp(to) && (RemoteFile.isEncrypted(to) || !RemoteFile.isEncrypted(from));
  }

  /** The server has another file or none: nothing that a second attempt would change. */
  private UnusableDataException refused(String delivered) {
    return new UnusableDataException(
        "%s gave %s; try again later%s".formatted(remote.uri(), delivered, byHand()));
  }

  private long received() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private String checksum(Path path) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(remote.checksumAlgorithm());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException(
          "no such checksum: " + remote.checksumAlgorithm() + "; SHA-256 is one", e);
    }
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
      ByteStreams.exhaust(in);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void pause(int failures) throws InterruptedIOException {
    try {
      Thread.sleep(retries.pause().toMillis() << (failures - 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting to try again");
    }
  }
}
