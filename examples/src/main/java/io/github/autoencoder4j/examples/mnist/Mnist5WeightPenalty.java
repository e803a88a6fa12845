package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.examples.runner.TaskStudy;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.viz.LatentMap;
import io.github.autoencoder4j.viz.LatentScatter;
import io.github.autoencoder4j.viz.Picture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Task mnist.5: the same with an L2 penalty, none and two weights compared seed by seed. */
public final class Mnist5WeightPenalty implements LabTask {

  /** So many show large differences, in minutes. */
  private static final int SEEDS = 3;

  /** In the order of the report. */
  private static final List<String> FIGURES =
      List.of("test.bce_per_pixel", "latent.std", "filled_share", "recognised_share");

  /** Those whose models of the first seed are shown. */
  private static final List<L2Weight> PICTURED = List.of(L2Weight.NONE, L2Weight.FULL);

  /** One trained model and what came of it. */
  private record Outcome(Autoencoder model, double loss, SampleQuality quality) {

    Map<String, Double> figures() {
      return Map.of(
          "test.bce_per_pixel",
          loss,
          "latent.std",
          quality.spread(),
          "filled_share",
          quality.filledShare(),
          "recognised_share",
          quality.recognisedShare());
    }
  }

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
    Map<L2Weight, Outcome> first = new HashMap<>();
    for (L2Weight weight : PICTURED) {
      first.put(weight, train(lab, weight, lab.seed()));
    }
    TaskStudy<L2Weight> study =
        lab.study(
            "L2 weight",
            List.of(L2Weight.NONE, L2Weight.WEAK, L2Weight.FULL),
            SEEDS,
            L2Weight::key,
            weight -> L2Weight.NONE,
            (weight, seed) -> {
              Outcome trained = seed == lab.seed() ? first.get(weight) : null;
              return (trained == null ? train(lab, weight, seed) : trained).figures();
            });
    FIGURES.forEach(
        figure ->
            study.report(figure, study.plot(figure).labels("weight of the L2 penalty", figure)));

    Outcome plain = Objects.requireNonNull(first.get(L2Weight.NONE));
    Outcome penalised = Objects.requireNonNull(first.get(L2Weight.FULL));
    lab.picture("clouds", cloud(lab, "without L2", plain).beside(cloud(lab, "with L2", penalised)));
    lab.picture("maps", map(lab, "without L2", plain).beside(map(lab, "with L2", penalised)));
    lab.observe(
        MnistSentences::of,
        new PenaltyClaim(
            compare(study, "test.bce_per_pixel", L2Weight.FULL),
            compare(study, "latent.std", L2Weight.FULL),
            compare(study, "filled_share", L2Weight.FULL),
            compare(study, "recognised_share", L2Weight.FULL),
            compare(study, "test.bce_per_pixel", L2Weight.WEAK),
            compare(study, "latent.std", L2Weight.WEAK)));
  }

  private static Outcome train(TaskRun lab, L2Weight weight, long seed) {
    Autoencoder model =
        Autoencoder.dense()
            .hidden(512, 256, 128)
            .bottleneck(2)
            .l2(weight.value())
            .optimizer(Optimizer.adam(2e-3).beta2(0.99))
            .seed(seed)
            .build();
    String name = weight.key().replace('=', ' ') + " seed " + seed;
    model.fit(lab.train(), lab.training(name, 6).batchSize(128).cosineDecay());
    float[][] codes = model.encode(lab.train());
    return new Outcome(
        model,
        model.evaluate(lab.test()).reconstructionLoss(),
        SampleQuality.of(model, codes, DigitClassifier.trained(lab), lab.seed()));
  }

  private static SeedDifference compare(TaskStudy<L2Weight> study, String figure, L2Weight weight) {
    return SeedDifference.of(
        study.result().values(figure, L2Weight.NONE), study.result().values(figure, weight));
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
