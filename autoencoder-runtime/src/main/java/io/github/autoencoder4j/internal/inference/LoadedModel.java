package io.github.autoencoder4j.internal.inference;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.model.Part;
import java.util.function.Consumer;
import java.util.function.Function;

/** A model as its doors see it, for any number of threads. */
public interface LoadedModel extends AutoCloseable {

  /**
   * Asks what only a trained network can answer.
   *
   * @param <T> the answer
   * @param needed which halves it takes
   * @param question is given the network while nobody changes it
   * @return the answer
   * @throws IllegalStateException if a half is missing, or there is nothing trained
   */
  <T> T infer(Part needed, Function<Inference, T> question);

  /**
   * Lets a trained network do something.
   *
   * @param needed which halves it takes
   * @param action is given the network while nobody changes it
   * @throws IllegalStateException if a half is missing, or there is nothing trained
   */
  default void inferAll(Part needed, Consumer<Inference> action) {
    infer(
        needed,
        inference -> {
          action.accept(inference);
          return inference;
        });
  }

  /**
   * Turns one sample into its code.
   *
   * @param sample its values
   * @param code receives them
   */
  default void encode(float[] sample, float[] code) {
    inferAll(Part.ENCODER, inference -> inference.encode(sample, code));
  }

  /**
   * Turns one code into a sample.
   *
   * @param code its values
   * @param sample receives them
   */
  default void decode(float[] code, float[] sample) {
    inferAll(Part.DECODER, inference -> inference.decode(code, sample));
  }

  /**
   * Gives the layers.
   *
   * @return the architecture
   * @throws IllegalStateException if it is not known yet
   */
  Architecture requireArchitecture();

  /**
   * Gives the values that samples may have.
   *
   * @param shape of the samples
   * @return the range of the output
   */
  ValueRange range(ImageShape shape);

  /**
   * Says what computes.
   *
   * @return for people, such as {@code plain Java, 2 threads}
   */
  String runsOn();

  /** Gives its memory back. Closing twice is harmless. */
  @Override
  void close();
}
