package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Initialization;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.training.Training;
import java.util.List;

/**
 * The variational autoencoder of PyTorch's examples on grey digits. Cross-entropies of grey pixels
 * are no likelihood, but the figure is the one that most people have seen.
 *
 * @param id the name on the command line
 * @param code how many numbers a code has
 * @param hidden how wide the hidden layer is
 * @param epochs how long it is trained
 * @param published nats an image on the test images
 */
record GreyDigitsVae(String id, int hidden, int code, int epochs, double published)
    implements Proof {

  /** How far two runs of the source lie apart, with room for another stream of random numbers. */
  private static final double TOLERANCE = 0.3;

  @Override
  public String conditions() {
    return ("Variational autoencoder 784-%d-%d and back, ReLU, %d epochs of Adam at 0.001 in batches"
            + " of 128, first weights as PyTorch draws them; cross-entropy of the grey pixels plus KL"
            + " on the 10,000 test images.")
        .formatted(hidden, code, epochs);
  }

  @Override
  public String source() {
    return "pytorch/examples, vae";
  }

  @Override
  public List<Figure> run(long seed) {
    try (Autoencoder digits =
        Autoencoder.dense()
            .hidden(hidden)
            .bottleneck(code)
            .activation(Activation.RELU)
            .variational()
            .initialization(Initialization.FAN_IN_UNIFORM)
            .optimizer(Optimizer.adam(1e-3))
            .seed(seed)
            .build()) {
      digits.fit(Mnist.train(), Training.epochs(epochs).batchSize(128));
      Objective objective = digits.evaluate(Mnist.test()).objective();
      int pixels = Mnist.test().shape().size();
      return List.of(
          Figure.near("nats an image", published, TOLERANCE, objective.total() * pixels),
          Figure.beside("of these KL", objective.terms().getOrDefault("kl", 0.0) * pixels));
    }
  }
}
