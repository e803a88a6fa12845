package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.viz.LatentMap;
import io.github.autoencoder4j.viz.LatentScatter;
import io.github.autoencoder4j.viz.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/** Task mnist.5: the same with an L2 penalty, compared over three seeds. */
public final class Mnist5WeightPenalty implements LabTask {

  private static final double L2 = 1e-4;

  /** One trained model and what came of it. */
  private record Outcome(Autoencoder model, double loss, SampleQuality quality) {}

  /**
   * Runs this task alone.
   *
   * @param args the options of the lab
   */
  public static void main(String[] args) {
    LabCommand.main(new Mnist5WeightPenalty(), args);
  }

  @Override
  public String id() {
    return "mnist.5";
  }

  @Override
  public void run(TaskRun lab) {
    List<Outcome> plain = new ArrayList<>();
    List<Outcome> penalised = new ArrayList<>();
    for (int i = 0; i < 3 && !lab.cancelled(); i++) {
      plain.add(train(lab, "plain", 0, lab.seed() + i));
      penalised.add(train(lab, "l2", L2, lab.seed() + i));
    }
    SeedDifference loss = compare(lab, "test.bce_per_pixel", plain, penalised, Outcome::loss);
    SeedDifference filled =
        compare(lab, "filled_share", plain, penalised, o -> o.quality().filledShare());
    SeedDifference recognised =
        compare(lab, "recognised_share", plain, penalised, o -> o.quality().recognisedShare());
    SeedDifference spread = compare(lab, "latent.std", plain, penalised, o -> o.quality().spread());

    lab.picture(
        "clouds",
        cloud(lab, "without L2", plain.get(0)).beside(cloud(lab, "with L2", penalised.get(0))));
    lab.picture(
        "maps", map(lab, "without L2", plain.get(0)).beside(map(lab, "with L2", penalised.get(0))));
    lab.observe(MnistSentences::of, new PenaltyClaim(loss, spread, filled, recognised));
  }

  private static Outcome train(TaskRun lab, String name, double l2, long seed) {
    Autoencoder model =
        Autoencoder.dense()
            .hidden(512, 256, 128)
            .bottleneck(2)
            .l2(l2)
            .optimizer(Optimizer.adam(2e-3).beta2(0.99))
            .seed(seed)
            .build();
    model.fit(lab.train(), lab.training(name + " seed " + seed, 6).batchSize(128).cosineDecay());
    float[][] codes = model.encode(lab.train());
    double loss = model.evaluate(lab.test()).reconstructionLoss();
    SampleQuality quality =
        SampleQuality.of(model, codes, DigitClassifier.trained(lab), lab.seed());
    lab.metric("test.bce_per_pixel@" + name + ",seed=" + seed, loss);
    lab.metric("filled_share@" + name + ",seed=" + seed, quality.filledShare());
    lab.metric("recognised_share@" + name + ",seed=" + seed, quality.recognisedShare());
    lab.metric("latent.std@" + name + ",seed=" + seed, quality.spread());
    return new Outcome(model, loss, quality);
  }

  private static SeedDifference compare(
      TaskRun lab,
      String metric,
      List<Outcome> plain,
      List<Outcome> penalised,
      ToDoubleFunction<Outcome> figure) {
    double[] without = plain.stream().mapToDouble(figure).toArray();
    double[] with = penalised.stream().mapToDouble(figure).toArray();
    lab.metric(metric + ".mean@plain", StatUtils.mean(without));
    lab.metric(metric + ".std@plain", Math.sqrt(StatUtils.variance(without)));
    lab.metric(metric + ".mean@l2", StatUtils.mean(with));
    lab.metric(metric + ".std@l2", Math.sqrt(StatUtils.variance(with)));
    return SeedDifference.of(without, with);
  }

  private static Picture cloud(TaskRun lab, String title, Outcome outcome) {
    return LatentScatter.of(outcome.model().encode(lab.train()), lab.train().labels())
        .classNames(lab.train().classNames())
        .box(outcome.quality().box().lower(), outcome.quality().box().upper())
        .title(title)
        .draw();
  }

  private static Picture map(TaskRun lab, String title, Outcome outcome) {
    return LatentMap.over(outcome.quality().box().lower(), outcome.quality().box().upper())
        .cells(14, 14)
        .title(title)
        .draw(lab.train().shape(), outcome.model()::decode);
  }
}
