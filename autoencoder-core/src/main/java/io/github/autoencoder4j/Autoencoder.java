package io.github.autoencoder4j;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.engine.StockNetwork;
import io.github.autoencoder4j.internal.training.Trainer;
import io.github.autoencoder4j.metric.BinaryCrossEntropy;
import io.github.autoencoder4j.metric.Mse;
import io.github.autoencoder4j.metric.Psnr;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network that turns samples into short codes and codes back into samples, and is trained to lose
 * little on the way.
 *
 * <pre>{@code
 * Autoencoder digits = Autoencoder.dense().bottleneck(2).l2(1e-4).build();
 * digits.fit(Mnist.train(), Training.epochs(20).cosineDecay());
 * float[][] codes = digits.encode(Mnist.test());           // [10000][2]
 * float[][] drawn = digits.decode(new float[][] {{0, 1}}); // [1][784], values in (0, 1)
 * double loss = digits.evaluate(Mnist.test()).reconstructionLoss();
 * }</pre>
 *
 * <p>Samples are rows of {@code shape.size()} values in [0, 1], plane by plane as {@link
 * ImageShape} says; as an {@link INDArray} they are {@code [n, values]} or {@code [n, channels,
 * height, width]}. A trained autoencoder may encode, decode and reconstruct on many threads at
 * once; training waits for them and lets them wait.
 */
public final class Autoencoder {

  /** Enough to keep the cores busy, little enough to keep memory small. */
  private static final int INFERENCE_BATCH = 500;

  private final Blueprint blueprint;
  private final AutoencoderConfig config;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile @Nullable Architecture architecture;
  private volatile @Nullable Engine engine;
  private volatile boolean trained;

  Autoencoder(Blueprint blueprint, @Nullable Architecture architecture, AutoencoderConfig config) {
    this.blueprint = blueprint;
    this.architecture = architecture;
    this.config = config;
  }

  /**
   * Starts to build a fully connected autoencoder.
   *
   * @return a builder with defaults for everything
   */
  public static DenseBuilder dense() {
    return new DenseBuilder();
  }

  /**
   * Trains on data, or trains on: a second call starts from the weights of the first.
   *
   * @param data clean samples with values in [0, 1]
   * @param training how to train
   * @return what happened
   * @throws IllegalArgumentException if the shape of the data is not the autoencoder's, the data
   *     are empty or fewer than a batch, or the settings do not fit together
   * @throws UnusableDataException if a value is not a number in [0, 1]
   * @throws DivergenceException if the loss explodes; the best weights seen are put back
   */
  public History fit(ImageSource data, Training training) {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(training, "training");
    Lock writing = lock.writeLock();
    writing.lock();
    try {
      Engine network = engineFor(data.shape());
      try {
        return Trainer.train(network, data, config.corruption(), training, config.seed());
      } finally {
        // Cut short or diverged, it still has weights that some batches were spent on.
        trained |= network.iteration() > 0;
      }
    } finally {
      writing.unlock();
    }
  }

  /**
   * Trains on rows in memory.
   *
   * @param samples {@code float[n][values]} with values in [0, 1]
   * @param training how to train
   * @return what happened
   * @throws IllegalArgumentException as {@link #fit(ImageSource, Training)} says, or if a value is
   *     not a number in [0, 1]
   * @throws DivergenceException if the loss explodes; the best weights seen are put back
   */
  public History fit(float[][] samples, Training training) {
    if (samples.length == 0) {
      throw new IllegalArgumentException(
          "the training data are empty; training needs at least one sample");
    }
    ImageShape shape =
        architecture()
            .map(Architecture::input)
            .orElseGet(() -> ImageShape.vector(samples[0].length));
    return fit(ImageSource.of(shape, samples), training);
  }

  /**
   * Trains on an array.
   *
   * @param samples {@code [n, values]} or {@code [n, channels, height, width]} with values in [0,
   *     1]
   * @param training how to train
   * @return what happened
   * @throws IllegalArgumentException as {@link #fit(ImageSource, Training)} says, or if a value is
   *     not a number in [0, 1]
   * @throws DivergenceException if the loss explodes; the best weights seen are put back
   */
  public History fit(INDArray samples, Training training) {
    ImageShape shape = Rows.shapeOf(samples);
    return fit(ImageSource.of(shape, Rows.of(samples)), training);
  }

  private Engine engineFor(ImageShape shape) {
    Architecture layers = architecture;
    if (layers == null) {
      layers = blueprint.architecture(shape);
      architecture = layers;
    }
    requireShape("samples", shape, layers.input());
    Engine network = engine;
    if (network == null) {
      network =
          Engine.create(layers, config.loss(), config.penalty(), config.optimizer(), config.seed());
      engine = network;
    }
    return network;
  }

