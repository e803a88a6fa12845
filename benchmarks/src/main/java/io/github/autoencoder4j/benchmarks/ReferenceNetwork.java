package io.github.autoencoder4j.benchmarks;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.AutoencoderBuilder;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.training.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The networks on which all peers are compared. */
enum ReferenceNetwork {
  /** 784-512-256-64-2 and back, cross-entropy. */
  DENSE(128, 300, "dense-784-512-256-64-2.pt") {
    @Override
    AutoencoderBuilder<?> builder() {
      return Autoencoder.dense()
          .input(28, 28)
          .hidden(512, 256, 64)
          .bottleneck(2)
          .activation(Activation.RELU)
          .loss(Loss.BINARY_CROSS_ENTROPY);
    }

    @Override
    ImageSource images(BenchData data) {
      return data.digits();
    }
  },

  /** 64x64x3 to 8x8x16 and back by 4x4 kernels of stride 2, squared error. */
  CONV(64, 100, "conv-64x64x3-8x8x16.pt") {
    @Override
    AutoencoderBuilder<?> builder() {
      return conv(64, 32, 64);
    }

    @Override
    ImageSource images(BenchData data) {
      return data.dogs();
    }
  };

  static final double LEARNING_RATE = 1e-3;

  private final int batch;
  private final int learningSteps;
  private final String twin;

  ReferenceNetwork(int batch, int learningSteps, String twin) {
    this.batch = batch;
    this.learningSteps = learningSteps;
    this.twin = twin;
  }

  abstract AutoencoderBuilder<?> builder();

  /** Whole batches of its data. */
  abstract ImageSource images(BenchData data);

  static AutoencoderBuilder<?> conv(int side, int... widths) {
    return Autoencoder.conv()
        .input(side, side, 3)
        .latent(side / 8, side / 8, 16)
        .widths(widths)
        .kernel(4)
        .resampling(Resampling.STRIDED)
        .residualBlocks(0)
        .activation(Activation.RELU)
        .loss(Loss.MEAN_SQUARED_ERROR);
  }

  Autoencoder autoencoder() {
    return builder().optimizer(Optimizer.adam(LEARNING_RATE)).build();
  }

  /**
   * A network with first weights. Only a trained one hands them out, so it has made a step that is
   * zero in 32 bits.
   */
  Autoencoder untrained(ImageSource images) {
    Optimizer still = Optimizer.sgd(1e-300);
    Autoencoder autoencoder = builder().optimizer(still).build();
    autoencoder.fit(images.slice(0, batch), Training.epochs(1).batchSize(batch));
    return autoencoder;
  }

  int batch() {
    return batch;
  }

  /** After how many steps the losses of two peers are compared. */
  int learningSteps() {
    return learningSteps;
  }

  /** The file of the same network in TorchScript. */
  String twin() {
    return twin;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ReferenceNetwork of(Job job) {
    return job.key().startsWith("dense.") ? DENSE : CONV;
  }

  /**
   * The floating-point operations of a training step for one sample: each product once forward,
   * once for the gradient of the weights and once for that of the input, as if the first layer
   * needed the last too. Biases, activations, loss and optimiser are not counted.
   */
  double trainingFlops() {
    Architecture layers = autoencoder().architecture().orElseThrow();
    List<LayerPlan> plans = new ArrayList<>(layers.encoder());
    plans.addAll(layers.decoder());
    return 3 * plans.stream().mapToDouble(ReferenceNetwork::forwardFlops).sum();
  }

  private static double forwardFlops(LayerPlan plan) {
    ImageShape in = plan.input();
    ImageShape out = plan.output();
    if (plan instanceof ConvLayerPlan conv) {
      // A kernel is laid on every pixel of the smaller image.
      double pixels = Math.min(in.height() * in.width(), out.height() * out.width());
      return 2 * pixels * in.channels() * out.channels() * conv.kernel() * conv.kernel();
    }
    return 2.0 * in.size() * out.size();
  }
}
