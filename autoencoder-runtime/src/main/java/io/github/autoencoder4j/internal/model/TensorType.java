package io.github.autoencoder4j.internal.model;

import java.util.Map;

/** What the numbers of a tensor are. All are stored with the least significant byte first. */
public enum TensorType {
  /** 32-bit floating point, IEEE 754. */
  FLOAT32(4),
  /** 64-bit floating point, IEEE 754. */
  FLOAT64(8),
  /** 32-bit signed whole numbers. */
  INT32(4),
  /** 64-bit signed whole numbers. */
  INT64(8),
  /** Bytes. */
  UINT8(1);

  static final Names<TensorType> NAMES =
      Names.of(
          Map.of(
              FLOAT32, "float32", FLOAT64, "float64", INT32, "int32", INT64, "int64", UINT8,
              "uint8"));

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * How much room one number takes.
   *
   * @return in bytes
   */
  public int bytes() {
    return bytes;
  }
}
