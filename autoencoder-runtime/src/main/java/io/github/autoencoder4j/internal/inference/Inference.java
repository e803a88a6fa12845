package io.github.autoencoder4j.internal.inference;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.RowConsumer;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.internal.compute.OutputNumbers;
import io.github.autoencoder4j.internal.compute.RowReader;
import io.github.autoencoder4j.internal.compute.RowWriter;
import io.github.autoencoder4j.internal.compute.RunnableNetwork;
import io.github.autoencoder4j.internal.model.ModelFile;
import io.github.autoencoder4j.latent.CodeDistributions;
import io.github.autoencoder4j.latent.Codebook;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.output.OutputKernel;
import io.github.autoencoder4j.random.RandomStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs a trained network over any number of samples, batch by batch, so that memory stays small.
 * May be used by many threads while nobody trains the network.
 */
public final class Inference {

  /** Enough samples to keep the cores busy. */
  public static final int LARGEST_BATCH = 2048;

  /** The largest values of codes, in turn, that take the place of huge ones. */
  private static final double[] SHORTER = {1e9, 1e6, 1e4, 1e2, 1};

  private final RunnableNetwork network;
  private final ImageShape input;
  private final int latentSize;
  private final ValueRange range;
  private final int batch;
  private final Conditions conditions;

  /**
   * Makes one.
   *
   * @param network trained, and not changed while this is used
   */
  public Inference(RunnableNetwork network) {
    this.network = network;
    this.input = network.table().sample();
    this.latentSize = network.spec().architecture().latent().size();
    this.range = network.spec().output().range();
    this.batch = network.forward().portion(LARGEST_BATCH);
    this.conditions = new Conditions(network.spec(), network.table());
  }

  /**
   * Gives what puts classes behind samples and codes.
   *
   * @return for this network
   */
  public Conditions conditions() {
    return conditions;
  }

  /** Turns {@code n} samples, the first of which has a number, into as many {@code results}. */
  @FunctionalInterface
  private interface BatchFunction {
    void apply(RowReader samples, int n, int first, float[][] results);
  }

  /**
   * Turns samples into codes.
   *
   * @param samples of the right shape
   * @param codes takes them, in order
   */
  public void encode(ImageSource samples, RowConsumer codes) {
    apply(
        samples,
        (rows, n, first, results) ->
            Rows.split(network.forward().encode(rows, n), latentSize, n, results, 0),
        codes);
  }

  /**
   * Turns one sample into its code, in memory that is kept from call to call.
   *
   * @param sample its values
   * @param code receives its code
   * @throws IllegalArgumentException if a length is wrong, a value is not in the range, or the
   *     network has to be told a class
   */
  public void encode(float[] sample, float[] code) {
    conditions.requireNone("encode(samples, classes)");
    Rows.requireSample(sample, input.size(), range);
    Rows.requireLength("code", code, latentSize);
    network.forward().encode(sample, code);
  }

  /**
   * Turns one code into a sample, in memory that is kept from call to call.
   *
   * @param code its values
   * @param sample receives the sample
   * @throws IllegalArgumentException if a length is wrong, a value is not finite, or the network
   *     has to be told a class
   */
  public void decode(float[] code, float[] sample) {
    conditions.requireNone("decode(codes, \"%s\")");
    Rows.requireFinite(0, code, latentSize);
    Rows.requireLength("sample", sample, input.size());
    network.forward().decode(code, sample);
    if (range.isBounded() && !Rows.isFinite(sample)) {
      System.arraycopy(decodeHuge(code), 0, sample, 0, sample.length);
    }
  }

  /**
   * Turns codes into samples.
   *
   * @param codes {@code float[n][latent]}
   * @return {@code float[n][values]}
   * @throws IllegalArgumentException if a row has another length, a value is not finite, or the
   *     network has to be told classes
   */
  public float[][] decode(float[][] codes) {
    conditions.requireNone("decode(codes, \"%s\")");
    requireCodes(codes);
    return decodeWide(codes);
  }

