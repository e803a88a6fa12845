package io.github.autoencoder4j.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  /** Names the layout of the bytes: two counters, two lengths, weights, memory; little-endian. */
  private static final int MAGIC = 0x41455332;

  private static final int HEADER = 5 * Integer.BYTES;

  /** As they are sent: a round copies a state as rarely as can be. */
  private final byte[] bytes;

  private final FloatBuffer weights;
  private final FloatBuffer memory;
  private final int step;
  private final int epoch;

  private TrainingState(byte[] bytes, int weights, int step, int epoch) {
    this.bytes = bytes;
    FloatBuffer values = littleEndian(bytes).position(HEADER).asFloatBuffer().asReadOnlyBuffer();
    this.weights = values.slice(0, weights);
    this.memory = values.slice(weights, values.remaining() - weights);
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
   * @throws IllegalStateException if it does not fit into one array of bytes
   */
  public static TrainingState of(float[] weights, float[] memory, int step, int epoch) {
    return of(FloatBuffer.wrap(weights), FloatBuffer.wrap(memory), step, epoch);
  }

  /**
   * Makes a state of numbers that lie in buffers, whose positions stay as they are.
   *
   * @param weights all weights and biases, in the order of {@code Network.parameters()}; copied
   * @param memory what the optimiser remembers, such as Adam's moments; empty if nothing; copied
   * @param step how many steps were made; at least 0
   * @param epoch how many epochs were finished; at least 0
   * @return the state
   * @throws IllegalArgumentException if a count is negative
   * @throws IllegalStateException if it does not fit into one array of bytes
   */
  public static TrainingState of(FloatBuffer weights, FloatBuffer memory, int step, int epoch) {
    if (step < 0 || epoch < 0) {
      throw new IllegalArgumentException(
          "steps and epochs must be at least 0, but were %s and %s".formatted(step, epoch));
    }
    long length = HEADER + ((long) weights.remaining() + memory.remaining()) * Float.BYTES;
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          "a state of %s bytes does not fit into one array of bytes; make the network smaller, or use Optimizer.sgd, which remembers nothing"
              .formatted(length));
    }
    byte[] bytes = new byte[(int) length];
    ByteBuffer out = littleEndian(bytes);
    out.putInt(MAGIC).putInt(step).putInt(epoch);
    out.putInt(weights.remaining()).putInt(memory.remaining());
    out.asFloatBuffer().put(weights.duplicate()).put(memory.duplicate());
    return new TrainingState(bytes, weights.remaining(), step, epoch);
  }

  /**
   * Reads a state.
   *
   * @param bytes as {@link #toBytes()} gave them; kept, not copied, so leave them as they are
   * @return the state, bit for bit
   * @throws IllegalArgumentException if the bytes are no state, or not a whole one
   */
  public static TrainingState of(byte[] bytes) {
    Objects.requireNonNull(bytes, "bytes");
    ByteBuffer in = littleEndian(bytes);
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
    return new TrainingState(bytes, weights, step, epoch);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Gives it as bytes.
   *
   * @return 4 bytes a number and 20 more; not a copy, so leave them as they are
   */
  public byte[] toBytes() {
    return bytes;
  }

  /**
   * Returns all weights and biases.
   *
   * @return in the order of {@code Network.parameters()}; read-only, not a copy
   */
  public FloatBuffer weights() {
    return weights.duplicate();
  }

  /**
   * Returns what the optimiser remembers.
   *
   * @return read-only, not a copy; empty if it remembers nothing
   */
  public FloatBuffer memory() {
    return memory.duplicate();
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
