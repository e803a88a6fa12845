package io.github.autoencoder4j.internal.compute;

/**
 * One way of computing the layers of a network as after training; for many threads. All ways work
 * on the same numbers and give the same results but for rounding.
 */
public interface ForwardPath {

  /**
   * Turns samples into codes, before any latent stage.
   *
   * @param samples gives {@code n} samples
   * @param n how many
   * @param codes receives {@code n} rows side by side, as wide as what the encoder yields
   */
  void encode(RowReader samples, int n, float[] codes);

  /**
   * Turns codes into outputs.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @param linked whether to apply the link of the output to what the decoder yields
   * @param outputs takes them
   */
  void decode(float[] codes, int n, boolean linked, RowWriter outputs);

  /**
   * Turns one sample into its code, before any latent stage.
   *
   * @param sample its values
   * @param code receives what the encoder yields
   */
  default void encode(float[] sample, float[] code) {
    encode((row, memory, at) -> memory.at(at).put(sample), 1, code);
  }

  /**
   * Turns one code into an output, with the link of the output.
   *
   * @param code its values
   * @param output receives what the decoder yields
   */
  default void decode(float[] code, float[] output) {
    decode(code, 1, true, (row, values) -> values.get(output));
  }
}
