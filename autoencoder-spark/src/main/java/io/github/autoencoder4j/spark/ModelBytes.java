package io.github.autoencoder4j.spark;

import com.google.common.hash.Hashing;
import io.github.autoencoder4j.Autoencoder;
import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.util.concurrent.ConcurrentHashMap;

/** A model file on its way to other machines. */
final class ModelBytes implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Of this JVM, by digest. A few models in use at a time; they are small beside data. */
  private static final ConcurrentHashMap<String, Autoencoder> LOADED = new ConcurrentHashMap<>();

  private static final int MOST_LOADED = 8;

  private final byte[] bytes;
  private final String digest;

  ModelBytes(byte[] bytes) {
    this.bytes = bytes;
    this.digest = Hashing.sha256().hashBytes(bytes).toString();
  }

  byte[] bytes() {
    return bytes;
  }

  String digest() {
    return digest;
  }

  /** A new autoencoder of these weights. */
  Autoencoder load() {
    return Autoencoder.load(new ByteArrayInputStream(bytes));
  }

  /** The one of this JVM, which all tasks share, and nobody trains or closes. */
  Autoencoder shared() {
    if (LOADED.size() >= MOST_LOADED && !LOADED.containsKey(digest)) {
      // Whoever uses one still holds it, and the collector frees what nobody holds.
      LOADED.clear();
    }
    return LOADED.computeIfAbsent(digest, unused -> load());
  }
}
