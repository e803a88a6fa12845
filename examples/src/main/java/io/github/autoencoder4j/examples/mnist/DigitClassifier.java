package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.random.RandomStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A judge of drawn pictures: a small network of Deeplearning4j's own layers that learns to tell the
 * classes of real ones apart, and is then asked whether it knows what it is shown.
 */
final class DigitClassifier {

  /** How sure it must be of a class to recognise a picture. */
  static final double CONFIDENCE = 0.9;

  private static final int BATCH = 128;

  private final MultiLayerNetwork network;

  private DigitClassifier(MultiLayerNetwork network) {
    this.network = network;
  }

  /** The classifier of this run, trained by the first task that needs it. */
  static DigitClassifier trained(TaskRun lab) {
    return lab.shared("digit-classifier", () -> train(lab));
  }

  private static DigitClassifier train(TaskRun lab) {
    LabeledImageSource images = lab.train();
    int classes = images.classNames().size();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(lab.seed())
                .updater(new Adam(1e-3))
                .list(
                    new DenseLayer.Builder()
                        .nIn(images.shape().size())
                        .nOut(256)
                        .activation(Activation.RELU)
                        .build(),
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(256)
                        .nOut(classes)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    for (int epoch = 0; epoch < 4 && !lab.cancelled(); epoch++) {
      int[] order = RandomStream.of(lab.seed(), "classifier", epoch).permutation(images.size());
      for (int start = 0; start + BATCH <= order.length; start += BATCH) {
        float[][] pixels = new float[BATCH][];
        float[][] wanted = new float[BATCH][classes];
        for (int i = 0; i < BATCH; i++) {
          pixels[i] = images.get(order[start + i]);
          wanted[i][images.label(order[start + i])] = 1;
        }
        network.fit(Nd4j.createFromArray(pixels), Nd4j.createFromArray(wanted));
      }
    }
    return new DigitClassifier(network);
  }

  /** The share of labelled images whose most likely class is the right one. */
  double accuracy(LabeledImageSource images) {
    float[][] probabilities = classify(images.toArrays());
    int right = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (mostLikely(probabilities[i]) == images.label(i)) {
        right++;
      }
    }
    return (double) right / images.size();
  }

  /** Of how many images it is at least as sure as of a picture it recognises. */
  int sure(ImageSource images) {
    int sure = 0;
    for (float[] each : classify(images.toArrays())) {
      sure += each[mostLikely(each)] >= CONFIDENCE ? 1 : 0;
    }
    return sure;
  }

  /** The probability of each class for each picture. */
  float[][] classify(float[][] pictures) {
    INDArray output = network.output(Nd4j.createFromArray(pictures));
    return output.toFloatMatrix();
  }

  static int mostLikely(float[] probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[best]) {
        best = i;
      }
    }
    return best;
  }
}
