package io.github.autoencoder4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program that trains on large pictures for a moment and ends, in a JVM of its own: prints the
 * most memory that the process held, in kilobytes, and how many samples it trained a second.
 */
final class MemoryProbe {

  private static final String MOST_RESIDENT = "VmHWM:";

  private MemoryProbe() {}

  /**
   * Trains.
   *
   * @param args the peer, and for how many seconds
   * @throws IOException if the system does not tell the memory of a process
   */
  public static void main(String[] args) throws IOException {
    double seconds = Double.parseDouble(args[1]);
    Work work;
    try (Peer peer = PeerKind.of(args[0]).start(new BenchData(Path.of(""), true))) {
      peer.run(Job.LARGE_TRAIN, 0);
      work = peer.run(Job.LARGE_TRAIN, seconds);
    }
    String most =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith(MOST_RESIDENT))
            .map(line -> line.replaceAll("[^0-9]", ""))
            .findFirst()
            .orElseThrow(() -> new IOException("this system does not tell " + MOST_RESIDENT));
    System.out.println(Worker.ANSWER + most + " " + work.rate());
    System.out.flush();
    // Native libraries may have left threads behind.
    System.exit(0);
  }
}