  /** Vectors fit a shape of as many values. */
  private static void requireShape(String what, ImageShape actual, ImageShape expected) {
    boolean vector = actual.height() == 1 && actual.channels() == 1;
    if (!actual.equals(expected) && !(vector && actual.size() == expected.size())) {
      throw new IllegalArgumentException(
          "the %s have shape %s, but this autoencoder was built for %s; build one with input(%d, %d, %d)"
              .formatted(
                  what, actual, expected, actual.height(), actual.width(), actual.channels()));
    }
  }

  /**
   * Turns samples into codes.
   *
   * @param samples values in [0, 1]
   * @return {@code float[n][latentShape.size()]}
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public float[][] encode(ImageSource samples) {
    return apply(samples, Engine::encode);
  }

  /**
   * Turns samples into codes.
   *
   * @param samples {@code float[n][values]} with values in [0, 1]
   * @return {@code float[n][latentShape.size()]}
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length or a value is not in [0, 1]
   */
  public float[][] encode(float[][] samples) {
    return encode(ImageSource.of(inputShape(), samples));
  }

  /**
   * Turns samples into codes.
   *
   * @param samples {@code [n, values]} or {@code [n, channels, height, width]} with values in [0,
   *     1]
   * @return {@code [n, values]}, or {@code [n, channels, height, width]} for a code that is an
   *     image
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's or a value is not in [0,
   *     1]
   */
  public INDArray encode(INDArray samples) {
    return Rows.toArray(encode(Rows.of(samples)), latentShape());
  }

  /**
   * Turns codes into samples.
   *
   * @param codes {@code float[n][latentShape.size()]}, any finite values
   * @return {@code float[n][values]} with values in (0, 1)
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length or a value is not finite
   */
  public float[][] decode(float[][] codes) {
    Engine network = trainedEngine();
    int length = latentShape().size();
    for (int i = 0; i < codes.length; i++) {
      Rows.requireFinite(i, codes[i], length);
    }
    float[][] samples = new float[codes.length][];
    Lock reading = lock.readLock();
    reading.lock();
    try {
      for (int start = 0; start < codes.length; start += INFERENCE_BATCH) {
        int n = Math.min(INFERENCE_BATCH, codes.length - start);
        float[] batch = new float[n * length];
        for (int i = 0; i < n; i++) {
          System.arraycopy(codes[start + i], 0, batch, i * length, length);
        }
        Rows.split(network.decode(batch, n), n, samples, start);
      }
    } finally {
      reading.unlock();
    }
    return samples;
  }

  /**
   * Turns codes into samples.
   *
   * @param codes {@code [n, values]} or {@code [n, channels, height, width]}, any finite values
   * @return values in (0, 1): {@code [n, values]} if the codes are vectors and the architecture is
   *     dense, else {@code [n, channels, height, width]}
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not that of codes or a value is not finite
   */
  public INDArray decode(INDArray codes) {
    return Rows.toArray(decode(Rows.of(codes)), inputShape());
  }

  /**
   * Encodes samples and decodes their codes.
   *
   * @param samples values in [0, 1]
   * @return {@code float[n][values]} with values in (0, 1)
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public float[][] reconstruct(ImageSource samples) {
    return apply(samples, (network, batch, n) -> network.decode(network.encode(batch, n), n));
  }

  /**
   * Encodes samples and decodes their codes.
   *
   * @param samples {@code float[n][values]} with values in [0, 1]
   * @return {@code float[n][values]} with values in (0, 1)
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length or a value is not in [0, 1]
   */
  public float[][] reconstruct(float[][] samples) {
    return reconstruct(ImageSource.of(inputShape(), samples));
  }

  /**
   * Encodes samples and decodes their codes.
   *
   * @param samples {@code [n, values]} or {@code [n, channels, height, width]} with values in [0,
   *     1]
   * @return an array of the shape of {@code samples} with values in (0, 1)
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's or a value is not in [0,
   *     1]
   */
  public INDArray reconstruct(INDArray samples) {
    float[][] rows = reconstruct(Rows.of(samples));
    return Nd4j.createFromArray(rows).castTo(DataType.FLOAT).reshape(samples.shape());
  }

  private float[][] apply(ImageSource samples, BatchFunction function) {
    Engine network = trainedEngine();
    requireShape("samples", samples.shape(), inputShape());
    float[][] results = new float[samples.size()][];
    Lock reading = lock.readLock();
    reading.lock();
    try {
      for (int start = 0; start < results.length; start += INFERENCE_BATCH) {
        int n = Math.min(INFERENCE_BATCH, results.length - start);
        float[] batch = Rows.read(samples, start, n);
        Rows.split(function.apply(network, batch, n), n, results, start);
      }
    } finally {
      reading.unlock();
    }
    return results;
  }

  /** From {@code n} rows side by side to {@code n} rows side by side. */
  @FunctionalInterface
  private interface BatchFunction {
    float[] apply(Engine network, float[] batch, int n);
  }

