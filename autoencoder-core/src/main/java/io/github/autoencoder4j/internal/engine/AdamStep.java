package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.ParameterSpec.Kind;
import io.github.autoencoder4j.internal.onednn.GradientUser;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Network;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Adam (Kingma and Ba, ICLR 2015) in one pass over memory, penalties and the step itself included,
 * on the state that Deeplearning4j's updater keeps, so that the two can take turns.
 *
 * <p>Besides saving passes it never lets numbers become subnormal. Where gradients stay zero,
 * behind dead rectifiers or blank margins, the moments fade towards zero, and a processor is some
 * hundred times slower on the smallest numbers, where they would stay for ever.
 */
final class AdamStep {

  /** Adding and subtracting it rounds to multiples of about 1e-32, and changes nothing else. */
  private static final float FLOOR = 1e-25f;

  /** Four arrays of so many values fit the first cache of a core. */
  private static final int CHUNK = 1024;

  /** For each thread, so that one that is held up is not waited for long. */
  private static final int PIECES = 4;

  /** Fewer parameters than this are moved sooner than another core is woken. */
  private static final int LEAST_SHARED = 1 << 17;

  /** A run of parameters that penalties treat alike. */
  private record Segment(int start, int end, boolean penalized) {}

  private final MultiLayerNetwork network;
  private final Penalty penalty;
  private final Lanes lanes;
  private final int leastShared;
  private final List<Segment> segments = new ArrayList<>();

  /** Whether the moments were set to zero after steps were made. */
  private boolean restarted;

  /** Those that no thread is using, kept so that a step takes no memory. */
  private final Queue<Chunk> chunks = new ConcurrentLinkedQueue<>();

  AdamStep(MultiLayerNetwork network, Network table, Penalty penalty) {
    this(network, table, penalty, Lanes.SHARED, LEAST_SHARED);
  }

  AdamStep(
      MultiLayerNetwork network, Network table, Penalty penalty, Lanes lanes, int leastShared) {
    this.network = network;
    this.penalty = penalty;
    this.lanes = lanes;
    this.leastShared = leastShared;
    boolean any = penalty.l1() > 0 || penalty.l2() > 0;
    for (Network.Entry entry : table.parameters()) {
      Kind kind = entry.spec().kind();
      // Nobody's gradient moves state.
      if (kind != Kind.STATE) {
        segments.add(new Segment(entry.offset(), entry.end(), any && kind == Kind.WEIGHT));
      }
    }
  }

  /**
   * Says that the moments are zero again. Adam expects that at its first step only, and would go
   * several times too far at a later one. So the next step takes them for what they were if all
   * gradients before had been like its own.
   */
  void restart() {
    restarted = true;
  }

  /**
   * Follows the gradient in the network's gradient memory.
   *
   * @param scale what to multiply the gradient by before penalties are added
   * @param threads how many work at a time
   * @return false, and nothing is done, if the optimiser is not Adam on 32-bit floats
   */
  boolean apply(
      BaseMultiLayerUpdater<?> updater, int iteration, int epoch, double scale, int threads) {
    GradientUser step = begin(updater, iteration, epoch, scale);
    if (step == null) {
      return false;
    }
    long length = network.numParams();
    int pieces = length < leastShared ? 1 : PIECES * threads;
    lanes.run(
        pieces,
        threads,
        i -> step.use((int) (i * length / pieces), (int) ((i + 1) * length / pieces)));
    return true;
  }

  /**
   * Begins a step that follows each parameter's gradient once it is in the network's gradient
   * memory. It has to be used for all of them, in any order, by any threads.
   *
   * @param scale what to multiply the gradient by before penalties are added
   * @return null if the optimiser is not Adam on 32-bit floats
   */
  @Nullable GradientUser begin(
      BaseMultiLayerUpdater<?> updater, int iteration, int epoch, double scale) {
    INDArray state = updater.getStateViewArray();
    Adam adam = adam(updater);
    if (adam == null || state == null || state.dataType() != DataType.FLOAT) {
      return null;
    }
    double rate = adam.getLearningRate(iteration, epoch);
    double t = iteration + 1.0;
    float step =
        (float)
            (rate
                * Math.sqrt(1 - Math.pow(adam.getBeta2(), t))
                / (1 - Math.pow(adam.getBeta1(), t)));
    Memory memory =
        new Memory(
            Buffers.of(network.getGradientsViewArray()).slice(),
            Buffers.of(state).slice(),
            Buffers.of(network.params()).slice());
    float known1 = restarted ? (float) (1 - Math.pow(adam.getBeta1(), iteration)) : 0;
    float known2 = restarted ? (float) (1 - Math.pow(adam.getBeta2(), iteration)) : 0;
    restarted = false;
    return (from, to) -> {
      Chunk chunk = chunks.poll();
      if (chunk == null) {
        chunk = new Chunk(new float[CHUNK], new float[CHUNK], new float[CHUNK], new float[CHUNK]);
      }
      moveAll(chunk, memory, from, to, adam, step, (float) scale, known1, known2);
      chunks.add(chunk);
    };
  }

