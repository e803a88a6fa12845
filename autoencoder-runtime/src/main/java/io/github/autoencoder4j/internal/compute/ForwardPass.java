package io.github.autoencoder4j.internal.compute;

import io.github.autoencoder4j.latent.Codebook;
import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.latent.Quantizer;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.network.StagePlan;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.output.OutputKernel;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Encodes, decodes and judges batches as after training. It may be used by many threads while
 * nobody trains.
 *
 * <p>Where the network is conditioned, samples come with their conditions behind their values, and
 * so do codes, on both ways; what is decoded has none.
 */
public final class ForwardPass {

  /** Few enough values to keep memory small: 16 MB of samples, and 256 MB of codes. */
  private static final int PORTION_VALUES = 4_000_000;

  private static final int PORTION_CODES = 1 << 26;

  private static final double[] NO_TERMS = {};

  private final Spec spec;
  private final Network table;
  private final OutputKernel output;
  private final NetworkNumbers store;
  private final Supplier<? extends ForwardPath> path;
  private final SingleSamples singles;

  /**
   * Makes one.
   *
   * @param spec what makes the network
   * @param table its steps
   * @param store its numbers
   * @param path gives what computes its layers, at each call
   */
  public ForwardPass(
      Spec spec, Network table, NetworkNumbers store, Supplier<? extends ForwardPath> path) {
    this.spec = spec;
    this.table = table;
    this.output = spec.output().kernel();
    this.store = store;
    this.path = path;
    this.singles = new SingleSamples(spec, table, store);
  }

  /**
   * Turns one sample into its code, as {@link #encode(float[], int)} does, with memory that is kept
   * from call to call.
   *
   * @param sample its values
   * @param code receives the values of its code
   */
  public void encode(float[] sample, float[] code) {
    singles.encode(path.get(), sample, code);
  }

  /**
   * Turns one code into a sample, as {@link #decode(float[], int)} does, with memory that is kept
   * from call to call.
   *
   * @param code its values
   * @param sample receives the values of the sample
   */
  public void decode(float[] code, float[] sample) {
    singles.decode(path.get(), code, sample);
  }

  /**
   * Judges a batch as after training, in 32-bit floats, with noise that is the same at every call.
   *
   * @param input what the network sees, {@code n} samples side by side, with their conditions
   * @param target what it is asked for, without conditions
   * @param n how many samples
   * @param first the number of the first among all samples of a call, which chooses the noise
   * @return the objective, without penalty
   */
  public Objective objective(float[] input, float[] target, int n, long first) {
    OutputKernel now = OutputNumbers.kernel(table, store);
    if (table.draws() > 1) {
      return new DrawnObjective(this, table, now).of(input, target, n, first);
    }
    double[] terms = new double[table.terms().size()];
    float[] codes = encode(rows(input), n, first, Mode.OBJECTIVE, terms);
    double loss = loss(now, fed(codes, n), target, n);
    return table.objective(loss, terms, n);
  }

  /**
   * Judges the outputs of a batch in another way than training does.
   *
   * @param kind the output whose loss is computed; one number for each value
   * @param input what the network sees, {@code n} samples side by side, with their conditions; its
   *     targets too
   * @param n how many samples
   * @param first the number of the first among all samples of a call, which chooses the noise
   * @return the mean loss
   */
  public double loss(Output kind, float[] input, int n, long first) {
    float[] fed = fed(encodeForReconstruction(input, n, first), n);
    int size = table.sample().size();
    int width = fed.length / n;
    if (width > size) {
      // What the reconstruction is made of comes first.
      for (int i = 1; i < n; i++) {
        System.arraycopy(fed, i * width, fed, i * size, size);
      }
      fed = Arrays.copyOf(fed, n * size);
    }
    return loss(kind.kernel(), fed, table.targets(input, n), n);
  }

  private double loss(OutputKernel kernel, float[] fed, float[] target, int n) {
    int count = n * table.sample().size();
    return kernel.lossAndGradient(
        FloatBuffer.wrap(fed),
        FloatBuffer.wrap(target).slice(0, count),
        linked(kernel, fed),
        n,
        count);
  }

  private static FloatBuffer linked(OutputKernel kernel, float[] fed) {
    FloatBuffer linked = FloatBuffer.allocate(fed.length);
    for (int i = 0; i < fed.length; i++) {
      linked.put(i, kernel.link().of(fed[i]));
    }
    return linked;
  }

