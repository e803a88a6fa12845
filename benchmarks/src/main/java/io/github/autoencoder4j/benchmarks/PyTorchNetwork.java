package io.github.autoencoder4j.benchmarks;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.Pair;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One TorchScript twin: once to train, and once to run, which DJL needs a second model for. */
final class PyTorchNetwork implements AutoCloseable {

  private static final float TINY = 1e-7f;

  private final ReferenceNetwork reference;
  private final Model trained;
  private final Trainer trainer;
  private final Model run;
  private final ParameterStore runParameters;
  private final NDManager manager;
  private final NDArray samples;
  private final List<NDArray> weights = new ArrayList<>();
  private int position;

  PyTorchNetwork(ReferenceNetwork reference, ImageSource images) throws IOException {
    this.reference = reference;
    trained = load(reference, Map.of("trainParam", "true"));
    trainer =
        trained.newTrainer(
            // The loss is not used: see loss(...).
            new DefaultTrainingConfig(Loss.l2Loss())
                .optOptimizer(
                    Adam.builder()
                        .optLearningRateTracker(
                            Tracker.fixed((float) ReferenceNetwork.LEARNING_RATE))
                        .build()));
    manager = trainer.getManager().newSubManager();
    samples = array(manager, images);
    trainer.initialize(batchShape());
    for (Pair<String, Parameter> parameter : trained.getBlock().getParameters()) {
      weights.add(parameter.getValue().getArray());
    }
    run = load(reference, Map.of());
    runParameters = new ParameterStore(run.getNDManager(), false);
  }

  private static Model load(ReferenceNetwork reference, Map<String, String> options)
      throws IOException {
    Model model = Model.newInstance(reference.key(), "PyTorch");
    try {
      model.load(Path.of(System.getProperty("bench.home"), "peers"), reference.twin(), options);
    } catch (MalformedModelException e) {
      throw new IOException("%s is no TorchScript".formatted(reference.twin()), e);
    }
    return model;
  }

  private static NDArray array(NDManager manager, ImageSource images) {
    ImageShape shape = images.shape();
    float[] values = new float[images.size() * shape.size()];
    for (int i = 0; i < images.size(); i++) {
      images.read(i, values, i * shape.size());
    }
    return manager.create(
        values,
        shape.channels() == 1
            ? new Shape(images.size(), shape.size())
            : new Shape(images.size(), shape.channels(), shape.height(), shape.width()));
  }

  private Shape batchShape() {
    return new Shape(reference.batch()).addAll(samples.getShape().slice(1));
  }

  /** A view, not a copy. */
  private NDArray nextBatch(NDManager step, int size) {
    // What is left behind the last whole batch is passed over.
    int from = position + size > samples.getShape().get(0) ? 0 : position;
    position = from + size;
    return samples.get(step, NDIndex.sliceAxis(0, from, from + size));
  }

  /** One batch forward and back, with or without a step of the optimiser. */
  void train(boolean step) {
    try (NDManager scope = manager.newSubManager()) {
      train(scope, nextBatch(scope, reference.batch()), step);
    }
  }

  /** One step on a batch of one's own; returns the loss before it. */
  double train(ImageSource batch) {
    try (NDManager scope = manager.newSubManager()) {
      return train(scope, array(scope, batch), true);
    }
  }

  private double train(NDManager scope, NDArray batch, boolean step) {
    // DJL leaves handles to gradients where the weights are. Closed with the scope, they do not
    // pile up, which would slow down each step more than the one before.
    weights.forEach(weight -> weight.attach(scope));
    try {
      double value;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDArray output = trainer.forward(new NDList(batch)).singletonOrThrow();
        output.attach(scope);
        NDArray loss = loss(batch, output);
        collector.backward(loss);
        value = loss.getFloat();
      }
      if (step) {
        trainer.step();
      }
      return value;
    } finally {
      weights.forEach(weight -> weight.attach(manager));
    }
  }

  private NDArray loss(NDArray target, NDArray output) {
    if (reference != ReferenceNetwork.DENSE) {
      return output.sub(target).square().mean();
    }
    // DJL's own cross-entropy of probabilities has the wrong sign. t log p + (1 - t) log(1 - p)
    // is t (log p - log(1 - p)) + log(1 - p).
    NDArray p = output.clip(TINY, 1 - TINY);
    NDArray ofZero = p.neg().add(1).log();
    return p.log().sub(ofZero).mul(target).add(ofZero).mean().neg();
  }

  void infer(int size) {
    try (NDManager scope = run.getNDManager().newSubManager()) {
      NDArray batch = nextBatch(scope, size);
      NDList output = run.getBlock().forward(runParameters, new NDList(batch), false);
      output.attach(scope);
    }
  }

  /**
   * Copies weights in. Ours lie layer by layer as PyTorch's do: matrices by output, kernels in the
   * same order. Only the biases of convolutions come first here and second there.
   */
  void setWeights(FloatBuffer all) {
    boolean biasFirst = reference != ReferenceNetwork.DENSE;
    for (int i = 0; i < weights.size(); i += 2) {
      NDArray weight = weights.get(i);
      NDArray bias = weights.get(i + 1);
      set(biasFirst ? bias : weight, all);
      set(biasFirst ? weight : bias, all);
    }
    if (all.hasRemaining()) {
      throw new IllegalStateException(
          "%d weights fit nowhere in %s".formatted(all.remaining(), reference.twin()));
    }
  }

  private static void set(NDArray array, FloatBuffer all) {
    float[] values = new float[(int) array.size()];
    all.get(values);
    array.set(values);
  }

  @Override
  public void close() {
    manager.close();
    trainer.close();
    trained.close();
    run.close();
  }
}
