package io.github.autoencoder4j.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A peer seen from the driver. */
final class WorkerProcess implements AutoCloseable {

  private final PeerKind kind;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  private WorkerProcess(PeerKind kind, Process process) {
    this.kind = kind;
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Where it has memory that is its own, a process keeps it: glibc's allocator gives none back. On
   * virtual machines a page that is touched for the first time can take microseconds, and PyTorch,
   * which allocates its tensors anew at every step, made a fifth of its speed where it had to.
   */
  private static final Map<String, String> KEPT_MEMORY =
      Map.of(
          "MALLOC_MMAP_THRESHOLD_",
          Long.toString(4L << 30),
          "MALLOC_TRIM_THRESHOLD_",
          Long.toString(16L << 30));

  /** Starts the JVM; but for what is said, it has the environment of this one. */
  static WorkerProcess start(PeerKind kind, Path photos, boolean quick, Surroundings surroundings)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Machine.jvmOptions());
    command.addAll(kind.jvmOptions());
    command.addAll(surroundings.options());
    if (!quick) {
      // A heap whose pages have been touched, as that of a program has that runs for a while.
      command.addAll(List.of("-Xms1g", "-XX:+AlwaysPreTouch"));
    }
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Worker.class.getName());
    command.addAll(List.of(kind.key(), photos.toString(), Boolean.toString(quick)));
    Quota quota = surroundings.quota();
    ProcessBuilder builder =
        new ProcessBuilder(quota == null ? command : quota.within(command))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(surroundings.environment());
    if (!quick) {
      builder.environment().putAll(KEPT_MEMORY);
    }
    return new WorkerProcess(kind, builder.start());
  }

  PeerKind kind() {
    return kind;
  }

  Work run(Job job, double seconds) throws IOException {
    String[] answer = ask("run " + job.key() + " " + seconds).split(" ", -1);
    return new Work(Double.parseDouble(answer[0]), Double.parseDouble(answer[1]));
  }

  double[] learn(ReferenceNetwork network, int steps, Path start) throws IOException {
    String answer = ask("learn " + network.name() + " " + steps + " " + start);
    return Arrays.stream(answer.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private String ask(String request) throws IOException {
    requests.write(request);
    requests.newLine();
    requests.flush();
    String line = answers.readLine();
    while (line != null && !line.startsWith(Worker.ANSWER)) {
      line = answers.readLine();
    }
    if (line == null) {
      throw new IOException(
          "the peer %s ended instead of answering \"%s\"; what it said is above"
              .formatted(kind.key(), request));
    }
    return line.substring(Worker.ANSWER.length());
  }

  /** Ends the worker: politely first, so that it can clear up. */
  @Override
  public void close() {
    try {
      requests.close();
      if (process.waitFor(20, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException e) {
      // It is gone already, or soon will be.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
