package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.TrainingListener;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the checkpoints of a run, which the driver writes to a local folder, in a folder of any
 * file system that Hadoop knows: so a driver that starts on another machine resumes the run. A file
 * comes there under another name first and is renamed when it is whole.
 */
final class CheckpointMirror implements TrainingListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointMirror.class);

  private static final String SUFFIX = ".aemodel";

  /** How the name of a file begins that is not whole yet. */
  private static final String PART = "_";

  private final FileSystem system;
  private final Path remote;
  private final java.nio.file.Path local;

  /** When those were written that are there, by name. */
  private final Map<String, Long> sent = new HashMap<>();

  private boolean failing;

  private CheckpointMirror(FileSystem system, Path remote, java.nio.file.Path local) {
    this.system = system;
    this.remote = remote;
    this.local = local;
  }

  /**
   * Opens a folder, and fetches what is there.
   *
   * @throws UncheckedIOException if it cannot be written to, or not read
   */
  static CheckpointMirror open(String folder, Configuration configuration) {
    try {
      Path remote = new Path(folder);
      FileSystem system = remote.getFileSystem(configuration);
      requireWritable(system, remote);
      CheckpointMirror mirror =
          new CheckpointMirror(system, remote, Files.createTempDirectory("autoencoder-run"));
      mirror.fetch();
      return mirror;
    } catch (IOException | IllegalArgumentException e) {
      throw new UncheckedIOException(
          "checkpoints cannot be written into %s (%s); setCheckpointDir to a folder that the driver may write to, or leave it out"
              .formatted(folder, e.getMessage()),
          e instanceof IOException io ? io : new IOException(e));
    }
  }

  private static void requireWritable(FileSystem system, Path folder) throws IOException {
    if (!system.mkdirs(folder)) {
      throw new IOException("it cannot be created");
    }
    Path probe = new Path(folder, "_writable");
    system.create(probe, true).close();
    system.delete(probe, false);
  }

  private void fetch() throws IOException {
    for (FileStatus file : system.listStatus(remote)) {
      String name = file.getPath().getName();
      if (name.startsWith(PART) && name.endsWith(SUFFIX)) {
        // Of a driver that was killed while it sent this.
        system.delete(file.getPath(), false);
      } else if (file.isFile() && name.endsWith(SUFFIX)) {
        File copy = local.resolve(name).toFile();
        FileUtil.copy(system, file.getPath(), copy, false, system.getConf());
        sent.put(name, copy.lastModified());
      }
    }
  }

  /** Where the run writes them. */
  java.nio.file.Path folder() {
    return local;
  }

  @Override
  public void onBatchEnd(BatchEnd event) {
    send();
  }

  @Override
  public void onEpochEnd(EpochEnd event) {
    send();
  }

  @Override
  public void onEnd(History history) {
    send();
  }

  private void send() {
    try {
      Set<String> here = new HashSet<>();
      for (File file : files()) {
        here.add(file.getName());
        Long before = sent.get(file.getName());
        if (before == null || before != file.lastModified()) {
          long written = file.lastModified();
          send(file);
          sent.put(file.getName(), written);
        }
      }
      for (String name : Set.copyOf(sent.keySet())) {
        if (!here.contains(name)) {
          system.delete(new Path(remote, name), false);
          sent.remove(name);
        }
      }
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        LOG.warn(
            "checkpoints cannot be written into {} ({}). The run continues, and the next one is"
                + " tried again",
            remote,
            e.toString());
      }
      failing = true;
    }
  }

  private void send(File file) throws IOException {
    Path whole = new Path(remote, file.getName());
    Path part = new Path(remote, PART + file.getName());
    // What an attempt before may have left would be in the way.
    system.delete(part, false);
    FileUtil.copy(file, system, part, false, system.getConf());
    if (system.exists(whole)) {
      system.delete(whole, false);
    }
    if (!system.rename(part, whole)) {
      throw new IOException("%s could not be renamed to %s".formatted(part, whole));
    }
  }

  private File[] files() {
    File[] files = local.toFile().listFiles((folder, name) -> name.endsWith(SUFFIX));
    return files == null ? new File[0] : files;
  }

  /** Sends what is left, and deletes the local folder. */
  @Override
  public void close() {
    send();
    FileUtil.fullyDelete(local.toFile());
  }
}
