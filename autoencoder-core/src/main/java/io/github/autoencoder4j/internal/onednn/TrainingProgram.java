package io.github.autoencoder4j.internal.onednn;

import com.google.common.primitives.Floats;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.internal.compute.EncoderJacobian;
import io.github.autoencoder4j.internal.compute.ImportanceBound;
import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.latent.LatentKernel;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.StagePlan;
import io.github.autoencoder4j.output.OutputKernel;
import io.github.autoencoder4j.output.OutputKernel.Link;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * A network compiled for batches of one size: the forward pass, the loss, and the backward pass. It
 * may be used by one thread at a time. Running it allocates no native memory.
 */
public final class TrainingProgram implements AutoCloseable {

  private static final double[] NONE = {};

  private final Graph graph;
  private final List<DenseGradients.Left> left = new ArrayList<>();
  private final List<LatentBatch> stages = new ArrayList<>();
  private final Piece piece;
  private final Network table;
  private final int inputSize;
  private final int sampleSize;

  /** How many codes are drawn for each sample; what follows the encoder sees as many rows. */
  private final int draws;

  /** As how many rows each goes through the encoder: as it is, then moved a small step. */
  private final int views;

  private final long seed;

  /** The weights of the one layer of the encoder, whose rows are measured; null otherwise. */
  private final Parameters.@Nullable Parameter contracted;

  private final Supplier<OutputKernel> output;
  private final List<Step> forward;
  private final List<Step> backward;
  private final Workspaces workspaces;

  /** Moves to wherever a batch lies. */
  private final Tensor input;

  /** Where samples lie that oneDNN cannot read where they are; made for the first of them. */
  private @Nullable FloatPointer copied;

  private final FloatBuffer fed;
  private final FloatBuffer gradient;

  /**
   * The samples that a program looks at.
   *
   * @param first the position of the first one in the whole batch
   * @param n how many they are
   * @param whole how many the whole batch has
   */
  public record Piece(int first, int n, int whole) {}

  /**
   * Compiles.
   *
   * @param table the steps
   * @param images whether batches are {@code [n, channels, height, width]} instead of {@code [n,
   *     values]}
   * @param output gives the loss at the end, in each run
   * @param parameters what the network learns
   * @param dropout draws the masks of dropout
   * @param seed chooses what stages draw at random
   * @param piece the samples that the program looks at
   * @param alone whether nobody completes the gradient, as {@link DenseGradients} does
   * @param workers who computes tiles; null if native code is to share out all products instead
   * @param pointWeights those of all programs of the batch, to be computed before each run
   * @param workspaces where it works, with others that do not run at the same time
   * @param kernels those of programs for as many samples of the same batch
   */
  public TrainingProgram(
      Network table,
      boolean images,
      Supplier<OutputKernel> output,
      Parameters parameters,
      Dropout dropout,
      long seed,
      Piece piece,
      boolean alone,
      @Nullable Parallel workers,
      PointWeights pointWeights,
      Workspaces workspaces,
      Kernels kernels) {
    this.graph = new Graph(kernels);
    this.piece = piece;
    this.output = output;
    this.workspaces = workspaces;
    this.table = table;
    this.inputSize = table.input().size();
    this.sampleSize = table.sample().size();
    this.draws = table.draws();
    this.views = table.views();
    this.seed = seed;
    this.contracted = table.isContractionExact() ? parameters.of(0, 0) : null;
    Compiler compiler =
        new Compiler(
            graph, true, workers, null, pointWeights, null, parameters, alone ? null : left);
    int seen = Math.multiplyExact(piece.n(), views);
    input = compiler.outside(seen, table.input(), images);
    Tensor current = input;
    int position = 0;
    for (LayerPlan plan : table.encoder()) {
      current = compiler.layer(plan, position++, views == 1 ? dropout : twice(dropout), current);
    }
    int rows = Math.multiplyExact(seen, draws);
    for (StagePlan place : table.stages()) {
      rows = place.stage().contracts() ? rows / views : rows;
      LatentBatch codes = place.batch(rows, seed, true);
      stages.add(codes);
      current = stage(compiler, place, position++, parameters, codes, images, current);
    }
    for (LayerPlan plan : table.decoder()) {
      current = compiler.layer(plan, position++, dropout, current);
    }
    Tensor out = graph.keep(compiler.toPlain(current));
    Tensor slope = graph.keep(graph.like(out));
    compiler.add(
        output.get().link() == Link.SIGMOID
            ? compiler.activate(Eltwise.LOGISTIC, out, slope)
            : graph.copy(out, slope));
    forward = compiler.steps();
    compiler.reverse(slope);
    if (alone && contracted != null) {
      Contraction contraction = new Contraction(table, contracted, List.of(stages.get(0)));
      compiler.add(iteration -> contraction.addGradient(0, contraction.rows()));
    }
    List<Step> all = compiler.steps();
    backward = List.copyOf(all.subList(forward.size(), all.size()));
    graph.seal(List.of(), all);
    fed = out.buffer();
    gradient = slope.buffer();
  }

