package io.github.autoencoder4j.architecture;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.arithmetic.Saturated;
import java.util.List;
import java.util.stream.Stream;

/**
 * The two halves of an autoencoder as layers: an encoder from samples to codes and a decoder from
 * codes to what the output is fed, such as logits.
 *
 * <pre>{@code
 * Architecture layers = autoencoder.architecture().orElseThrow();
 * long parameters = layers.parameters();
 * ImageShape code = layers.latent(); // 8x8x16
 * }</pre>
 */
public sealed interface Architecture permits DenseArchitecture, ConvArchitecture {

  /**
   * The shape of one sample.
   *
   * @return what goes into the encoder and comes out of the decoder
   */
  ImageShape input();

  /**
   * The shape of one code.
   *
   * @return what comes out of the encoder and goes into the decoder
   */
  ImageShape latent();

  /**
   * Makes room for more numbers beside what a sample or a code holds, such as its condition.
   *
   * @param shape that of a sample or a code
   * @param numbers how many; at least 0
   * @return the shape of both: its first values are those of {@code shape}, and as many values, or
   *     planes where layers see planes, follow
   * @throws ArithmeticException if they are more than can be counted
   */
  ImageShape widened(ImageShape shape, int numbers);

  /**
   * Lists the layers of an encoder whose last layer yields what the first latent stage is fed.
   *
   * @param start the shape of what the first layer is fed, {@link #input()} or {@linkplain #widened
   *     wider}
   * @param end the shape of what the last layer yields, with the height and width of {@link
   *     #latent()}
   * @return from the sample on; at least one layer; immutable
   */
  List<LayerPlan> encoder(ImageShape start, ImageShape end);

  /**
   * Lists the layers of an encoder that yields codes.
   *
   * @return from the sample on; at least one layer; immutable
   */
  default List<LayerPlan> encoder() {
    return encoder(input(), latent());
  }

  /**
   * Lists the layers of a decoder whose last layer yields what the output is fed.
   *
   * @param start the shape of what the first layer is fed, {@link #latent()} or {@linkplain
   *     #widened wider}
   * @param end the shape of what the last layer yields, with the height and width of {@link
   *     #input()}
   * @return from the code on; at least one layer; immutable
   */
  List<LayerPlan> decoder(ImageShape start, ImageShape end);

  /**
   * Lists the layers of a decoder that yields one number for each value of a sample.
   *
   * @return from the code on; at least one layer; immutable
   */
  default List<LayerPlan> decoder() {
    return decoder(latent(), input());
  }

  /**
   * Lists the layers of both halves where neither stages nor the output ask for more.
   *
   * @return the encoder's, then the decoder's; immutable
   */
  default List<LayerPlan> layers() {
    return Stream.concat(encoder().stream(), decoder().stream()).toList();
  }

  /**
   * Answers a question that each family has its own answer to.
   *
   * @param <R> the kind of answer
   * @param cases an answer for each family
   * @return the answer for this one
   */
  <R> R match(Cases<R> cases);

  /**
   * An answer for each family of architectures.
   *
   * @param <R> the kind of answer
   */
  interface Cases<R> {

    /**
     * Answers for fully connected layers.
     *
     * @param layers the architecture
     * @return the answer
     */
    R dense(DenseArchitecture layers);

    /**
     * Answers for convolutions.
     *
     * @param layers the architecture
     * @return the answer
     */
    R conv(ConvArchitecture layers);
  }

  /**
   * Counts the numbers that the layers learn where neither stages nor the output ask for more.
   *
   * @return the sum over {@link #layers()}; {@link Long#MAX_VALUE} if it is more
   */
  default long parameters() {
    return layers().stream().mapToLong(LayerPlan::parameters).reduce(0, Saturated::add);
  }
}
