package io.github.autoencoder4j.internal.onednn;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A network compiled for batches of one size: the way there, the loss, and the way back. It may be
 * used by one thread at a time. Running it allocates no native memory.
 */
public final class TrainingProgram implements AutoCloseable {

  private final Graph graph = new Graph();
  private final List<DenseGradients.Left> left = new ArrayList<>();
  private final int first;
  private final int batch;
  private final OutputLoss loss;
  private final List<Step> forward;
  private final List<Step> backward;
  private final FloatBuffer ownInput;
  private final Pointer ownPointer;

  /** Moves to wherever a batch lies, unless another tensor sees its memory. */
  private final Tensor input;

  private final FloatBuffer logits;
  private final FloatBuffer gradient;

  /**
   * Compiles.
   *
   * @param architecture the layers
   * @param stages what happens to codes, in order
   * @param parameters what the network learns
   * @param dropout draws the masks of dropout
   * @param loss the loss at the end
   * @param first the position of the first sample in the whole batch
   * @param batch how many samples the program looks at
   * @param whole whether that is all of it; else {@link DenseGradients} completes the gradient
   */
  public TrainingProgram(
      Architecture architecture,
      List<LatentFunction> stages,
      Parameters parameters,
      Dropout dropout,
      OutputLoss loss,
      int first,
      int batch,
      boolean whole) {
    this.first = first;
    this.batch = batch;
    this.loss = loss;
    boolean images = architecture instanceof ConvArchitecture;
    Compiler compiler = new Compiler(graph, batch, true, parameters, whole ? null : left);
    Tensor own = compiler.plain(architecture.input(), images);
    ownInput = own.buffer();
    ownPointer = own.memory().get_data_handle();
    input = graph.view(own, own.layout(), own.sides());
    Tensor current = input;
    int position = 0;
    for (LayerPlan plan : architecture.encoder()) {
      current = compiler.layer(plan, position++, dropout, current);
    }
    for (LatentFunction stage : stages) {
      current = stage(compiler, stage, compiler.toPlain(current));
      position++;
    }
    for (LayerPlan plan : architecture.decoder()) {
      current = compiler.layer(plan, position++, dropout, current);
    }
    Tensor out = compiler.toPlain(current);
    Tensor slope = graph.like(out);
    compiler.add(compiler.activate(Eltwise.LOGISTIC, out, slope));
    forward = compiler.steps();
    compiler.reverse(slope);
    List<Step> all = compiler.steps();
    backward = List.copyOf(all.subList(forward.size(), all.size()));
    graph.seal();
    logits = out.buffer();
    gradient = slope.buffer();
  }

  /**
   * Whether a network can be compiled.
   *
   * @param architecture the layers
   * @return false if there is no primitive for one of them
   */
  public static boolean supports(Architecture architecture) {
    return Compiler.supports(architecture.encoder()) && Compiler.supports(architecture.decoder());
  }

  private Tensor stage(Compiler compiler, LatentFunction function, Tensor in) {
    Tensor out = graph.like(in);
    FloatBuffer from = in.buffer();
    FloatBuffer to = out.buffer();
    double[] codes = new double[from.capacity()];
    double[] work = new double[from.capacity()];
    compiler.add(
        iteration -> {
          read(from, codes);
          System.arraycopy(codes, 0, work, 0, work.length);
          function.train(work, batch, first, iteration);
          write(work, to);
        });
    compiler.addReverse(
        (gradientOfOutput, needed) -> {
          Tensor plain = compiler.toPlain(gradientOfOutput);
          FloatBuffer values = plain.buffer();
          compiler.add(
              iteration -> {
                read(values, work);
                function.back(codes, work, batch);
                write(work, values);
              });
          return plain;
        });
    return out;
  }

  private static void read(FloatBuffer from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = from.get(i);
    }
  }

  private static void write(double[] from, FloatBuffer to) {
    for (int i = 0; i < from.length; i++) {
      to.put(i, (float) from[i]);
    }
  }

  /**
   * Computes the loss of its samples and the gradients of all parameters.
   *
   * @param samples what the network sees, from the buffer's first value on; read where it lies if
   *     that is native memory
   * @param targets what it is asked for, laid out alike; may be the same buffer
   * @param iteration the number of the training step
   * @return the loss as the {@link OutputLoss} gave it
   */
  public double lossAndGradient(FloatBuffer samples, FloatBuffer targets, int iteration) {
    int count = logits.capacity();
    if (samples.isDirect() && !input.isFixed()) {
      input.move(new FloatPointer(samples.slice(0, count)));
    } else {
      ownInput.put(0, samples, 0, count);
      input.move(ownPointer);
    }
    run(forward, iteration);
    double value = loss.compute(logits, targets, gradient, count);
    run(backward, iteration);
    return value;
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