  /** Drops in samples that were moved what was dropped in the samples. */
  private static Dropout twice(Dropout once) {
    return (plan, n, iteration) -> {
      float[] mask = once.mask(plan, n / 2, iteration);
      return Floats.concat(mask, mask);
    };
  }

  private Tensor stage(
      Compiler compiler,
      StagePlan place,
      int position,
      Parameters parameters,
      LatentBatch codes,
      boolean images,
      Tensor fedBy) {
    Tensor in = graph.keep(compiler.toPlain(fedBy));
    Tensor out = graph.keep(compiler.plain(codes.n(), place.output(), images));
    LatentKernel kernel = place.stage().kernel(place.output());
    List<FloatBuffer> values = new ArrayList<>();
    List<FloatBuffer> gradients = new ArrayList<>();
    for (int i = 0; i < codes.arrays().size(); i++) {
      int length = codes.arrays().get(i).length;
      Parameters.Parameter parameter = parameters.of(position, i);
      values.add(parameter.value().capacity(length).asBuffer());
      gradients.add(Objects.requireNonNull(parameter.gradient()).capacity(length).asBuffer());
    }
    // What the encoder yields once comes to the first stage as often as that draws.
    int width = place.input().size();
    int times = Math.max(1, codes.n() / (int) in.sides()[0]);
    FloatBuffer from = in.buffer();
    FloatBuffer to = out.buffer();
    double scale = 1.0 / ((double) piece.whole() * sampleSize);
    boolean measured = contracted != null && place.stage().contracts();
    int weightCount = measured ? codes.input().length / codes.n() * inputSize : 0;
    double[] rowsOfEncoder = new double[weightCount];
    FloatBuffer weights =
        measured
            ? Objects.requireNonNull(contracted).value().capacity(weightCount).asBuffer()
            : null;
    compiler.add(
        iteration -> {
          codes.begin(Mode.TRAINING, (long) piece.first() * draws, iteration, scale);
          repeat(from, times, codes.input(), width);
          read(from, codes.input().length, views > 1 ? codes.moved() : NONE);
          if (weights != null) {
            read(weights, 0, rowsOfEncoder);
            EncoderJacobian.measure(table, rowsOfEncoder, codes);
          }
          for (int i = 0; i < values.size(); i++) {
            read(values.get(i), 0, codes.arrays().get(i));
          }
          kernel.forward(codes);
          write(codes.output(), to, 0);
        });
    compiler.addReverse(
        (gradientOfOutput, needed) -> {
          FloatBuffer delta = graph.keep(compiler.toPlain(gradientOfOutput)).buffer();
          Tensor inputGradient = graph.keep(graph.like(in));
          FloatBuffer result = inputGradient.buffer();
          compiler.add(
              iteration -> {
                read(delta, 0, codes.outputGradient());
                kernel.backward(codes);
                sum(codes.inputGradient(), width, times, result);
                write(
                    views > 1 ? codes.movedGradient() : NONE, result, codes.inputGradient().length);
                for (int i = 0; i < gradients.size(); i++) {
                  write(codes.gradients().get(i), gradients.get(i), 0);
                }
              });
          return inputGradient;
        });
    return out;
  }

