package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.sampling.Box;
import io.github.autoencoder4j.viz.ImageGrid;
import io.github.autoencoder4j.viz.LatentMap;
import io.github.autoencoder4j.viz.LatentScatter;
import java.util.Collections;
import java.util.List;

/** Task mnist.4: sample the 2-D code uniformly, decode, describe. */
public final class Mnist4LatentSampling implements LabTask {

  /**
   * Runs this task alone.
   *
   * @param args the options of the lab
   */
  public static void main(String[] args) {
    LabCommand.main(new Mnist4LatentSampling(), args);
  }

  @Override
  public String id() {
    return "mnist.4";
  }

  @Override
  public String title() {
    return "Draw digits from the code";
  }

  @Override
  public String question() {
    return "Sample the two-dimensional code uniformly, decode the samples, and describe what you see.";
  }

  @Override
  public void run(TaskRun lab) {
    LabeledImageSource train = lab.train();
    Autoencoder autoencoder = Mnist2Bottleneck.trained(lab);
    DigitClassifier judge = DigitClassifier.trained(lab);

    float[][] codes = autoencoder.encode(train);
    SampleQuality quality = SampleQuality.of(autoencoder, codes, judge, lab.seed());
    Box box = quality.box();
    double judged = judge.accuracy(lab.test());

    lab.metric("box", new double[][] {box.lower(), box.upper()});
    lab.metric("filled_share", quality.filledShare());
    lab.metric("recognised_share", quality.recognisedShare());
    lab.metric("classes_seen", quality.classesSeen());
    lab.metric("class_counts", quality.classCounts());
    lab.metric("classifier.test_accuracy", judged);

    lab.picture(
        "map",
        "The box on a grid of 20 x 20 codes, decoded.",
        LatentMap.over(box.lower(), box.upper())
            .cells(20, 20)
            .draw(train.shape(), autoencoder::decode));
    lab.picture(
        "box",
        "The training codes, and the box that is sampled: the 1 % to 99 % quantiles.",
        LatentScatter.of(codes, train.labels())
            .classNames(train.classNames())
            .box(box.lower(), box.upper())
            .draw());
    lab.picture(
        "samples",
        "Forty uniform samples, unpicked.",
        ImageGrid.of(train.shape())
            .tiles(10, autoencoder.decode(box.sample(40, lab.seed())))
            .draw());

    List<Integer> counts = quality.classCounts();
    int commonest = counts.indexOf(Collections.max(counts));
    int rarest = counts.indexOf(Collections.min(counts));
    lab.observe(
        "Neighbouring codes give similar pictures, and one class turns into the next along the way."
            + " Training codes fill %.0f %% of the box; where they are, samples are crisp, and in the"
            + " gaps between they are blends of two classes or strokes of none. A classifier that is"
            + " right on %.1f %% of real test pictures is at least 90 %% sure of %.0f %% of the samples."
            + " It sees %d of the %d classes in at least one sample in two hundred: %s most often (%d"
            + " of 2,000) and %s least (%d). Uniform samples are fair to areas, not to classes: how"
            + " often a class is drawn follows from how much of the box its codes take up.",
        100 * quality.filledShare(),
        100 * judged,
        100 * quality.recognisedShare(),
        quality.classesSeen(),
        counts.size(),
        train.classNames().get(commonest),
        counts.get(commonest),
        train.classNames().get(rarest),
        counts.get(rarest));
  }
}
