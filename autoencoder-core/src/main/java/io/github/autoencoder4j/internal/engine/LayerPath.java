package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.compute.RowReader;
import io.github.autoencoder4j.internal.compute.RowWriter;
import io.github.autoencoder4j.internal.onednn.ResidentMemory;
import io.github.autoencoder4j.internal.samples.SampleMemory;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The path that runs everywhere: the network's own layers, on ND4J's operations. */
// Scopes outside of workspaces are held open, never read.
@SuppressWarnings("try")
final class LayerPath implements ComputePath {

  /** A layer makes at most so many values at a time, a gigabyte, unless one sample has more. */
  private static final int MOST_VALUES = 1 << 28;

  /** Values of a layer beside whose computation it takes no time to look at the process. */
  private static final int LARGE = 1 << 20;

  private static final double[] NONE = {};

  private final Network table;
  private final MultiLayerNetwork network;
  private final boolean images;
  private final int most;
  private final List<InferenceLayer> encoder = new ArrayList<>();
  private final List<LatentLayer> stages = new ArrayList<>();
  private final List<InferenceLayer> decoder = new ArrayList<>();
  private final IntSupplier threads;
  private final LayerContraction contraction;
  private final BatchBuffer inputBuffer;
  private final BatchBuffer targetBuffer;

  LayerPath(Spec spec, Network table, MultiLayerNetwork network, IntSupplier threads) {
    this.table = table;
    this.network = network;
    this.threads = threads;
    this.images = !table.isFlat();
    this.most = Math.max(1, MOST_VALUES / NetworkSize.of(table).widest());
    this.inputBuffer = new BatchBuffer(table.input(), images);
    this.targetBuffer = new BatchBuffer(table.sample(), images);
    Layer[] layers = network.getLayers();
    int encoderEnd = table.encoder().size();
    int decoderStart = encoderEnd + table.stages().size();
    for (int i = 0; i < encoderEnd; i++) {
      encoder.add((InferenceLayer) layers[i]);
    }
    for (int i = encoderEnd; i < decoderStart; i++) {
      stages.add((LatentLayer) layers[i]);
    }
    for (int i = 0; i < stages.size(); i++) {
      if (table.stages().get(i).stage().draws() > 1) {
        ((ReconstructionLayer) network.getOutputLayer()).weigh(stages.get(i));
      }
    }
    for (int i = decoderStart; i < layers.length; i++) {
      decoder.add((InferenceLayer) layers[i]);
    }
    contraction = new LayerContraction(spec.seed(), table, network, encoder, stages);
  }

  // The same buffer is copied once; to find equal ones would take longer than to copy them.
  @SuppressWarnings("ReferenceEquality")
  @Override
  public Objective gradient(FloatBuffer input, FloatBuffer target, int n) {
    INDArray in = inputBuffer.filled(input, n);
    return gradient(in, target == input ? in : targetBuffer.filled(target, n));
  }

  Objective gradient(INDArray input, INDArray target) {
    int draws = table.draws();
    // Each sample again a small step away if its codes are compared; the labels once.
    network.setInput(table.views() > 1 ? contraction.twice(input) : input);
    network.setLabels(target);
    setDraws(draws);
    double[] conditions = table.conditions() == 0 ? NONE : conditions(input, draws);
    stages.forEach(stage -> stage.setConditions(conditions));
    contraction.begin();
    try {
      NativeBackend.onThreads(threads.getAsInt(), network::computeGradientAndScore);
      contraction.addGradient();
    } finally {
      // Those who were handed the network train it as they like.
      setDraws(1);
      contraction.end();
    }
    double[] terms = stages.stream().flatMapToDouble(LatentLayer::terms).toArray();
    return table.objective(
        ((ReconstructionLayer) network.getOutputLayer()).loss(), terms, input.size(0));
  }

  /** The first stage sees what the encoder yields for a sample as often as codes are drawn. */
  private void setDraws(int draws) {
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).setDraws(draws, i == 0 ? draws : 1);
    }
  }

  /** What lies behind the samples, as often as codes are drawn for each. */
  private double[] conditions(INDArray input, int draws) {
    double[] samples = Buffers.doubles(input);
    int width = table.input().size();
    int count = table.conditions();
    double[] conditions = new double[samples.length / width * draws * count];
    for (int i = 0; i < conditions.length; i++) {
      int sample = i / count / draws;
      conditions[i] = samples[sample * width + table.conditionAt(i % count)];
    }
    return conditions;
  }

  @Override
  public void encode(RowReader samples, int n, float[] codes) {
    int size = codes.length / n;
    apply(encoder, samples, n, table.input(), (row, values) -> values.get(codes, row * size, size));
  }

  @Override
  public void decode(float[] codes, int n, boolean linked, RowWriter outputs) {
    List<InferenceLayer> layers = linked ? decoder : decoder.subList(0, decoder.size() - 1);
    int size = table.code().size();
    apply(
        layers,
        (row, memory, at) -> memory.at(at).put(codes, row * size, size),
        n,
        table.code(),
        outputs);
  }

  private void apply(
      List<InferenceLayer> layers, RowReader inputs, int n, ImageShape shape, RowWriter outputs) {
    NativeBackend.onThreads(
        threads.getAsInt(),
        () -> {
          for (int first = 0; first < n; first += most) {
            int from = first;
            applyHere(
                layers,
                (row, memory, at) -> inputs.read(from + row, memory, at),
                Math.min(most, n - from),
                shape,
                (row, values) -> outputs.write(from + row, values));
          }
        });
  }

  private void applyHere(
      List<InferenceLayer> layers, RowReader inputs, int n, ImageShape shape, RowWriter outputs) {
    // A caller's workspace must not own what outlives it.
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray in =
            Nd4j.createUninitialized(DataType.FLOAT, Engine.shape(shape, n, images), 'c')) {
      FloatBuffer input = Buffers.of(in);
      SampleMemory row = SampleMemory.inHeap(shape.size());
      for (int i = 0; i < n; i++) {
        inputs.read(i, row, 0);
        input.put(row.at(0));
      }
      try (INDArray out = run(layers, in)) {
        FloatBuffer output = Buffers.of(out).slice();
        for (int i = 0; i < n; i++) {
          outputs.write(i, output.position(i * (output.limit() / n)));
        }
      }
    }
  }

  private static INDArray run(List<InferenceLayer> layers, INDArray input) {
    INDArray current = input;
    for (InferenceLayer layer : layers) {
      INDArray next = layer.infer(current);
      long values = Math.max(current.length(), next.length());
      if (current != input) {
        current.close();
      }
      if (values >= LARGE) {
        ResidentMemory.giveBack();
      }
      current = next;
    }
    return current;
  }

  @Override
  public void endTraining() {
    // Not network.clear(), which forgets the optimiser too.
    for (Layer layer : network.getLayers()) {
      layer.clear();
    }
    network.setInput(null);
    network.setLabels(null);
    inputBuffer.close();
    targetBuffer.close();
  }

  @Override
  public void close() {
    endTraining();
  }
}
