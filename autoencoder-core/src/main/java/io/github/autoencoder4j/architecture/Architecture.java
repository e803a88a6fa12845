package io.github.autoencoder4j.architecture;

import com.google.common.math.LongMath;
import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.stream.Stream;

/**
 * The two halves of an autoencoder as layers: an encoder from samples to codes and a decoder from
 * codes to logits. The loss turns logits into values in [0, 1].
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
   * The encoder, from the sample on.
   *
   * @return at least one layer; immutable
   */
  List<LayerPlan> encoder();

  /**
   * The decoder, from the code on. Its last layer yields logits.
   *
   * @return at least one layer; immutable
   */
  List<LayerPlan> decoder();

  /**
   * Lists all layers.
   *
   * @return the encoder's, then the decoder's; immutable
   */
  default List<LayerPlan> layers() {
    return Stream.concat(encoder().stream(), decoder().stream()).toList();
  }

  /**
   * How many numbers the network learns.
   *
   * @return the sum over all layers; {@link Long#MAX_VALUE} if it is more
   */
  default long parameters() {
    return layers().stream().mapToLong(LayerPlan::parameters).reduce(0, LongMath::saturatedAdd);
  }
}
