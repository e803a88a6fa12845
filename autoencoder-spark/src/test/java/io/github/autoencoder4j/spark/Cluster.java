package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A real master and two workers on loopback, from the jars of the class path alone. */
final class Cluster implements AutoCloseable {

  /** These programs are over before the better compiler has paid. */
  static final String QUICK = "-XX:TieredStopAtLevel=1";

  private final Path folder;
  private final String master;
  private final List<Process> processes = new ArrayList<>();

  private Cluster(Path folder, String master) {
    this.folder = folder;
    this.master = master;
  }

  /** Makes what Spark takes for its home: a folder with the jars. */
  static void prepareHome() {
    Path jars = Path.of(System.getenv("SPARK_HOME"), "jars");
    try {
      Files.createDirectories(jars);
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        Path jar = Path.of(entry);
        if (entry.endsWith(".jar")) {
          try {
            Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar.toAbsolutePath());
          } catch (FileAlreadyExistsException e) {
            // Another test was here.
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Cluster start(Path folder) throws Exception {
    prepareHome();
    int port = freePort();
    Cluster cluster = new Cluster(folder, "spark://127.0.0.1:" + port);
    try {
      cluster.launch(
          "master",
          "org.apache.spark.deploy.master.Master",
          List.of("--host", "127.0.0.1", "--port", "" + port, "--webui-port", "0"));
      cluster.waitForMaster(port);
      for (int i = 0; i < 2; i++) {
        cluster.launch(
            "worker" + i,
            "org.apache.spark.deploy.worker.Worker",
            List.of(
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "1000M",
                "--webui-port",
                "0",
                "--work-dir",
                folder.resolve("work" + i).toString(),
                cluster.master));
      }
      return cluster;
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void waitForMaster(int port) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (attempt > 600 || !processes.get(0).isAlive()) {
          throw new IOException("the master does not listen; see " + folder, e);
        }
        Thread.sleep(100);
      }
    }
  }

  private void launch(String name, String main, List<String> arguments) throws Exception {
    ProcessBuilder builder =
        ChildJvm.of(
            Class.forName(main),
            List.of("-Xmx256m", QUICK, "-XX:+UseSerialGC"),
            arguments.toArray(new String[0]));
    processes.add(started(builder, name));
  }

  private Process started(ProcessBuilder builder, String name) throws IOException {
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".log").toFile())
        .start();
  }

  String master() {
    return master;
  }

  /** Starts a driver, whose output is rounds. */
  static Process driver(String master, Path result, String checkpoints, Path log)
      throws IOException {
    return ChildJvm.of(
            TrainingProgram.class,
            List.of(
                "-Xmx512m",
                QUICK,
                "-XX:+UseSerialGC",
                // As spark-submit tells every driver.
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED"),
            master,
            result.toString(),
            checkpoints)
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** Waits until a driver has said so many rounds; false if it ended before. */
  static boolean awaitRounds(BufferedReader output, int rounds) throws IOException {
    for (int i = 0; i < rounds; ) {
      String line = output.readLine();
      if (line == null) {
        return false;
      }
      if (line.equals("round")) {
        i++;
      }
    }
    return true;
  }

  /** Kills one of the executors, as by {@code kill -9}; false if there is none at the moment. */
  boolean killExecutor(RandomGenerator random) {
    List<ProcessHandle> executors =
        processes.stream()
            .skip(1)
            .flatMap(worker -> worker.toHandle().children())
            .filter(ProcessHandle::isAlive)
            .toList();
    return !executors.isEmpty()
        && executors.get(random.nextInt(executors.size())).destroyForcibly();
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
