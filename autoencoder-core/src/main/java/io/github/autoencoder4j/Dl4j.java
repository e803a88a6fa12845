package io.github.autoencoder4j;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.internal.engine.StockNetwork;
import io.github.autoencoder4j.internal.inference.Conditions;
import io.github.autoencoder4j.internal.inference.Rows;
import io.github.autoencoder4j.model.Part;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The door to ND4J and Deeplearning4j, whose types nothing else that is public names.
 *
 * <pre>{@code
 * autoencoder.fit(Dl4j.samples(features), Training.epochs(20));
 * float[][] codes = autoencoder.encode(Dl4j.samples(features));
 * INDArray array = Dl4j.array(codes, autoencoder.latentShape());
 * MultiLayerNetwork network = Dl4j.stock(autoencoder);
 * }</pre>
 */
public final class Dl4j {

  private Dl4j() {}

  /**
   * Hands out the network inside, made of this library's layers, for those who want to go on with
   * Deeplearning4j. It knows nothing of the turns that {@link Autoencoder} takes: it must not be
   * used, not even read, while another thread trains, nor trained or closed while another thread
   * uses the autoencoder. Once it is closed, the autoencoder has no weights, and its methods throw
   * an {@link IllegalStateException} that says so; {@link Autoencoder#close()} leaves it to whoever
   * holds it. Its convolutions take {@code [n, channels, height, width]}, signals of one channel
   * too.
   *
   * @param autoencoder whose network
   * @return the live network, not a copy
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws UnsupportedOperationException if it is conditioned on classes, for which a network of
   *     Deeplearning4j's has no second input
   */
  public static MultiLayerNetwork networkOf(Autoencoder autoencoder) {
    autoencoder.live().requireTrained(Part.WHOLE);
    Conditions.requireNone(
        autoencoder.live().requireSpec(),
        "a network of Deeplearning4j's layers one after the other has no second input for classes;"
            + " use Autoencoder itself, or its weights()");
    return autoencoder.live().engine(Part.WHOLE).network();
  }

  /**
   * Rebuilds the network of Deeplearning4j's own layers, for users without this library. It gives
   * the same reconstructions to 1e-5. With {@link
   * io.github.autoencoder4j.architecture.Activation#PRELU} it can be trained further only if a
   * slope belongs to at most 64 values of a batch, since ND4J's gradient refuses more.
   *
   * @param autoencoder whose network
   * @return a new network with a copy of the weights
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws UnsupportedOperationException if Deeplearning4j has nothing like a layer or a latent
   *     stage of it
   */
  public static MultiLayerNetwork stock(Autoencoder autoencoder) {
    return autoencoder.live().ask(Part.WHOLE, trained -> StockNetwork.copyOf(trained.engine()));
  }

  /**
   * Copies the samples of an array.
   *
   * @param samples {@code [n, values]} or {@code [n, channels, height, width]} with values in [0,
   *     1], of any type and order
   * @return a source of {@code n} samples, vectors or images
   * @throws IllegalArgumentException if the array has other dimensions, or a value is not a number
   *     in [0, 1]
   */
  public static ImageSource samples(INDArray samples) {
    return samples(samples, ValueRange.UNIT);
  }

  /**
   * Copies the samples of an array, for an output whose values lie elsewhere than in [0, 1].
   *
   * @param samples {@code [n, values]} or {@code [n, channels, height, width]}, of any type and
   *     order
   * @param range where all values lie, such as {@link ValueRange#REALS}
   * @return a source of {@code n} samples, vectors or images
   * @throws IllegalArgumentException if the array has other dimensions, or a value lies outside
   */
  public static ImageSource samples(INDArray samples, ValueRange range) {
    return ImageSource.of(shapeOf(samples), range, copy(samples));
  }

  /**
   * Copies the rows of an array, such as codes, whatever values they have.
   *
   * @param array {@code [n, values]} or {@code [n, channels, height, width]}, of any type and order
   * @param shape that of each, such as {@link Autoencoder#latentShape()}
   * @return {@code float[n][shape.size()]}, plane by plane
   * @throws IllegalArgumentException if the array has another shape
   */
  public static float[][] rows(INDArray array, ImageShape shape) {
    ImageShape actual = shapeOf(array);
    // Rows are of any shape with as many values, images of their own.
    if (array.rank() == 4 ? !actual.equals(shape) : actual.size() != shape.size()) {
      throw new IllegalArgumentException(
          "the rows of the array have shape %s, but should have %s".formatted(actual, shape));
    }
    return copy(array);
  }

  private static ImageShape shapeOf(INDArray array) {
    return switch (array.rank()) {
      case 2 -> ImageShape.vector((int) array.size(1));
      case 4 -> new ImageShape((int) array.size(2), (int) array.size(3), (int) array.size(1));
      default ->
          throw new IllegalArgumentException(
              "an array must be [n, values] or [n, channels, height, width], but was "
                  + Arrays.toString(array.shape()));
    };
  }

  private static float[][] copy(INDArray array) {
    int n = (int) array.size(0);
    float[] flat = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
    float[][] rows = new float[n][];
    if (n > 0) {
      Rows.split(flat, flat.length / n, n, rows, 0);
    }
    return rows;
  }

  /**
   * Copies rows, such as samples, reconstructions or codes, to an array.
   *
   * @param rows {@code float[n][shape.size()]}; at least one
   * @param shape that of each, such as {@link Autoencoder#inputShape()} or {@link
   *     Autoencoder#latentShape()}
   * @return 32-bit floats, {@code [n, values]} if the shape is a vector, else {@code [n, channels,
   *     height, width]}
   * @throws IllegalArgumentException if there are no rows, which ND4J has no array of, or one has
   *     another length
   */
  public static INDArray array(float[][] rows, ImageShape shape) {
    if (rows.length == 0) {
      throw new IllegalArgumentException(
          "there must be at least one row, since ND4J has no arrays of none");
    }
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != shape.size()) {
        throw new IllegalArgumentException(
            "row %s has %s values, but the shape %s has %s"
                .formatted(i, rows[i].length, shape, shape.size()));
      }
    }
    INDArray flat = Nd4j.createFromArray(rows);
    return shape.isVector()
        ? flat
        : flat.reshape(rows.length, shape.channels(), shape.height(), shape.width());
  }
}
