package io.github.autoencoder4j.training;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * All that a step of training changes: weights, what the optimiser remembers, and how many steps
 * and epochs were made. Immutable; sent from machine to machine as bytes.
 *
 * <pre>{@code
 * byte[] sent = share.state().toBytes();
 * TrainingState received = TrainingState.of(sent); // bit for bit
 * }</pre>
 */
public final class TrainingState {

  /** Names the layout of the bytes: two counters, two lengths, weights, memory; big-endian. */
  private static final int MAGIC = 0x41455331;

  private static final int HEADER = 5 * Integer.BYTES;

  private final float[] weights;
  private final float[] memory;
  private final int step;
  private final int epoch;

  private TrainingState(float[] weights, float[] memory, int step, int epoch) {
    this.weights = weights;
    this.memory = memory;
    this.step = step;
    this.epoch = epoch;
  }

  /**
   * Makes a state.
   *
   * @param weights all weights and biases, in the order of {@code Network.parameters()}; copied
   * @param memory what the optimiser remembers, such as Adam's moments; empty if nothing; copied
   * @param step how many steps were made; at least 0
   * @param epoch how many epochs were finished; at least 0
   * @return the state
   * @throws IllegalArgumentException if a count is negative
   */
  public static TrainingState of(float[] weights, float[] memory, int step, int epoch) {
    if (step < 0 || epoch < 0) {
      throw new IllegalArgumentException(
          "steps and epochs must be at least 0, but were %s and %s".formatted(step, epoch));
    }
    return new TrainingState(weights.clone(), memory.clone(), step, epoch);
  }

  /**
   * Reads a state.
   *
   * @param bytes as {@link #toBytes()} gave them
   * @return the state, bit for bit
   * @throws IllegalArgumentException if the bytes are no state, or not a whole one
   */
  public static TrainingState of(byte[] bytes) {
    Objects.requireNonNull(bytes, "bytes");
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < HEADER || in.getInt() != MAGIC) {
      throw new IllegalArgumentException(
          "these %s bytes are no state of training; give those of toBytes()"
              .formatted(bytes.length));
    }
    int step = in.getInt();
    int epoch = in.getInt();
    int weights = in.getInt();
    int memory = in.getInt();
    long length = HEADER + ((long) weights + memory) * Float.BYTES;
    if (step < 0 || epoch < 0 || weights < 0 || memory < 0 || bytes.length != length) {
      throw new IllegalArgumentException(
          "a state of %s weights and %s values of the optimiser has %s bytes, but these are %s; it was cut off or damaged"
              .formatted(weights, memory, length, bytes.length));
    }
    FloatBuffer values = in.asFloatBuffer();
    float[][] arrays = {new float[weights], new float[memory]};
    values.get(arrays[0]).get(arrays[1]);
    return new TrainingState(arrays[0], arrays[1], step, epoch);
  }

  /**
   * Writes it.
   *
   * @return a new array, 4 bytes a number and 20 more
   * @throws IllegalStateException if it does not fit into one array
   */
  public byte[] toBytes() {
    long length = HEADER + ((long) weights.length + memory.length) * Float.BYTES;
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          "a state of %s bytes does not fit into one array of bytes; make the network smaller, or use Optimizer.sgd, which remembers nothing"
              .formatted(length));
    }
    ByteBuffer out = ByteBuffer.allocate((int) length);
    out.putInt(MAGIC).putInt(step).putInt(epoch).putInt(weights.length).putInt(memory.length);
    out.asFloatBuffer().put(weights).put(memory);
    return out.array();
  }

  /**
   * Returns all weights and biases.
   *
   * @return in the order of {@code Network.parameters()}; read-only, not a copy
   */
  public FloatBuffer weights() {
    return FloatBuffer.wrap(weights).asReadOnlyBuffer();
  }

  /**
   * Returns what the optimiser remembers.
   *
   * @return read-only, not a copy; empty if it remembers nothing
   */
  public FloatBuffer memory() {
    return FloatBuffer.wrap(memory).asReadOnlyBuffer();
  }

  /**
   * Returns how many steps were made.
   *
   * @return at least 0
   */
  public int step() {
    return step;
  }

  /**
   * Returns how many epochs were finished.
   *
   * @return at least 0
   */
  public int epoch() {
    return epoch;
  }
}
