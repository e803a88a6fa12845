package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.anomaly.Anomalies;
import io.github.autoencoder4j.anomaly.AnomalyBaselines;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.metric.RankingQuality;
import io.github.autoencoder4j.training.Training;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * One class of digits: trained on one digit, how well the others are told from it among 10,000 test
 * digits. Deep SVDD (Ruff et al., ICML 2018) has a mean AUROC of 94.8 %.
 */
@Command(
    name = "one-class",
    mixinStandardHelpOptions = true,
    description = "Trains on each digit alone and judges 10,000 test digits: AUROC in %.")
public final class OneClassDigitsProof implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seed",
      description = "Chooses weights and which digits are held out (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  private OneClassDigitsProof() {}

  /**
   * Prints a line a digit, and their mean.
   *
   * @param args the options, see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new OneClassDigitsProof()).execute(args));
  }

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    LabeledImageSource train = Mnist.train();
    LabeledImageSource test = Mnist.test();
    float[][] judged = test.toArrays();
    out.println("| digit | PCA residual | 5-NN | ours |");
    out.println("|---|---|---|---|");
    double[] means = new double[3];
    for (int digit = 0; digit < 10; digit++) {
      int one = digit;
      int[] own = IntStream.range(0, train.size()).filter(i -> train.label(i) == one).toArray();
      boolean[] odd = new boolean[test.size()];
      for (int i = 0; i < odd.length; i++) {
        odd[i] = test.label(i) != one;
      }
      float[][] normal = train.select(own).toArrays();
      double[] aurocs = {
        auroc(AnomalyBaselines.pcaResidual(normal, 0.9).scores(judged), odd),
        auroc(AnomalyBaselines.nearestNeighbor(normal, 5).scores(judged), odd),
        auroc(fit(normal).scores(judged), odd)
      };
      Arrays.setAll(means, i -> means[i] + aurocs[i] / 10);
      out.println(row("" + digit, aurocs));
      out.flush();
    }
    out.println(row("**mean**", means));
    out.flush();
    return 0;
  }

  /** The last fifth is held out. */
  private Anomalies fit(float[][] normal) {
    int trained = normal.length * 4 / 5;
    float[][] train = Arrays.copyOf(normal, trained);
    Autoencoder autoencoder =
        Autoencoder.dense()
            .input(28, 28)
            .hidden(256, 128)
            .bottleneck(32)
            .loss(Loss.MEAN_SQUARED_ERROR)
            .seed(seed)
            .build();
    autoencoder.fit(train, Training.epochs(30).batchSize(64).cosineDecay());
    return Anomalies.with(autoencoder)
        .references(train)
        .calibrationShare(0.2)
        .fit(Arrays.copyOfRange(normal, trained, normal.length));
  }

  private static double auroc(double[] scores, boolean[] odd) {
    return 100 * RankingQuality.of(scores, odd).auroc();
  }

  private static String row(String name, double[] values) {
    return String.format(
        Locale.ROOT, "| %s | %.2f | %.2f | %.2f |", name, values[0], values[1], values[2]);
  }
}
