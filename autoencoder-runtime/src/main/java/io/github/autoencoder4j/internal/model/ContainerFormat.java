package io.github.autoencoder4j.internal.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** What reader and writer agree on. */
final class ContainerFormat {

  static final String MANIFEST = "manifest.json";
  static final String TENSORS = "tensors.bin";

  static final int MAX_ENTRIES = 64;
  static final int MAX_NAME = 64;
  static final int MAX_DOCUMENT = 1 << 16;
  static final int MAX_MANIFEST = 1 << 18;
  static final int MAX_TENSORS = 1000;
  static final int MAX_DIMENSIONS = 8;

  /** What 32 bits of a plain zip can count; its largest number means something else. */
  static final long MAX_FILE = 0xFFFFFFFEL;

  private static final Pattern DOCUMENT_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern TENSOR_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,127}");

  private ContainerFormat() {}

  static boolean isDocumentName(String name) {
    return DOCUMENT_NAME.matcher(name).matches();
  }

  static boolean isTensorName(String name) {
    return TENSOR_NAME.matcher(name).matches();
  }

  static void requireTensorName(String name) {
    if (!isTensorName(name)) {
      throw new IllegalArgumentException(
          "a tensor needs a name of up to 128 letters, digits, dots, slashes and dashes, not "
              + name);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
