package io.github.autoencoder4j.benchmarks;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.AutoencoderBuilder;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.training.Training;
import java.util.Locale;
import java.util.stream.Stream;

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
  },

  /** What {@code Autoencoder.conv()} makes of photos if nothing else is said, squared error. */
  DOG(64, 100, "dog-64x64x3-8x8x16.pt") {
    @Override
    AutoencoderBuilder<?> builder() {
      return Autoencoder.conv().input(64, 64, 3).latent(8, 8, 16);
    }

    @Override
    ImageSource images(BenchData data) {
      return data.dogs();
    }
  },

  /** The same for larger pictures, whose memory counts. */
  LARGE(16, 10, "large-256x256x3-16x16x32.pt") {
    @Override
    AutoencoderBuilder<?> builder() {
      return Autoencoder.conv().input(256, 256, 3).latent(16, 16, 32);
    }

    @Override
    ImageSource images(BenchData data) {
      return new NoiseImages(new ImageShape(256, 256, 3), 2 * batch());
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

  /**
   * The floating-point operations of a training step for one sample: each product once forward,
   * once for the gradient of the weights and once for that of the input, as if the first layer
   * needed the last too. Biases, activations, loss and optimiser are not counted.
   */
  double trainingFlops() {
    return 3 * inferenceFlops();
  }

  /** The floating-point operations of encoding and decoding a sample, counted likewise. */
  double inferenceFlops() {
    Architecture layers = autoencoder().architecture().orElseThrow();
    return Stream.concat(layers.encoder().stream(), layers.decoder().stream())
        .mapToDouble(ReferenceNetwork::forwardFlops)
        .sum();
  }

  private static double forwardFlops(LayerPlan plan) {
    ImageShape in = plan.input();
    ImageShape out = plan.output();
    // A kernel is laid on every pixel of the smaller image, a matrix on all values at once.
    double pixels = Math.min(in.height() * in.width(), out.height() * out.width());
    return plan.learned().stream()
        .filter(parameter -> parameter.kind() == ParameterSpec.Kind.WEIGHT)
        .mapToDouble(
            parameter -> 2 * (parameter.shape().size() > 2 ? pixels : 1) * parameter.length())
        .sum();
  }
}
