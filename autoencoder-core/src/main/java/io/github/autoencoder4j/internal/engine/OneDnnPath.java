package io.github.autoencoder4j.internal.engine;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.ParameterSpec.Kind;
import io.github.autoencoder4j.exception.AutoencoderException;
import io.github.autoencoder4j.internal.compute.RowReader;
import io.github.autoencoder4j.internal.compute.RowWriter;
import io.github.autoencoder4j.internal.onednn.GradientUser;
import io.github.autoencoder4j.internal.onednn.InferenceProgram;
import io.github.autoencoder4j.internal.onednn.Kernels;
import io.github.autoencoder4j.internal.onednn.PackedWeights;
import io.github.autoencoder4j.internal.onednn.Parallel;
import io.github.autoencoder4j.internal.onednn.Parameters;
import io.github.autoencoder4j.internal.onednn.PointWeights;
import io.github.autoencoder4j.internal.onednn.TrainingProgram;
import io.github.autoencoder4j.internal.onednn.Workspaces;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.network.StagePlan;
import io.github.autoencoder4j.output.OutputKernel;
import io.github.autoencoder4j.output.OutputKernel.Link;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The fast path: programs for oneDNN, one for each batch size met in training, and a pool of them
 * for inference, where batches are cut or padded to powers of two.
 */
final class OneDnnPath implements ComputePath {

  /** Leaves gradients where they are. */
  static final GradientUser NOBODY = (from, to) -> {};

  /** A run meets two batch sizes, the second for what is left at the end of an epoch. */
  private static final int TRAINING_PROGRAMS = 2;

  /**
   * Where a batch cannot be cut, one thread moves its tiles while others wait. With more of them,
   * native code is faster if it shares out each convolution whole.
   */
  private static final int MOST_WAITING = 4;

  /** As many multiplications take a core about 50 microseconds: less is not worth sharing. */
  private static final long LEAST_WORK = 4_000_000;

  private final Network table;
  private final long seed;
  private final MultiLayerNetwork network;
  private final boolean images;
  private final IntSupplier threads;
  private final LongSupplier version;

  /** Gives the output with what it keeps now. */
  private final Supplier<OutputKernel> output;

  private final ProgramPool encoders;
  private final ProgramPool linked;
  private final ProgramPool fed;

  private final Workspaces workspaces = new Workspaces();
  private final PackedWeights packedWeights;

  private final Map<Integer, TrainingPieces> training =
      new LinkedHashMap<>(4, 0.75f, /* accessOrder= */ true);

  OneDnnPath(
      Spec spec,
      Network table,
      MultiLayerNetwork network,
      IntSupplier threads,
      LongSupplier version,
      Supplier<OutputKernel> output) {
    this.table = table;
    this.output = output;
    this.seed = spec.seed();
    this.network = network;
    this.threads = threads;
    this.version = version;
    this.images = !table.isFlat();
    this.packedWeights = new PackedWeights(pointer(network.params()));
    int decoderStart = table.encoder().size() + table.stages().size();
    encoders = pool(table.encoder(), 0, false);
    linked = pool(table.decoder(), decoderStart, output.get().link() == Link.SIGMOID);
    fed = pool(table.decoder(), decoderStart, false);
  }

  private ProgramPool pool(List<LayerPlan> layers, int first, boolean sigmoid) {
    boolean sharesItself = InferenceProgram.canShareItself(layers);
    return new ProgramPool(
        NetworkSize.of(layers).widest(),
        layers.stream().mapToLong(LayerPlan::parameters).sum(),
        multiplications(layers),
        sharesItself,
        (capacity, allCores, kernels) ->
            new InferenceProgram(
                layers,
                first,
                parameters(entry -> null),
                packedWeights,
                sigmoid,
                images,
                capacity,
                allCores
                    ? Lanes.SHARED.workers(sharesItself ? threads.getAsInt() : 1)
                    : Lanes.SHARED.caller(threads),
                kernels,
                workspaces));
  }