  /** What one core has in its cache. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
  private record Chunk(float[] gradient, float[] first, float[] second, float[] value) {}

  /** Where things lie; each parameter's first moment comes before all second ones. */
  private record Memory(FloatBuffer gradients, FloatBuffer moments, FloatBuffer values) {}

  /** Moves the parameters from one on up to another, each on its own: order changes nothing. */
  private void moveAll(
      Chunk chunk,
      Memory memory,
      int from,
      int to,
      Adam adam,
      float step,
      float scale,
      float known1,
      float known2) {
    float[] gradient = chunk.gradient();
    float[] first = chunk.first();
    float[] second = chunk.second();
    float[] value = chunk.value();
    int length = memory.values().capacity();
    for (Segment segment : segments) {
      int end = Math.min(to, segment.end());
      for (int at = Math.max(from, segment.start()); at < end; at += CHUNK) {
        int n = Math.min(CHUNK, end - at);
        memory.gradients().get(at, gradient, 0, n);
        memory.values().get(at, value, 0, n);
        memory.moments().get(at, first, 0, n);
        memory.moments().get(length + at, second, 0, n);
        if (scale != 1) {
          multiply(gradient, n, scale);
        }
        if (segment.penalized()) {
          addPenalty(gradient, value, n, (float) penalty.l1(), (float) (2 * penalty.l2()));
        }
        if (known1 > 0) {
          start(gradient, first, second, n, known1, known2);
        }
        move(
            gradient,
            first,
            second,
            value,
            n,
            (float) adam.getBeta1(),
            (float) adam.getBeta2(),
            (float) adam.getEpsilon(),
            step);
        memory.moments().put(at, first, 0, n);
        memory.moments().put(length + at, second, 0, n);
        memory.values().put(at, value, 0, n);
      }
    }
  }

  /** The settings if one Adam moves all parameters, else null. */
  private static @Nullable Adam adam(BaseMultiLayerUpdater<?> updater) {
    List<UpdaterBlock> blocks = updater.getUpdaterBlocks();
    return blocks.size() == 1
            && blocks.get(0).getGradientUpdater().getConfig() instanceof Adam adam
            && adam.getClass() == Adam.class
        ? adam
        : null;
  }

  private static void multiply(float[] gradient, int n, float scale) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= scale;
    }
  }

  private static void addPenalty(float[] gradient, float[] value, int n, float l1, float l2) {
    for (int i = 0; i < n; i++) {
      gradient[i] += l2 * value[i] + l1 * Math.signum(value[i]);
    }
  }

  private static void start(
      float[] gradient, float[] first, float[] second, int n, float known1, float known2) {
    for (int i = 0; i < n; i++) {
      first[i] = known1 * gradient[i];
      second[i] = known2 * gradient[i] * gradient[i];
    }
  }

  // Small and without branches, so that the compiler turns it into vector instructions.
  private static void move(
      float[] gradient,
      float[] first,
      float[] second,
      float[] value,
      int n,
      float beta1,
      float beta2,
      float epsilon,
      float step) {
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int i = 0; i < n; i++) {
      float g = gradient[i];
      float m = (beta1 * first[i] + rest1 * g + FLOOR) - FLOOR;
      float v = (beta2 * second[i] + rest2 * g * g + FLOOR) - FLOOR;
      first[i] = m;
      second[i] = v;
      value[i] -= step * m / ((float) Math.sqrt(v) + epsilon);
    }
  }
}