  /**
   * Turns samples into codes, after those latent stages that are not chance.
   *
   * @param samples {@code n} samples side by side, {@code [n, channels, height, width]}
   * @param n how many
   * @return {@code n} codes side by side
   */
  public float[] encode(float[] samples, int n) {
    return encode(rows(samples), n, 0, Mode.ENCODING, NO_TERMS);
  }

  /**
   * Turns samples into what the decoder is given when they are reconstructed: their codes, with
   * noise if a stage adds some at inference.
   *
   * @param samples {@code n} samples side by side, {@code [n, channels, height, width]}
   * @param n how many
   * @param first the number of the first among all samples of a call, which chooses the noise
   * @return {@code n} codes side by side
   */
  public float[] encodeForReconstruction(float[] samples, int n, long first) {
    return encode(rows(samples), n, first, Mode.RECONSTRUCTION, NO_TERMS);
  }

  /**
   * Turns samples into codes, after those latent stages that are not chance.
   *
   * @param samples gives {@code n} samples, {@code [channels, height, width]}
   * @param n how many
   * @return {@code n} codes side by side
   */
  public float[] encode(RowReader samples, int n) {
    return encode(samples, n, 0, Mode.ENCODING, NO_TERMS);
  }

  /**
   * Turns samples into what the decoder is given when they are reconstructed: their codes, with
   * noise if a stage adds some at inference.
   *
   * @param samples gives {@code n} samples, {@code [channels, height, width]}
   * @param n how many
   * @param first the number of the first among all samples of a call, which chooses the noise
   * @return {@code n} codes side by side
   */
  public float[] encodeForReconstruction(RowReader samples, int n, long first) {
    return encode(samples, n, first, Mode.RECONSTRUCTION, NO_TERMS);
  }

  private RowReader rows(float[] samples) {
    int size = table.input().size();
    return (row, memory, at) -> memory.at(at).put(samples, row * size, size);
  }

  /**
   * Turns samples into what a latent stage is fed, without noise.
   *
   * @param samples gives {@code n} samples, {@code [channels, height, width]}
   * @param n how many
   * @param stages how many latent stages come before
   * @return {@code n} rows side by side
   */
  public float[] encode(RowReader samples, int n, int stages) {
    return encode(samples, n, table.stages().subList(0, stages), 0, Mode.ENCODING, NO_TERMS);
  }

  /**
   * Takes codes through the latent stages that are left, without noise.
   *
   * @param codes {@code n} codes side by side, as they are after some stages
   * @param n how many
   * @param stages how many latent stages they have passed
   * @param sample whose codes all of them are, with its condition
   * @return {@code n} codes side by side
   */
  public float[] complete(float[] codes, int n, int stages, float[] sample) {
    List<StagePlan> places = table.stages();
    double[] conditions = new double[n * table.conditions()];
    for (int row = 0; row < n; row++) {
      readConditions(FloatBuffer.wrap(sample), 0, row, conditions);
    }
    return pass(
        codes, n, places.subList(stages, places.size()), 0, Mode.ENCODING, NO_TERMS, conditions);
  }

  private float[] encode(RowReader samples, int n, long first, Mode mode, double[] terms) {
    return encode(samples, n, table.stages(), first, mode, terms);
  }

  private float[] encode(
      RowReader samples, int n, List<StagePlan> places, long first, Mode mode, double[] terms) {
    double[] conditions = new double[n * table.conditions()];
    float[] codes =
        mode.hasTerms() && table.views() > 1
            ? layers(
                EncoderJacobian.twice(samples, n, table, spec.seed(), first), 2 * n, conditions)
            : layers(samples, n, conditions);
    return pass(codes, n, places, first, mode, terms, conditions);
  }

  /** What the encoder's layers make of samples; the conditions of these are remembered. */
  float[] layers(RowReader samples, int n, double[] conditions) {
    int width = table.encoder().get(table.encoder().size() - 1).output().size();
    float[] codes = new float[n * width];
    path.get()
        .encode(
            conditions.length == 0
                ? samples
                : (row, memory, at) -> {
                  samples.read(row, memory, at);
                  readConditions(memory.values(), at, row, conditions);
                },
            n,
            codes);
    return codes;
  }

