package io.github.autoencoder4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The JVM of one peer: reads a request a line, {@code run JOB SECONDS} or {@code learn NETWORK
 * STEPS FILE}, and answers each with a line that starts with an equals sign. Between requests it
 * sleeps.
 */
final class Worker {

  /** Tells answers from what a native library may print. */
  static final String ANSWER = "= ";

  private Worker() {}

  /**
   * Serves until the input ends.
   *
   * @param args the peer, the folder of photos, and whether few samples are enough
   */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    BenchData data = new BenchData(Path.of(args[1]), Boolean.parseBoolean(args[2]));
    try (Peer peer = PeerKind.of(args[0]).start(data);
        BufferedReader requests =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      String line = requests.readLine();
      while (line != null) {
        answers.println(ANSWER + answer(peer, line.split(" ", 4)));
        answers.flush();
        line = requests.readLine();
      }
    }
    // Native libraries may have left threads behind.
    System.exit(0);
  }

  private static String answer(Peer peer, String[] request) throws IOException {
    if (request[0].equals("run")) {
      Work work = peer.run(Job.of(request[1]), Double.parseDouble(request[2]));
      return work.count() + " " + work.seconds();
    }
    ReferenceNetwork network = ReferenceNetwork.valueOf(request[1]);
    double[] losses = peer.learn(network, Integer.parseInt(request[2]), Path.of(request[3]));
    return Arrays.stream(losses).mapToObj(Double::toString).collect(Collectors.joining(" "));
  }
}