  /**
   * Turns codes into samples of classes.
   *
   * @param codes {@code float[n][latent]}
   * @param classes a name for each
   * @return {@code float[n][values]}
   * @throws IllegalArgumentException if a row has another length, a value is not finite, there are
   *     not as many names, or one is of no class
   */
  public float[][] decode(float[][] codes, List<String> classes) {
    requireCodes(codes);
    return decodeWide(conditions.codes(codes, classes));
  }

  private void requireCodes(float[][] codes) {
    for (int i = 0; i < codes.length; i++) {
      Rows.requireFinite(i, codes[i], latentSize);
    }
  }

  private float[][] decodeWide(float[][] codes) {
    int width = network.table().code().size();
    float[][] samples = new float[codes.length][];
    for (int start = 0, n; start < codes.length; start += n) {
      n = Math.min(batch, codes.length - start);
      float[] part = new float[n * width];
      for (int i = 0; i < n; i++) {
        System.arraycopy(codes[start + i], 0, part, i * width, width);
      }
      decode(part, n, samples, start);
    }
    return samples;
  }

  private void decode(float[] codes, int n, float[][] results, int start) {
    int width = codes.length / n;
    RowWriter writer = Rows.into(results, start, input);
    boolean[] overflowed = new boolean[n];
    network
        .forward()
        .decode(
            codes,
            n,
            (row, values) -> {
              writer.write(row, values);
              // While the row is in the cache of the core that wrote it.
              overflowed[row] = range.isBounded() && !Rows.isFinite(results[start + row]);
            });
    for (int i = 0; i < n; i++) {
      if (overflowed[i]) {
        float[] code = Arrays.copyOfRange(codes, i * width, (i + 1) * width);
        results[start + i] = decodeHuge(code);
      }
    }
  }

  /**
   * Decodes a code whose values are so large that sums inside the network overflow. Outputs have
   * long come to rest at the edges of [0, 1] by then, so a shorter code of the same direction gives
   * what the huge one would if numbers had no bound.
   */
  private float[] decodeHuge(float[] code) {
    double longest = 0;
    for (int i = 0; i < latentSize; i++) {
      longest = Math.max(longest, Math.abs(code[i]));
    }
    float[][] result = new float[1][];
    for (double length : SHORTER) {
      float[] shorter = code.clone();
      for (int i = 0; i < latentSize; i++) {
        shorter[i] = (float) (code[i] / longest * Math.min(length, longest));
      }
      network.forward().decode(shorter, 1, Rows.into(result, 0, input));
      if (Rows.isFinite(result[0])) {
        return result[0];
      }
    }
    // Weights that overflow on the smallest codes say nothing at all: what a sigmoid makes of 0.
    Arrays.fill(result[0], 0.5f);
    return result[0];
  }

  /**
   * Encodes and decodes samples, with noise between if a stage adds some at inference.
   *
   * @param samples of the right shape
   * @param reconstructions takes them, in order
   */
  public void reconstruct(ImageSource samples, RowConsumer reconstructions) {
    apply(
        samples,
        (rows, n, first, results) ->
            decode(network.forward().encodeForReconstruction(rows, n, first), n, results, 0),
        reconstructions);
  }

  /**
   * Encodes and decodes samples, with the noise of a channel between.
   *
   * @param samples of the right shape
   * @param channel disturbs the codes
   * @param reconstructions takes them, in order
   */
  public void transmit(ImageSource samples, Transmission channel, RowConsumer reconstructions) {
    apply(
        samples,
        (rows, n, first, results) -> {
          float[] codes = network.forward().encode(rows, n);
          channel.disturb(codes, latentSize, n, first, 0);
          decode(codes, n, results, 0);
        },
        reconstructions);
  }

  /**
   * Judges samples as training does: the loss of each reconstruction.
   *
   * @param source of the right shape
   * @return means per value of a sample
   */
  public double[] scores(ImageSource source) {
    ImageSource samples = conditions.samples("samples", source);
    double[] scores = new double[samples.size()];
    OutputKernel output = OutputNumbers.kernel(network.table(), network.store());
    for (int start = 0, n; start < scores.length; start += n) {
      n = Math.min(batch, scores.length - start);
      float[] seen = Rows.read(samples, input.size(), range, start, n);
      float[] wanted = network.table().targets(seen, n);
      float[] fed =
          network.forward().fed(network.forward().encodeForReconstruction(seen, n, start), n);
      for (int i = 0; i < n; i++) {
        scores[start + i] = loss(output, wanted, fed, i, n);
      }
    }
    return scores;
  }