  private void readConditions(FloatBuffer samples, int at, int row, double[] conditions) {
    int count = table.conditions();
    // Samples that were moved follow, with the conditions of the others.
    for (int k = 0; k < count && row * count < conditions.length; k++) {
      conditions[row * count + k] = samples.get(at + table.conditionAt(k));
    }
  }

  /** Takes codes through one stage. */
  LatentBatch run(
      StagePlan place, float[] codes, int n, long first, Mode mode, double[] conditions) {
    boolean contracts = mode.hasTerms() && place.stage().contracts();
    // Samples that were moved go as far as the stage that compares them.
    int rows = contracts ? n : codes.length / place.input().size();
    LatentBatch batch = place.batch(rows, spec.seed(), false);
    batch.begin(mode, first, store.iteration(), 0);
    System.arraycopy(conditions, 0, batch.conditions(), 0, batch.conditions().length);
    int fed = batch.input().length;
    for (int i = 0; i < fed; i++) {
      batch.input()[i] = codes[i];
    }
    for (int i = fed; i < codes.length; i++) {
      batch.moved()[i - fed] = codes[i];
    }
    if (contracts && table.isContractionExact()) {
      Network.Entry weights = table.parameters(table.encoder()).get(0);
      EncoderJacobian.measure(table, store.read(List.of(weights)).get(0), batch);
    }
    store.read(table.parameters(place), batch.arrays());
    place.stage().kernel(place.output()).forward(batch);
    return batch;
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private float[] pass(
      float[] codes,
      int n,
      List<StagePlan> places,
      long first,
      Mode mode,
      double[] terms,
      double[] conditions) {
    int term = 0;
    for (StagePlan place : places) {
      LatentBatch batch = run(place, codes, n, first, mode, conditions);
      codes = floats(batch.output());
      if (mode.hasTerms()) {
        for (double value : batch.terms()) {
          terms[term++] += value;
        }
      }
    }
    return codes;
  }

  /**
   * Turns codes into reconstructions.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @return {@code n} samples side by side
   */
  public float[] decode(float[] codes, int n) {
    int size = table.sample().size();
    float[] samples = new float[n * size];
    decode(codes, n, (row, values) -> values.get(samples, row * size, size));
    return samples;
  }

  /**
   * Turns codes into reconstructions.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @param samples takes {@code n} samples, whose values come first in what it is given
   */
  public void decode(float[] codes, int n, RowWriter samples) {
    path.get()
        .decode(
            codes,
            n,
            true,
            (row, values) -> {
              output.toValues(values);
              samples.write(row, values);
            });
  }

  /**
   * Turns codes into what the output is fed, such as logits.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @return {@code n} rows side by side
   */
  public float[] fed(float[] codes, int n) {
    int size = table.decoder().get(table.decoder().size() - 1).output().size();
    float[] fed = new float[n * size];
    fed(codes, n, (row, values) -> values.get(fed, row * size, size));
    return fed;
  }

  /**
   * Turns codes into what the output is fed, such as logits.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @param fed takes {@code n} rows, several at a time on several threads
   */
  public void fed(float[] codes, int n, RowWriter fed) {
    path.get().decode(codes, n, false, fed);
  }

  /**
   * Gives the vectors that codes are made of.
   *
   * @return empty if no stage quantises codes
   */
  public Optional<Codebook> codebook() {
    return spec.stage(Quantizer.class).map(this::codebook);
  }

  private Codebook codebook(Quantizer quantizer) {
    StagePlan place = table.stages().get(spec.stages().indexOf(quantizer));
    List<double[]> arrays = store.read(table.parameters(place));
    return quantizer.codebook(place.output(), arrays.stream().map(ForwardPass::floats).toList());
  }

  /**
   * How many samples to hand over at a time where there are many, so that neither they nor their
   * codes take much memory.
   *
   * @param most the limit for small samples
   * @return at least 1
   */
  public int portion(int most) {
    int samples = PORTION_VALUES / table.input().size();
    int widest = table.encoder().get(table.encoder().size() - 1).output().size();
    int codes = PORTION_CODES / Math.max(widest, table.code().size());
    return Math.max(1, Math.min(most, Math.min(samples, codes)));
  }
}
