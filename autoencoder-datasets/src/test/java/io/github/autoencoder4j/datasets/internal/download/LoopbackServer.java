package io.github.autoencoder4j.datasets.internal.download;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server on this machine that answers with whatever bytes a test wants, right or wrong. */
public final class LoopbackServer implements AutoCloseable {

  /** Answers one request; the connection is closed afterwards. */
  @FunctionalInterface
  public interface Handler {
    void answer(Request request, OutputStream out) throws IOException;
  }

  /**
   * A request.
   *
   * @param number how many came before
   * @param from the first byte asked for
   */
  public record Request(int number, String path, long from) {}

  private final ServerSocket socket;
  private final Thread thread;
  private final Handler handler;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  public LoopbackServer(Handler handler) throws IOException {
    this.handler = handler;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.thread = new Thread(this::serve, "loopback-server");
    thread.setDaemon(true);
    thread.start();
  }

  public URI uri(String path) {
    return URI.create(
        "http://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort() + path);
  }

  public List<Request> requests() {
    return requests;
  }

  /** Answers as a good server does: the whole, or the range asked for. */
  public static void send(byte[] content, Request request, OutputStream out) throws IOException {
    head(content, request, out);
    out.write(content, (int) request.from(), content.length - (int) request.from());
  }

  /** The head of a good answer. */
  public static void head(byte[] content, Request request, OutputStream out) throws IOException {
    long from = request.from();
    text(
        out,
        from == 0
            ? "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n".formatted(content.length)
            : "HTTP/1.1 206 Partial Content\r\nContent-Length: %s\r\nContent-Range: bytes %s-%s/%s\r\n\r\n"
                .formatted(content.length - from, from, content.length - 1, content.length));
  }

  public static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        connection.setTcpNoDelay(true);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
        String path = in.readLine().split(" ", -1)[1];
        long from = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
          if (line.toLowerCase(Locale.ROOT).startsWith("range: bytes=")) {
            from = Long.parseLong(line.substring(13, line.length() - 1));
          }
        }
        Request request = new Request(requests.size(), path, from);
        requests.add(request);
        handler.answer(request, connection.getOutputStream());
      } catch (IOException | RuntimeException e) {
        // The client went away, or the server was closed; the test sees it from the other side.
      }
    }
  }

  @Override
  public void close() throws Exception {
    socket.close();
    thread.join();
  }
}
