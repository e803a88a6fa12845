package io.github.autoencoder4j.spark;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What all tasks of this JVM share, by name. Whoever uses something still holds it, and the
 * collector frees what nobody holds.
 */
final class PerJvm<T> {

  /** A few are in use at a time. */
  private static final int MOST = 8;

  private final ConcurrentHashMap<String, T> made = new ConcurrentHashMap<>();

  /** The one of that name, which is made if there is none. */
  T get(String name, Supplier<T> maker) {
    if (made.size() >= MOST && !made.containsKey(name)) {
      made.clear();
    }
    return made.computeIfAbsent(name, unused -> maker.get());
  }
}