  /** About how many a sample takes. */
  private static long multiplications(List<LayerPlan> layers) {
    return layers.stream().mapToLong(LayerPlan::multiplications).sum();
  }

  /**
   * The arrays of the network where they lie.
   *
   * @param gradients where the gradient of an array goes, laid out alike; null if nobody trains
   */
  private Parameters parameters(Function<Network.Entry, @Nullable FloatPointer> gradients) {
    FloatPointer values = pointer(network.params());
    return (position, index) -> {
      Network.Entry entry = table.parameters(table.nodes().get(position)).get(index);
      FloatPointer gradient = gradients.apply(entry);
      return new Parameters.Parameter(
          values.getPointer(FloatPointer.class, entry.offset()),
          gradient == null ? null : gradient.getPointer(FloatPointer.class, entry.offset()),
          entry.offset());
    };
  }

  /** Whether it is a weight or bias of a dense layer, whose pieces share a gradient. */
  private static boolean isDense(Network.Entry entry) {
    return entry.owner().isFlat() && entry.spec().kind() != Kind.ACTIVATION;
  }

  private static FloatPointer pointer(INDArray array) {
    FloatPointer pointer = new FloatPointer(array.data().addressPointer());
    return pointer.capacity(array.length());
  }

  /** The runs of parameters for which each piece of a batch has a gradient of its own. */
  private RangeSet<Integer> owned() {
    if (!isCut()) {
      return ImmutableRangeSet.of(Range.closedOpen(0, (int) network.numParams()));
    }
    RangeSet<Integer> owned = TreeRangeSet.create();
    for (Network.Entry entry : table.parameters()) {
      // What the output keeps has no gradient.
      if (!isDense(entry) && !entry.owner().equals(table.output())) {
        owned.add(Range.closedOpen(entry.offset(), entry.end()));
      }
    }
    return owned;
  }

  @Override
  public Objective gradient(FloatBuffer input, FloatBuffer target, int n) {
    Objective objective = backward(input, target, n);
    gradients(n, NOBODY);
    return objective;
  }

  /**
   * Takes a batch through the network and back. Its gradient is complete after {@link #gradients}.
   *
   * @return the objective, without penalty
   */
  Objective backward(FloatBuffer input, FloatBuffer target, int n) {
    TrainingPieces pieces = training.get(n);
    if (pieces == null) {
      pieces = compile(n);
    }
    double loss = pieces.backward(input, target, network.getIterationCount());
    return table.objective(loss, pieces.terms(), n);
  }

  /** Completes the gradient of the last batch, which had {@code n} samples. */
  void gradients(int n, GradientUser user) {
    Objects.requireNonNull(training.get(n)).gradients(user);
  }

  /** Into how many pieces a batch is cut, on which the last bits of its gradient depend. */
  int pieces(int n) {
    if (!isCut()) {
      return 1;
    }
    int draws = table.draws();
    int count =
        TrainingPieces.count(
            n,
            multiplications(table.encoder()) * table.views()
                + multiplications(table.decoder()) * draws,
            network.numParams(),
            threads.getAsInt());
    // A piece of many draws takes long, so each thread gets as many.
    return draws > 1 && count > threads.getAsInt() ? count - count % threads.getAsInt() : count;
  }

  /** Of how many samples of a batch there is what layers make at a time. */
  int samplesAtOnce(int n) {
    if (!images) {
      // Dense layers keep it until the gradients of their weights are computed from all pieces.
      return n;
    }
    int pieces = pieces(n);
    return Math.min(n, (n + pieces - 1) / pieces * Math.min(pieces, threads.getAsInt()));
  }

  /** Whether batches are cut, and not a whole one shared out by native code. */
  boolean isCut() {
    return table.stages().stream().noneMatch(StagePlan::couplesSamples);
  }

