package io.github.autoencoder4j.spark;

import com.google.common.hash.Hashing;
import io.github.autoencoder4j.Autoencoder;
import java.io.ByteArrayInputStream;
import java.io.Serializable;

/** A model file on its way to other machines. */
final class ModelBytes implements Serializable {

  private static final long serialVersionUID = 1L;

  /** By digest. */
  private static final PerJvm<Autoencoder> LOADED = new PerJvm<>();

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
    return LOADED.get(digest, this::load);
  }
}
