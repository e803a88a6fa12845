package io.github.autoencoder4j.datasets.internal.download;

import static io.github.autoencoder4j.datasets.internal.download.LoopbackServer.head;
import static io.github.autoencoder4j.datasets.internal.download.LoopbackServer.send;
import static io.github.autoencoder4j.datasets.internal.download.LoopbackServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import com.google.common.util.concurrent.Uninterruptibles;
import io.github.autoencoder4j.datasets.internal.download.LoopbackServer.Request;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.random.RandomStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {

  private static final int SIZE = 500_000;

  @TempDir Path folder;

  private final byte[] content = new byte[SIZE];
  private LoopbackServer server;

  @BeforeEach
  void fillContent() {
    RandomStream.of(1, "content").nextBytes(content);
  }

  @AfterEach
  void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void fetchesAFileOnce() throws Exception {
    serve((request, out) -> send(content, request, out));
    List<Long> done = new ArrayList<>();

    Path file =
        download(
                SIZE,
                (bytes, total) -> {
                  assertThat(total).isEqualTo(SIZE);
                  done.add(bytes);
                })
            .fetch();

    assertThat(file).hasBinaryContent(content).hasFileName("test-data.tar");
    assertThat(done).isSorted().endsWith((long) SIZE);
    assertThat(download().fetch()).isEqualTo(file);
    assertThat(server.requests()).hasSize(1);
    assertOnlyTheFileIsThere();
  }

  @Test
  void checksAFileThatSomebodyPutThere() throws Exception {
    serve((request, out) -> send(content, request, out));
    Path file = Files.write(folder.resolve("test-data.tar"), content);
    assertThat(download().fetch()).isEqualTo(file);

    Files.write(file, new byte[SIZE]);

    assertThatThrownBy(() -> download().fetch())
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(sha256(new byte[SIZE]))
        .hasMessageContaining("delete it");
    assertThat(file).as("it is not ours to delete").hasBinaryContent(new byte[SIZE]);
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fillsNoDiskWithAFileOfUnknownSize(boolean toldLength) throws Exception {
    serve(
        (request, out) -> {
          text(out, "HTTP/1.1 200 OK\r\n");
          text(out, toldLength ? "Content-Length: " + Long.MAX_VALUE + "\r\n\r\n" : "\r\n");
          while (true) {
            out.write(content); // until the other side has had enough
          }
        });
    Download endless =
        new Download(dataset(-1), folder, DownloadTest::unwatched, retries(3), 3L * SIZE + 1);

    assertThatThrownBy(endless::fetch)
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("more than 1500001 bytes")
        .hasMessageContaining("unknown size");
    assertThat(server.requests()).hasSize(1);
    assertNothingIsThere();
    assertThat(Download.LARGEST_UNKNOWN).isEqualTo(4L << 30);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a/x, https://b/y, true",
    "HTTPS://a/x, https://b/y, true",
    "https://a/x, HTTPS://b/y, true",
    "http://a/x, http://b/y, true",
    "http://a/x, HTTPS://b/y, true",
    "https://a/x, http://b/y, false",
    "HTTPS://a/x, http://b/y, false",
    "Https://a/x, HTTP://b/y, false",
    "HTTPS://a/x, ftp://b/y, false"
  })
  void onceEncryptedIsAlwaysEncrypted(URI from, URI to, boolean followed) {
    assertThat(Download.mayFollow(from, to)).isEqualTo(followed);
  }

  @ParameterizedTest
  @CsvSource({
    "http, MD5, true",
    "HTTP, md5, true",
    "http, SHA-1, true",
    "http, sha1, true",
    "http, SHA-256, false",
    "https, MD5, false",
    "HTTPS, SHA, false"
  })
  void warnsOfWhatAnybodyOnTheWayCouldReplace(String scheme, String algorithm, boolean weak) {
    URI uri = URI.create(scheme + "://example.org/data.tar");
    RemoteFile dataset = new RemoteFile("x", uri, 1, algorithm, "0", "");
    assertThat(dataset.isWeaklyChecked()).isEqualTo(weak);
  }

  @Test
  void doesNotNeedToKnowTheSize() throws Exception {
    serve((request, out) -> send(content, request, out));

    assertThat(download(-1, DownloadTest::unwatched).fetch()).hasBinaryContent(content);
  }

  @Test
  void readsAnswersWithoutALength() throws Exception {
    serve(
        (request, out) -> {
          text(out, "HTTP/1.1 200 OK\r\n\r\n");
          out.write(content);
        });

    assertThat(download().fetch()).hasBinaryContent(content);
  }

  @Test
  void goesOnAfterDroppedConnections() throws Exception {
    serve(
        (request, out) -> {
          head(content, request, out);
          int from = (int) request.from();
          out.write(content, from, Math.min(60_000, SIZE - from));
        });

    assertThat(download().fetch()).hasBinaryContent(content);
    assertThat(server.requests()).hasSizeGreaterThan(SIZE / 60_000);
    assertThat(server.requests().stream().map(Request::from).toList())
        .isSorted()
        .doesNotHaveDuplicates();
    assertOnlyTheFileIsThere();
  }

  @Test
  void goesOnWhereAnEarlierRunWasEnded() throws Exception {
    serve(
        (request, out) -> {
          head(content, request, out);
          int from = (int) request.from();
          out.write(content, from, from == 0 ? 200_000 : SIZE - from);
        });
    Download impatient = new Download(dataset(SIZE), folder, DownloadTest::unwatched, retries(1));
    assertThatThrownBy(impatient::fetch)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("what arrived is kept")
        .hasMessageContaining(folder.resolve("test-data.tar").toString());
    assertThat(folder.resolve("test-data.tar")).doesNotExist();
    long kept = Files.size(folder.resolve("test-data.tar.part"));
    assertThat(kept).isPositive().isLessThanOrEqualTo(200_000);

    assertThat(download().fetch()).hasBinaryContent(content);
    assertThat(server.requests().get(1).from()).isEqualTo(kept);
  }

  @Test
  void startsAgainWhereTheServerKnowsNoRanges() throws Exception {
    serve(
        (request, out) -> {
          text(out, "HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
          out.write(content, 0, request.number() == 0 ? 300_000 : SIZE);
        });

    assertThat(download().fetch()).hasBinaryContent(content);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void startsAgainWhenWhatIsLeftBelongsToAnotherFile() throws Exception {
    serve((request, out) -> send(content, request, out));
    Files.write(folder.resolve("test-data.tar.part"), new byte[1_000]);

    assertThat(download().fetch()).hasBinaryContent(content);
    assertThat(server.requests().stream().map(Request::from)).containsExactly(1_000L, 0L);
  }

  @Test
  void recognisesThatEverythingIsThereAlready() throws Exception {
    serve(
        (request, out) -> {
          assertThat(request.from()).isEqualTo(SIZE);
          text(
              out, "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */" + SIZE + "\r\n");
          text(out, "Content-Length: 0\r\n\r\n");
        });
    Files.write(folder.resolve("test-data.tar.part"), content);

    assertThat(download(-1, DownloadTest::unwatched).fetch()).hasBinaryContent(content);
    // With a known size there is not even a question.
    Files.move(folder.resolve("test-data.tar"), folder.resolve("test-data.tar.part"));
    assertThat(download().fetch()).hasBinaryContent(content);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void startsAgainWhenTheServerRefusesToGoOn() throws Exception {
    serve(
        (request, out) -> {
          if (request.from() > 0) {
            text(out, "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n\r\n");
          } else {
            send(content, request, out);
          }
        });
    Files.write(folder.resolve("test-data.tar.part"), Arrays.copyOf(content, 1_000));

    assertThat(download().fetch()).hasBinaryContent(content);
  }

  @Test
  void givesUpWhenNothingNewComes() throws Exception {
    serve(
        (request, out) -> {
          head(content, request, out);
          out.write(content, (int) request.from(), request.from() == 0 ? 1_000 : 0);
        });

    assertThatThrownBy(() -> download().fetch())
        .isInstanceOf(UncheckedIOException.class)
        // Newer JDKs notice it themselves.
        .hasMessageMatching("(?s).*(ended early|Premature EOF).*");
    assertThat(server.requests()).hasSizeBetween(3, 6);
    assertThat(folder.resolve("test-data.tar")).doesNotExist();
  }

  @Test
  void givesUpOnAServerThatSaysNothing() throws Exception {
    CountDownLatch clientGaveUp = new CountDownLatch(1);
    serve(
        (request, out) -> {
          head(content, request, out);
          out.write(content, 0, 1_000);
          out.flush();
          Uninterruptibles.awaitUninterruptibly(clientGaveUp);
        });
    Download.Retries hasty = new Download.Retries(1, Duration.ZERO, Duration.ofMillis(200));

    assertThatThrownBy(
            () -> new Download(dataset(SIZE), folder, DownloadTest::unwatched, hasty).fetch())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Timeout");
    clientGaveUp.countDown();
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, SIZE - 1, SIZE + 1})
  void refusesAFileOfAnotherSize(int claimed) throws Exception {
    serve(
        (request, out) -> {
          text(out, "HTTP/1.1 200 OK\r\nContent-Length: " + claimed + "\r\n\r\n");
          out.write(content);
        });

    assertThatThrownBy(() -> download().fetch())
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining(claimed + " bytes")
        .hasMessageContaining(SIZE + "");
    assertThat(server.requests()).hasSize(1);
    assertNothingIsThere();
  }

  @Test
  void refusesMoreThanTheWholeFile() throws Exception {
    serve(
        (request, out) -> {
          text(out, "HTTP/1.1 200 OK\r\n\r\n");
          out.write(content);
          out.write(content);
        });

    assertThatThrownBy(() -> download().fetch())
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("more than the " + SIZE);
    assertNothingIsThere();
  }

  @Test
  void refusesWrongBytes() throws Exception {
    content[12_345] ^= 1;
    serve((request, out) -> send(content, request, out));
    RemoteFile honest = dataset(SIZE);
    content[12_345] ^= 1;
    RemoteFile expected =
        new RemoteFile(honest.dataset(), honest.uri(), SIZE, "SHA-256", sha256(content), "free");
    content[12_345] ^= 1;

    assertThatThrownBy(
            () -> new Download(expected, folder, DownloadTest::unwatched, retries(3)).fetch())
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining(sha256(content))
        .hasMessageContaining(expected.checksum());
    assertNothingIsThere();
  }

  @Test
  void refusesWrongBytesAlsoAfterStartingAgain() throws Exception {
    serve((request, out) -> send(new byte[SIZE], request, out));
    Files.write(folder.resolve("test-data.tar.part"), new byte[10]);

    assertThatThrownBy(() -> download().fetch()).isInstanceOf(UnusableDataException.class);
    assertThat(server.requests()).hasSize(2);
    assertNothingIsThere();
  }

  @Test
  void followsRedirects() throws Exception {
    serve(
        (request, out) -> {
          switch (request.path()) {
            case "/data.tar" -> redirect(out, 302, "moved/data.tar?token=1");
            case "/moved/data.tar?token=1" -> redirect(out, 308, server.uri("/here").toString());
            default -> send(content, request, out);
          }
        });

    assertThat(download().fetch()).hasBinaryContent(content);
    assertThat(server.requests().stream().map(Request::path))
        .containsExactly("/data.tar", "/moved/data.tar?token=1", "/here");
  }

  @Test
  void keepsTheRangeThroughRedirects() throws Exception {
    serve(
        (request, out) -> {
          if (request.path().equals("/data.tar")) {
            redirect(out, 301, "/here");
          } else {
            send(content, request, out);
          }
        });
    Files.write(folder.resolve("test-data.tar.part"), Arrays.copyOf(content, 99));

    assertThat(download().fetch()).hasBinaryContent(content);
    assertThat(server.requests().stream().map(Request::from)).containsExactly(99L, 99L);
  }

  @Test
  void endsARedirectCircle() throws Exception {
    serve((request, out) -> redirect(out, 302, "/data.tar"));

    assertThatThrownBy(() -> download().fetch())
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("redirects in a row");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "jar:file:/x!/y", ":::"})
  void followsNoRedirectOutOfTheWeb(String location) throws Exception {
    serve((request, out) -> redirect(out, 302, location));

    assertThatThrownBy(() -> download().fetch())
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("redirect")
        .hasMessageContaining(location);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 204, 304})
  void givesUpAtOnceWhereTryingAgainIsUseless(int status) throws Exception {
    serve((request, out) -> status(out, status));
    Files.write(folder.resolve("test-data.tar.part"), Arrays.copyOf(content, 99));

    assertThatThrownBy(() -> download().fetch())
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining(server.uri("/data.tar").toString())
        .hasMessageContaining("status " + status)
        .hasMessageContaining("by other means");
    assertThat(server.requests()).hasSize(1);
    assertThat(folder.resolve("test-data.tar.part")).as("what had arrived").exists();
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 500, 429, 408})
  void triesAgainWhenTheServerIsBusy(int status) throws Exception {
    serve(
        (request, out) -> {
          if (request.number() < 2) {
            status(out, status);
          } else {
            send(content, request, out);
          }
        });

    assertThat(download().fetch()).hasBinaryContent(content);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void givesUpOnAServerThatStaysBusy() throws Exception {
    serve((request, out) -> status(out, 503));

    assertThatThrownBy(() -> download().fetch())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("503")
        .hasMessageContaining("try again");
    assertThat(server.requests()).hasSize(3);
    assertNothingIsThere();
  }

  @Test
  void refusesARangeThatWasNotAskedFor() throws Exception {
    serve(
        (request, out) -> {
          text(out, "HTTP/1.1 206 Partial Content\r\nContent-Length: 100\r\n");
          text(out, "Content-Range: bytes 0-99/" + SIZE + "\r\n\r\n");
          out.write(content, 0, 100);
        });
    Files.write(folder.resolve("test-data.tar.part"), Arrays.copyOf(content, 50));

    assertThatThrownBy(() -> download().fetch())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("asked for bytes from 50");
  }

  @Test
  void tellsASecondDownloadThatTheFirstIsAtWork() throws Exception {
    serve((request, out) -> send(content, request, out));
    BiConsumer<Long, Long> second =
        (done, total) ->
            assertThatThrownBy(() -> download().fetch())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("somebody else");

    assertThat(download(SIZE, second).fetch()).hasBinaryContent(content);
  }

  @Test
  void reportsAFolderThatCannotBeWritten() throws Exception {
    serve((request, out) -> send(content, request, out));
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(
            () -> new Download(dataset(SIZE), file, DownloadTest::unwatched, retries(3)).fetch())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void reportsAServerThatIsNotThere() throws Exception {
    serve((request, out) -> {});
    RemoteFile gone = dataset(SIZE);
    server.close();

    assertThatThrownBy(
            () -> new Download(gone, folder, DownloadTest::unwatched, retries(2)).fetch())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(gone.uri().toString())
        .hasMessageContaining("ConnectException");
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    serve((request, out) -> send(content, request, out));
    List<String> before = threads();
    download().fetch();

    assertThat(threads()).hasSameElementsAs(before);
  }

  private static List<String> threads() {
    // The Java runtime keeps some of its own; those come and go.
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains("Http") || name.contains("Keep-Alive"))
        .toList();
  }

  private void serve(LoopbackServer.Handler handler) throws IOException {
    server = new LoopbackServer(handler);
  }

  private Download download() {
    return download(SIZE, DownloadTest::unwatched);
  }

  private Download download(long size, BiConsumer<Long, Long> progress) {
    return new Download(dataset(size), folder, progress, retries(3));
  }

  private static Download.Retries retries(int attempts) {
    return new Download.Retries(attempts, Duration.ZERO, Duration.ofSeconds(20));
  }

  private RemoteFile dataset(long size) {
    return new RemoteFile(
        "test", server.uri("/data.tar"), size, "SHA-256", sha256(content), "free");
  }

  private static void unwatched(long done, long total) {}

  private static String sha256(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }

  private static void status(OutputStream out, int status) throws IOException {
    text(out, "HTTP/1.1 " + status + " Something\r\nContent-Length: 0\r\n\r\n");
  }

  private static void redirect(OutputStream out, int status, String location) throws IOException {
    text(out, "HTTP/1.1 " + status + " Moved\r\nLocation: " + location + "\r\n");
    text(out, "Content-Length: 0\r\n\r\n");
  }

  private void assertOnlyTheFileIsThere() throws IOException {
    assertThat(files()).containsExactly("test-data.tar", "test-data.tar.lock");
  }

  private void assertNothingIsThere() throws IOException {
    assertThat(files()).containsExactly("test-data.tar.lock");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
