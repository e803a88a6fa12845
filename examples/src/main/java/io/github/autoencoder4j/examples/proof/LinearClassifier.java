package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
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

  private static final int BATCH = 500;
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
    MapSchedule.Builder rates = new MapSchedule.Builder(ScheduleType.EPOCH).add(0, 3e-3);
    if (epochs > 8) {
      rates.add(epochs - epochs / 3, 3e-4).add(epochs - epochs / 9, 3e-5);
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
    // Shuffled once, so that batches are views; their order changes from epoch to epoch.
    int[] order = RandomStream.of(seed, "classifier").permutation(labels.length);
    float[][] rows = new float[labels.length][];
    float[][] wanted = new float[labels.length][classes];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = features[order[i]];
      Arrays.fill(wanted[i], -1);
      wanted[i][labels[order[i]]] = 1;
    }
    try (INDArray inputs = classifier.array(rows);
        INDArray targets = Nd4j.createFromArray(wanted)) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        int batches = rows.length / BATCH;
        for (int batch : RandomStream.of(seed, "batches", epoch).permutation(batches)) {
          INDArrayIndex part = NDArrayIndex.interval((long) batch * BATCH, (batch + 1L) * BATCH);
          network.fit(inputs.get(part, NDArrayIndex.all()), targets.get(part, NDArrayIndex.all()));
        }
        network.incrementEpochCount();
      }
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

  private INDArray array(float[][] rows) {
    return Nd4j.createFromArray(rows).muli(scale);
  }

  /** The share of rows whose class gets the largest sum. */
  double accuracy(float[][] features, int[] labels) {
    int right = 0;
    for (int start = 0; start < features.length; start += PORTION) {
      float[][] rows =
          Arrays.copyOfRange(features, start, Math.min(features.length, start + PORTION));
      int[] best = network.output(array(rows)).argMax(1).toIntVector();
      for (int i = 0; i < best.length; i++) {
        right += best[i] == labels[start + i] ? 1 : 0;
      }
    }
    return (double) right / features.length;
  }
}
