package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.onednn.InferenceProgram;
import io.github.autoencoder4j.internal.onednn.Parameters;
import io.github.autoencoder4j.internal.onednn.RowReader;
import io.github.autoencoder4j.internal.onednn.RowWriter;
import io.github.autoencoder4j.internal.onednn.TrainingProgram;
import io.github.autoencoder4j.loss.Loss;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The fast path: programs for oneDNN, one for each batch size met in training, and a pool of them
 * for inference, where batches are cut or padded to powers of two.
 */
final class OneDnnPath implements ComputePath {

  /** A run meets two batch sizes, the second for what is left at the end of an epoch. */
  private static final int TRAINING_PROGRAMS = 2;

  /** As many multiplications take a core about 50 microseconds: less is not worth sharing. */
  private static final long LEAST_WORK = 4_000_000;

  private final Architecture architecture;
  private final List<StageFunction> stages;
  private final Loss loss;
  private final long seed;
  private final MultiLayerNetwork network;
  private final boolean images;
  private final LongSupplier version;
  private final ProgramPool encoders;
  private final ProgramPool decoders;
  private final ProgramPool logits;

  private final Map<Integer, TrainingProgram> training =
      new LinkedHashMap<>(4, 0.75f, /* accessOrder= */ true);

  OneDnnPath(
      NetworkPlan plan,
      List<StageFunction> stages,
      MultiLayerNetwork network,
      LongSupplier version) {
    this.architecture = plan.architecture();
    this.stages = stages;
    this.loss = plan.loss();
    this.seed = plan.seed();
    this.network = network;
    this.version = version;
    this.images = architecture instanceof ConvArchitecture;
    int decoderStart = architecture.encoder().size() + stages.size();
    encoders = pool(architecture.encoder(), 0, false);
    decoders = pool(architecture.decoder(), decoderStart, true);
    logits = pool(architecture.decoder(), decoderStart, false);
  }

  private ProgramPool pool(List<LayerPlan> layers, int first, boolean sigmoid) {
    return new ProgramPool(
        largest(layers),
        layers.stream().mapToLong(OneDnnPath::multiplications).sum(),
        capacity -> new InferenceProgram(layers, first, parameters(), sigmoid, images, capacity));
  }

  private static int largest(List<LayerPlan> layers) {
    return layers.stream()
        .mapToInt(plan -> Math.max(plan.input().size(), plan.output().size()))
        .max()
        .orElseThrow();
  }

  /** About how many a sample takes. */
  private static long multiplications(LayerPlan plan) {
    ImageShape in = plan.input();
    ImageShape out = plan.output();
    if (plan instanceof DenseLayerPlan) {
      return (long) in.size() * out.size();
    }
    // Each weight is used once for every pixel of the smaller image.
    return plan.parameters() * Math.min(in.height() * in.width(), out.height() * out.width());
  }

  /** The arrays of the network where they lie. */
  private Parameters parameters() {
    FloatPointer values = pointer(network.params());
    INDArray gradientMemory = network.getGradientsViewArray();
    FloatPointer gradients = gradientMemory == null ? null : pointer(gradientMemory);
    List<List<Long>> offsets = offsets();
    return (layer, index) -> {
      long at = offsets.get(layer).get(index);
      return new Parameters.Parameter(
          values.getPointer(FloatPointer.class, at),
          gradients == null ? null : gradients.getPointer(FloatPointer.class, at));
    };
  }

  private static FloatPointer pointer(INDArray array) {
    return new FloatPointer(array.data().addressPointer());
  }

  /** Where each array of each layer starts; latent stages have none. */
  private List<List<Long>> offsets() {
    List<List<Long>> offsets = new ArrayList<>();
    long at = addOffsets(architecture.encoder(), 0, offsets);
    stages.forEach(stage -> offsets.add(List.of()));
    addOffsets(architecture.decoder(), at, offsets);
    return offsets;
  }

  private static long addOffsets(List<LayerPlan> layers, long start, List<List<Long>> offsets) {
    long at = start;
    for (LayerPlan plan : layers) {
      List<Long> ofLayer = new ArrayList<>();
      for (ParameterPlan parameter : ParameterPlan.of(plan)) {
        ofLayer.add(at);
        at += parameter.length();
      }
      offsets.add(ofLayer);
    }
    return at;
  }

  @Override
  public double lossAndGradient(FloatBuffer input, FloatBuffer target, int n) {
    TrainingProgram program = training.get(n);
    if (program == null) {
      program = compile(n);
    }
    return program.lossAndGradient(input, target, network.getIterationCount());
  }

  private TrainingProgram compile(int n) {
    if (network.getGradientsViewArray() == null) {
      network.initGradientsView();
    }
    if (training.size() == TRAINING_PROGRAMS) {
      Integer oldest = training.keySet().iterator().next();
      Objects.requireNonNull(training.remove(oldest)).close();
    }
    TrainingProgram program =
        new TrainingProgram(
            architecture,
            List.copyOf(stages),
            parameters(),
            (plan, length, iteration) -> DropoutMask.draw(plan, seed, length, iteration),
            (logits, targets, gradient, count) ->
                ReconstructionLoss.compute(loss, logits, targets, gradient, count),
            n);
    training.put(n, program);
    return program;
  }

  @Override
  public void encode(RowReader samples, int n, float[] codes) {
    int size = architecture.latent().size();
    run(encoders, samples, n, (row, values) -> values.get(codes, row * size, size));
  }

  @Override
  public void decode(float[] codes, int n, boolean sigmoid, RowWriter outputs) {
    int size = architecture.latent().size();
    run(
        sigmoid ? decoders : logits,
        (row, memory, at) -> memory.at(at).put(codes, row * size, size),
        n,
        outputs);
  }

  /**
   * Several programs side by side, each on one core, waste nothing on waiting for one another, and
   * reading and writing rows is shared too. Only a single sample, if there is much to do for it, is
   * given all cores, and a call with little to do wakes nobody.
   */
  private void run(ProgramPool pool, RowReader inputs, int n, RowWriter outputs) {
    long now = version.getAsLong();
    boolean shared = n * pool.multiplications() >= 2 * LEAST_WORK;
    if (shared && n == 1) {
      run(pool, true, inputs, 0, n, outputs, now);
      return;
    }
    int lanes = shared ? Lanes.SHARED.width() : 1;
    int piece = pool.piece((n + lanes - 1) / lanes);
    Lanes.SHARED.run(
        (n + piece - 1) / piece,
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
    // After a failure, which only the reader can have, it is not given back but left to the
    // garbage collector.
    program.run(inputs, first, n, outputs, version);
    pool.giveBack(program, allCores);
  }

  @Override
  public void endTraining() {
    training.values().forEach(TrainingProgram::close);
    training.clear();
  }
}