  private TrainingPieces compile(int n) {
    if (network.getGradientsViewArray() == null) {
      network.initGradientsView();
    }
    if (training.size() == TRAINING_PROGRAMS) {
      Integer oldest = training.keySet().iterator().next();
      Objects.requireNonNull(training.remove(oldest)).close();
    }
    FloatPointer whole = pointer(network.getGradientsViewArray());
    Map<Integer, Kernels> kernels = new HashMap<>();
    try {
      TrainingPieces pieces =
          new TrainingPieces(
              n,
              table.input().size(),
              table.sample().size(),
              pieces(n),
              threads.getAsInt(),
              !isCut(),
              whole,
              owned(),
              (own, first, samples, pointWeights) ->
                  compile(
                      whole,
                      own,
                      new TrainingProgram.Piece(first, samples, n),
                      pointWeights,
                      kernels.computeIfAbsent(samples, key -> new Kernels())));
      training.put(n, pieces);
      return pieces;
    } catch (RuntimeException | OutOfMemoryError e) {
      // oneDNN says no more than that it could not make something.
      throw new AutoencoderException(
          ("a step on a batch of %s samples could not be prepared (%s). It needs about %s MB for"
                  + " what the layers make of them; if memory is short, set batchSize lower")
              .formatted(
                  n, e.getMessage(), NetworkSize.of(table).stepBytes(samplesAtOnce(n)) >> 20),
          e);
    } finally {
      kernels.values().forEach(Kernels::close);
    }
  }

  private TrainingProgram compile(
      FloatPointer whole,
      FloatPointer own,
      TrainingProgram.Piece piece,
      PointWeights pointWeights,
      Kernels kernels) {
    return new TrainingProgram(
        table,
        images,
        output,
        parameters(entry -> isDense(entry) ? whole : own),
        (plan, rows, iteration) ->
            DropoutMask.draw(plan, seed, piece.first() * (rows / piece.n()), rows, iteration),
        seed,
        piece,
        !isCut(),
        isCut() || threads.getAsInt() <= MOST_WAITING ? Parallel.CALLER : null,
        pointWeights,
        workspaces,
        kernels);
  }

  @Override
  public void encode(RowReader samples, int n, float[] codes) {
    int size = codes.length / n;
    run(encoders, samples, n, (row, values) -> values.get(codes, row * size, size));
  }

  @Override
  public void decode(float[] codes, int n, boolean withLink, RowWriter outputs) {
    int size = table.code().size();
    run(
        withLink ? linked : fed,
        (row, memory, at) -> memory.at(at).put(codes, row * size, size),
        n,
        outputs);
  }

  /**
   * Several programs side by side, each on one core, waste nothing on waiting for one another, and
   * reading and writing rows is shared too. Only a single sample, if there is much to do for it, is
   * given all threads, and a call with little to do wakes nobody, unless many of a single sample
   * follow closely on one another.
   */
  private void run(ProgramPool pool, RowReader inputs, int n, RowWriter outputs) {
    long now = version.getAsLong();
    boolean shared = n * pool.multiplications() >= 2 * LEAST_WORK;
    if (shared && n == 1) {
      NativeBackend.onThreads(
          pool.sharesItself() ? 1 : threads.getAsInt(),
          () -> run(pool, true, inputs, 0, n, outputs, now));
      return;
    }
    int lanes = shared ? threads.getAsInt() : 1;
    int piece = pool.piece((n + lanes - 1) / lanes);
    Lanes.SHARED.run(
        (n + piece - 1) / piece,
        lanes,
        i -> run(pool, false, inputs, i * piece, Math.min(piece, n - i * piece), outputs, now));
  }

  private static void run(
      ProgramPool pool,
      boolean allCores,
      RowReader inputs,
      int first,
      int n,
      RowWriter outputs,
      long version) {
    InferenceProgram program = pool.take(n, allCores);
    try {
      program.run(inputs, first, n, outputs, version);
    } catch (RuntimeException | Error e) {
      // Most likely the reader's, but nobody knows what it left behind.
      program.close();
      throw e;
    }
    pool.giveBack(program, allCores);
  }

  @Override
  public void endTraining() {
    training.values().forEach(TrainingPieces::close);
    training.clear();
    workspaces.close();
  }

  @Override
  public void close() {
    endTraining();
    encoders.close();
    linked.close();
    fed.close();
  }
}
