package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Tells classes apart by weighted sums of features and nothing else, as a linear support vector
 * machine does: a squared hinge for each class against all others, by Deeplearning4j. Features are
 * scaled to a mean square of 1.
 */
final class LinearClassifier {

  private static final int BATCH = 100;
  private static final int PORTION = 2_000;

  private final MultiLayerNetwork network;
  private final float scale;

  private LinearClassifier(MultiLayerNetwork network, float scale) {
    this.network = network;
    this.scale = scale;
  }

  /**
   * Trains.
   *
   * @param features {@code [n][values]}
   * @param labels from 0
   * @param classes how many there are
   * @param l2 the weight of half the sum of the squared weights
   * @param epochs how many; the learning rate is a tenth in the last third, a hundredth in the last
   *     ninth
   * @param seed chooses the first weights and the order
   */
  static LinearClassifier train(
      float[][] features, int[] labels, int classes, double l2, int epochs, long seed) {
    MapSchedule.Builder rates = new MapSchedule.Builder(ScheduleType.EPOCH).add(0, 1e-3);
    if (epochs > 8) {
      rates.add(epochs - epochs / 3, 1e-4).add(epochs - epochs / 9, 1e-5);
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(rates.build()))
                .l2(l2)
                .list(
                    new OutputLayer.Builder(LossFunction.SQUARED_HINGE)
                        .nIn(features[0].length)
                        .nOut(classes)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    network.init();
    LinearClassifier classifier = new LinearClassifier(network, scale(features));
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = RandomStream.of(seed, "classifier", epoch).permutation(labels.length);
      for (int start = 0; start + BATCH <= order.length; start += BATCH) {
        List<float[]> rows = new ArrayList<>();
        float[][] wanted = new float[BATCH][classes];
        for (int i = 0; i < BATCH; i++) {
          rows.add(features[order[start + i]]);
          Arrays.fill(wanted[i], -1);
          wanted[i][labels[order[start + i]]] = 1;
        }
        network.fit(classifier.array(rows), Nd4j.createFromArray(wanted));
      }
      network.incrementEpochCount();
    }
    return classifier;
  }

  private static float scale(float[][] features) {
    double squares = 0;
    for (float[] row : features) {
      for (float value : row) {
        squares += (double) value * value;
      }
    }
    double mean = squares / ((double) features.length * features[0].length);
    return (float) (1 / Math.sqrt(Math.max(mean, 1e-12)));
  }

  private INDArray array(List<float[]> rows) {
    return Nd4j.createFromArray(rows.toArray(float[][]::new)).muli(scale);
  }

  /** The share of rows whose class gets the largest sum. */
  double accuracy(float[][] features, int[] labels) {
    int right = 0;
    for (int start = 0; start < features.length; start += PORTION) {
      List<float[]> rows =
          Arrays.asList(features).subList(start, Math.min(features.length, start + PORTION));
      int[] best = network.output(array(rows)).argMax(1).toIntVector();
      for (int i = 0; i < best.length; i++) {
        right += best[i] == labels[start + i] ? 1 : 0;
      }
    }
    return (double) right / features.length;
  }
}
