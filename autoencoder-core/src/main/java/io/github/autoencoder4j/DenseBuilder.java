package io.github.autoencoder4j;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.table.TableSchema;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Builds a fully connected autoencoder: hidden layers that narrow to a bottleneck, and the same in
 * mirror order back.
 *
 * <pre>{@code
 * Autoencoder digits =
 *     Autoencoder.dense().input(28, 28).hidden(512, 256, 128).bottleneck(2).l2(1e-4).seed(7).build();
 * }</pre>
 */
public final class DenseBuilder extends AutoencoderBuilder<DenseBuilder> {

  private List<Integer> hidden = List.of(512, 256, 128);
  private int bottleneck = 32;
  private Activation activation = Activation.SILU;
  private double dropout;

  DenseBuilder() {
    super(Output.bernoulli(), Optimizer.adam(2e-3));
  }

  @Override
  DenseBuilder self() {
    return this;
  }

  @Override
  Function<ImageShape, Architecture> layers() {
    List<Integer> sizes = hidden;
    int latentSize = bottleneck;
    Activation function = activation;
    double share = dropout;
    return input -> new DenseArchitecture(input, sizes, latentSize, function, share);
  }

  /**
   * Makes it an autoencoder of the rows of a table: samples have the values of a row, and each
   * column is judged as its kind has it. The schema goes into model files, where {@link
   * Autoencoder#columns} finds it.
   *
   * <pre>{@code
   * Autoencoder payments = Autoencoder.dense().columns(schema).hidden(64, 32).bottleneck(8).build();
   * }</pre>
   *
   * @param schema the columns
   * @return this builder
   */
  public DenseBuilder columns(TableSchema schema) {
    return input(ImageShape.vector(schema.width())).output(Output.columns(schema));
  }

  /**
   * The hidden layers of the encoder; the decoder mirrors them.
   *
   * @param sizes from the input to the bottleneck, each at least 1; none for a shallow autoencoder;
   *     512, 256, 128 by default
   * @return this builder
   * @throws IllegalArgumentException if a size is below 1
   */
  public DenseBuilder hidden(int... sizes) {
    for (int size : sizes) {
      DenseArchitecture.requireSize("a hidden layer", size);
    }
    this.hidden = IntStream.of(sizes).boxed().toList();
    return this;
  }

  /**
   * How many values a code has.
   *
   * @param size at least 1; 32 by default, 2 can be plotted
   * @return this builder
   * @throws IllegalArgumentException if {@code size} is below 1
   */
  public DenseBuilder bottleneck(int size) {
    DenseArchitecture.requireSize("the bottleneck", size);
    this.bottleneck = size;
    return this;
  }

  /**
   * The non-linearity of the hidden layers. The bottleneck has none, so codes are unbounded. Of
   * {@link Activation#GDN} the decoder has the inverse.
   *
   * @param activation {@link Activation#SILU} by default
   * @return this builder
   */
  public DenseBuilder activation(Activation activation) {
    this.activation = Objects.requireNonNull(activation, "activation");
    return this;
  }

  /**
   * Sets hidden values to zero at random in training, and scales the others up to keep the mean
   * (Srivastava et al., JMLR 2014).
   *
   * @param probability how likely a value is dropped, in [0, 1); 0 by default
   * @return this builder
   * @throws IllegalArgumentException if {@code probability} is not in [0, 1)
   */
  public DenseBuilder dropout(double probability) {
    DenseArchitecture.requireDropout(probability);
    this.dropout = probability;
    return this;
  }
}
