package io.github.autoencoder4j.internal.model;

import com.sun.management.ThreadMXBean;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.exception.UnreadableModelException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** Loads files in a small heap, and prints how many bytes each took. */
public final class HostileMemoryProbe {

  private HostileMemoryProbe() {}

  public static void main(String[] args) {
    // What is loaded once, classes and native code, is no file's fault.
    Autoencoder.load(Path.of(args[0]));
    Autoencoder.load(Path.of(args[0]));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (String file : args) {
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      String end = "loaded";
      try {
        Autoencoder.load(Path.of(file));
      } catch (UnreadableModelException e) {
        end = "refused";
      }
      long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      System.out.println(Path.of(file).getFileName() + " " + end + " " + (after - before));
    }
  }
}
