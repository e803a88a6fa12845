package io.github.autoencoder4j.internal.files;

/**
 * What this process has locked, whichever class loader asks. A lock of the system does not guard a
 * process against itself; to open and close a locked file a second time even gives the lock up. So
 * whoever wants one claims its name first, and leaves the file alone if the name is taken.
 *
 * <p>The names are kept among the system properties, which all class loaders of a JVM share, such
 * as those of two web applications that bring this library each. Thread-safe.
 */
final class ProcessNames {

  private static final String PREFIX = "io.github.autoencoder4j.locked:";

  private ProcessNames() {}

  /** Takes a name; false if it is taken. */
  static boolean claim(Object name) {
    return System.getProperties().putIfAbsent(PREFIX + name, "") == null;
  }

  static boolean isClaimed(Object name) {
    return System.getProperties().containsKey(PREFIX + name);
  }

  static void release(Object name) {
    System.getProperties().remove(PREFIX + name);
  }
}