  /**
   * Measures how well the samples are reconstructed. No noise is added, whatever the training.
   *
   * @param samples values in [0, 1]
   * @return the figures
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's or there are no samples
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public Evaluation evaluate(ImageSource samples) {
    return evaluate(samples, samples);
  }

  /**
   * Measures how well targets are reconstructed from other inputs, such as clean images from noisy
   * ones.
   *
   * @param inputs what is encoded, values in [0, 1]
   * @param targets what the reconstructions are compared with, values in [0, 1]
   * @return the figures
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a shape is not the autoencoder's, there are no samples, or
   *     not as many inputs as targets
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public Evaluation evaluate(ImageSource inputs, ImageSource targets) {
    Engine network = trainedEngine();
    requireShape("inputs", inputs.shape(), inputShape());
    requireShape("targets", targets.shape(), inputShape());
    if (inputs.size() != targets.size() || targets.size() == 0) {
      throw new IllegalArgumentException(
          "there must be as many inputs as targets and at least one, but there are %d and %d"
              .formatted(inputs.size(), targets.size()));
    }
    int length = inputShape().size();
    BinaryCrossEntropy crossEntropy = new BinaryCrossEntropy(length);
    Mse squaredError = new Mse();
    Psnr psnr = new Psnr(length);
    Lock reading = lock.readLock();
    reading.lock();
    try {
      for (int start = 0; start < targets.size(); start += INFERENCE_BATCH) {
        int n = Math.min(INFERENCE_BATCH, targets.size() - start);
        float[] wanted = Rows.read(targets, start, n);
        float[] seen = inputs == targets ? wanted : Rows.read(inputs, start, n);
        float[] logits = network.logits(network.encode(seen, n), n);
        float[] outputs = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
          outputs[i] = (float) (1 / (1 + Math.exp(-logits[i])));
        }
        crossEntropy.addLogits(wanted, logits);
        squaredError.add(wanted, outputs);
        psnr.add(wanted, outputs);
      }
    } finally {
      reading.unlock();
    }
    return new Evaluation(
        targets.size(),
        config.loss(),
        crossEntropy.summary(),
        squaredError.mean(),
        psnr.summary(),
        network.penalty());
  }

  /**
   * The layers, with their shapes and parameters, as a table.
   *
   * @return several lines of text
   * @throws IllegalStateException if the input shape is not known yet
   */
  public String summary() {
    return SummaryTable.of(requireArchitecture(), config);
  }

  /**
   * The layers.
   *
   * @return empty if the input shape is not known yet, which the first data decide
   */
  public Optional<Architecture> architecture() {
    return Optional.ofNullable(architecture);
  }

  /**
   * The shape of one sample.
   *
   * @return the shape
   * @throws IllegalStateException if it is not known yet, which the first data decide
   */
  public ImageShape inputShape() {
    return requireArchitecture().input();
  }

  /**
   * The shape of one code.
   *
   * @return {@code 1 x k x 1} for a dense autoencoder with bottleneck {@code k}
   * @throws IllegalStateException if the input shape is not known yet, which the first data decide
   */
  public ImageShape latentShape() {
    return requireArchitecture().latent();
  }

  private Architecture requireArchitecture() {
    Architecture layers = architecture;
    if (layers == null) {
      throw new IllegalStateException(
          "the input shape is not known yet; say it with input(height, width, channels) when"
              + " building, or train first");
    }
    return layers;
  }

  private Engine trainedEngine() {
    Engine network = engine;
    if (network == null || !trained) {
      throw new IllegalStateException(
          "this autoencoder has not been trained, so its codes mean nothing; call fit(...) first");
    }
    return network;
  }

  /**
   * Whether it has been trained, so that its codes mean something.
   *
   * @return true after the first batch
   */
  public boolean isTrained() {
    return trained;
  }

  /**
   * The network inside, made of this library's layers, for those who want to go on with
   * Deeplearning4j.
   *
   * @return the live network, not a copy
   * @throws IllegalStateException if the autoencoder was not trained
   */
  public MultiLayerNetwork network() {
    return trainedEngine().network();
  }

  /**
   * The same network made of Deeplearning4j's own layers, for users without this library. It gives
   * the same reconstructions to 1e-5.
   *
   * @return a new network with a copy of the weights
   * @throws IllegalStateException if the autoencoder was not trained
   */
  public MultiLayerNetwork toMultiLayerNetwork() {
    return StockNetwork.copyOf(trainedEngine(), config.loss(), config.penalty());
  }

  /**
   * All weights and biases, layer by layer, for comparing two autoencoders.
   *
   * @return a copy
   * @throws IllegalStateException if the autoencoder was not trained
   */
  public float[] parameters() {
    float[] values = trainedEngine().parameters();
    return Arrays.copyOf(values, values.length);
  }
}