  private static void read(FloatBuffer from, int at, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = from.get(at + i);
    }
  }

  /** Reads each row of {@code width} values so many times, one after the other. */
  private static void repeat(FloatBuffer from, int times, double[] to, int width) {
    for (int start = 0; start < to.length; start += width) {
      int row = start / width / times * width;
      for (int i = 0; i < width; i++) {
        to[start + i] = from.get(row + i);
      }
    }
  }

  /** Writes the sums of as many rows of {@code width} values, one after the other. */
  private static void sum(double[] from, int width, int times, FloatBuffer to) {
    for (int first = 0; first < from.length; first += width * times) {
      for (int i = 0; i < width; i++) {
        double sum = 0;
        for (int k = 0; k < times; k++) {
          sum += from[first + k * width + i];
        }
        to.put(first / times + i, (float) sum);
      }
    }
  }

  private static void write(double[] from, FloatBuffer to, int at) {
    for (int i = 0; i < from.length; i++) {
      to.put(at + i, (float) from[i]);
    }
  }

  /**
   * Computes the loss of its samples and the gradients of all parameters.
   *
   * @param samples what the network sees, with conditions, from the buffer's first value on; read
   *     where it lies if that is native memory
   * @param targets what it is asked for; may be the same buffer if nothing is conditioned
   * @param iteration the number of the training step
   * @return what its samples add to the mean loss of the whole batch
   */
  public double lossAndGradient(FloatBuffer samples, FloatBuffer targets, int iteration) {
    boolean inPlace = views == 1 && samples.isDirect();
    input
        .block()
        .move(
            inPlace
                ? new FloatPointer(samples.slice(0, piece.n() * inputSize))
                : copy(samples, iteration));
    readConditions(samples);
    try (Workspaces.Loan unused = workspaces.lend(graph)) {
      run(forward, iteration);
      double value =
          loss(targets.slice(0, piece.n() * sampleSize), (long) piece.whole() * sampleSize);
      run(backward, iteration);
      return value;
    }
  }

  private FloatPointer copy(FloatBuffer samples, int iteration) {
    FloatPointer to = copied;
    if (to == null) {
      to = graph.own(new FloatPointer((long) piece.n() * views * inputSize));
      copied = to;
    }
    FloatBuffer values = to.asBuffer();
    values.put(0, samples, 0, piece.n() * inputSize);
    if (views > 1) {
      move(values, samples, iteration);
    }
    return to;
  }

  /** Puts the samples again behind themselves, each moved a small step. */
  private void move(FloatBuffer values, FloatBuffer samples, int iteration) {
    for (int sample = 0; sample < piece.n(); sample++) {
      float[] step =
          EncoderJacobian.step(seed, Mode.TRAINING, iteration, piece.first() + sample, sampleSize);
      int first = (piece.n() + sample) * inputSize;
      values.put(first, samples, sample * inputSize, inputSize);
      EncoderJacobian.move(values, first, step);
    }
  }

  /** Tells the stages what lies behind the samples. */
  private void readConditions(FloatBuffer samples) {
    int count = table.conditions();
    for (LatentBatch codes : stages) {
      double[] conditions = codes.conditions();
      for (int i = 0; i < conditions.length; i++) {
        int sample = i / count / draws;
        conditions[i] = samples.get(sample * inputSize + table.conditionAt(i % count));
      }
    }
  }

  private double loss(FloatBuffer targets, long whole) {
    OutputKernel now = output.get();
    for (LatentBatch codes : stages) {
      if (codes.shares().length > 0) {
        return ImportanceBound.of(codes, draws, now, fed, targets, gradient, whole);
      }
    }
    return now.lossAndGradient(fed, targets, gradient, piece.n(), whole);
  }

  /**
   * Gives what the stages added to the objective in the last run.
   *
   * @return in the order of {@link Network#terms()}, in nats summed over its samples
   */
  public double[] terms() {
    return stages.stream().flatMapToDouble(codes -> DoubleStream.of(codes.terms())).toArray();
  }

  /**
   * The penalty of the one layer of the encoder.
   *
   * @param pieces the programs of one batch, of this network
   * @return null if there is none
   */
  @Nullable Contraction contraction(List<TrainingProgram> pieces) {
    return contracted == null
        ? null
        : new Contraction(
            table, contracted, pieces.stream().map(program -> program.stages.get(0)).toList());
  }

  /** What its dense layers leave behind in each run, always in the same memory. */
  List<DenseGradients.Left> left() {
    return left;
  }

  private void run(List<Step> steps, int iteration) {
    for (Step step : steps) {
      step.run(iteration);
    }
    graph.await();
  }

  /** Frees the memory. Closing twice is harmless. */
  @Override
  public void close() {
    graph.close();
  }
}
