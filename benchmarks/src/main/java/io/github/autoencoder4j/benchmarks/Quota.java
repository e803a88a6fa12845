package io.github.autoencoder4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A bound of the time that processes get of the processors, as a container has it: a control group
 * of Linux, of version 1 or 2. It takes the rights of an administrator to make one.
 */
final class Quota implements AutoCloseable {

  private static final int PERIOD_MICROS = 100_000;

  private final Path group;

  private Quota(Path group) {
    this.group = group;
  }

  /**
   * Makes one.
   *
   * @param cpus how many processors' time
   * @throws IOException if this system has no such groups, or does not let us make one
   */
  static Quota ofCpus(int cpus) throws IOException {
    Path root = Path.of("/sys/fs/cgroup");
    Path first = root.resolve("cpu");
    boolean old = Files.isDirectory(first);
    Path group = Files.createTempDirectory(old ? first : root, "autoencoder-bench");
    Quota quota = new Quota(group);
    int micros = cpus * PERIOD_MICROS;
    try {
      if (old) {
        Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
        Files.writeString(group.resolve("cpu.cfs_quota_us"), Integer.toString(micros));
      } else {
        Files.writeString(group.resolve("cpu.max"), micros + " " + PERIOD_MICROS);
      }
    } catch (IOException e) {
      quota.close();
      throw e;
    }
    return quota;
  }

  /** The command that does the same within the quota, from its first instruction on. */
  List<String> within(List<String> command) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("sh", "-c", "echo $$ > \"$0\" && exec \"$@\""));
    all.add(group.resolve("cgroup.procs").toString());
    all.addAll(command);
    return all;
  }

  /** Removes the group, which must have no process any more. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(group);
  }
}
