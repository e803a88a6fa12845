package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Dl4j;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.training.Training;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Both sides of the part on Deeplearning4j in docs/migration.md. */
class Dl4jSnippetsTest {

  @Test
  void theSameNetwork() {
    INDArray features = Nd4j.createFromArray(Mnist.train().slice(0, 256).toArrays());
    // snippet: dl4j-theirs
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .weightInit(WeightInit.XAVIER)
            .activation(Activation.RELU)
            .updater(new Adam(1e-3))
            .l2(2 * 784 * 1e-4) // what .l2(1e-4) says here
            .list()
            .layer(new DenseLayer.Builder().nOut(128).build())
            .layer(new DenseLayer.Builder().nOut(2).activation(Activation.IDENTITY).build())
            .layer(new DenseLayer.Builder().nOut(128).build())
            .layer(
                new OutputLayer.Builder(LossFunction.XENT)
                    .nOut(784)
                    .activation(Activation.SIGMOID)
                    .build())
            .setInputType(InputType.feedForward(784))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    for (int epoch = 0; epoch < 20; epoch++) {
      network.fit(features, features); // one batch; an iterator for more
    }
    INDArray theirCodes = network.activateSelectedLayers(0, 1, features);
    INDArray theirOutput = network.output(features);
    // end

    // snippet: dl4j-ours
    Autoencoder autoencoder =
        Autoencoder.dense()
            .input(28, 28)
            .hidden(128)
            .bottleneck(2)
            .activation(io.github.autoencoder4j.architecture.Activation.RELU)
            .optimizer(Optimizer.adam(1e-3))
            .l2(1e-4)
            .seed(7)
            .build();
    ImageSource samples = Dl4j.samples(features);
    autoencoder.fit(samples, Training.epochs(20));
    INDArray codes = Dl4j.array(autoencoder.encode(samples), autoencoder.latentShape());
    float[][] output = autoencoder.reconstruct(samples);
    // end

    assertThat(codes.shape()).isEqualTo(theirCodes.shape());
    assertThat(Dl4j.array(output, samples.shape()).shape()).isEqualTo(theirOutput.shape());

    // snippet: dl4j-back
    MultiLayerNetwork stock = Dl4j.stock(autoencoder); // Deeplearning4j's own layers
    INDArray same = stock.output(features);
    // end
    assertThat(same.sub(Nd4j.createFromArray(output)).amaxNumber().doubleValue()).isLessThan(1e-5);
    // The penalty means the same on both sides: theirs is added to a sum over 784 outputs.
    assertThat(network.calcRegularizationScore(true) / 784)
        .isCloseTo(1e-4 * sumOfSquaredWeights(network), within(1e-6));
    assertThat(autoencoder.evaluate(Mnist.test().slice(0, 10)).penalty())
        .isCloseTo(1e-4 * sumOfSquaredWeights(stock), within(1e-6));
  }

  private static double sumOfSquaredWeights(MultiLayerNetwork network) {
    return network.paramTable().entrySet().stream()
        .filter(parameter -> parameter.getKey().endsWith("_W"))
        .mapToDouble(parameter -> Math.pow(parameter.getValue().norm2Number().doubleValue(), 2))
        .sum();
  }
}