  private double loss(OutputKernel output, float[] wanted, float[] fed, int row, int n) {
    int size = input.size();
    int width = fed.length / n;
    double[] numbers = new double[width];
    double[] targets = new double[size];
    for (int j = 0; j < width; j++) {
      numbers[j] = fed[row * width + j];
    }
    for (int j = 0; j < size; j++) {
      targets[j] = wanted[row * size + j];
    }
    return output.lossAndGradient(numbers, targets, new double[width], 1) / size;
  }

  /**
   * Copies what the network has learnt.
   *
   * @param part whose numbers
   * @return in the order of the network
   */
  public List<WeightArray> weights(Part part) {
    List<WeightArray> weights = new ArrayList<>();
    for (Network.Entry entry : ModelFile.arrays(network.table(), part)) {
      double[] values = network.store().read(List.of(entry)).get(0);
      FloatBuffer floats = FloatBuffer.allocate(values.length);
      for (int i = 0; i < values.length; i++) {
        floats.put(i, (float) values[i]);
      }
      weights.add(new WeightArray(entry.name(), entry.shape(), floats));
    }
    return weights;
  }

  /**
   * Gives the vectors that codes are made of.
   *
   * @return empty if no stage quantises codes
   */
  public Optional<Codebook> codebook() {
    return network.forward().codebook();
  }

  /**
   * Gives the distributions that variational codes are drawn from.
   *
   * @param source of the right shape
   * @return a mean and a variance for each number of each code
   * @throws IllegalStateException if codes are no distributions
   */
  public CodeDistributions distributions(ImageSource source) {
    Importance importance = new Importance(network);
    List<float[]> means = new ArrayList<>();
    List<float[]> variances = new ArrayList<>();
    apply(
        source,
        (rows, n, first, results) -> importance.distributions(rows, n, results),
        (index, row) -> {
          means.add(Arrays.copyOf(row, row.length / 2));
          variances.add(Arrays.copyOfRange(row, row.length / 2, row.length));
        });
    return new CodeDistributions(means.toArray(new float[0][]), variances.toArray(new float[0][]));
  }

  /**
   * Estimates how likely samples are, by importance sampling.
   *
   * @param source of the right shape
   * @param draws how many codes for each
   * @param seed chooses them
   * @return in nats
   * @throws IllegalStateException if there is no likelihood
   * @throws IllegalArgumentException if {@code draws} is out of range
   */
  public double[] logLikelihoods(ImageSource source, int draws, long seed) {
    Importance importance = new Importance(network);
    importance.requireLikelihood(draws);
    ImageSource samples = conditions.samples("samples", source);
    CodeDistributions codes = distributions(samples);
    double[] nats = new double[samples.size()];
    for (int i = 0; i < nats.length; i++) {
      float[] sample = Rows.read(samples, input.size(), range, i, 1);
      RandomStream random = RandomStream.of(seed, "likelihood", i);
      nats[i] =
          importance.logLikelihood(
              sample, codes.means()[i], codes.variances()[i], draws, random, batch);
    }
    return nats;
  }

  private void apply(ImageSource source, BatchFunction function, RowConsumer consumer) {
    ImageSource samples = conditions.samples("samples", source);
    int count = samples.size();
    // Step by step up to the very number, for beyond the largest one lie the negative ones.
    for (int start = 0, n; start < count; start += n) {
      n = Math.min(batch, count - start);
      float[][] results = new float[n][];
      function.apply(Rows.from(samples, input.size(), range, start), n, start, results);
      for (int i = 0; i < n; i++) {
        handOn(consumer, start + i, results[i]);
      }
    }
  }

  private static void handOn(RowConsumer consumer, int index, float[] row) {
    try {
      consumer.accept(index, row);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the result of sample %s could not be handed on: %s".formatted(index, e), e);
    }
  }
}
