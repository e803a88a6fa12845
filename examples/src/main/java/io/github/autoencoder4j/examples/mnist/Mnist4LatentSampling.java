package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.sampling.Box;
import io.github.autoencoder4j.study.Difference;
import io.github.autoencoder4j.viz.ImageGrid;
import io.github.autoencoder4j.viz.LatentMap;
import io.github.autoencoder4j.viz.LatentScatter;

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
  public void run(TaskRun lab) {
    LabeledImageSource train = lab.train();
    Autoencoder autoencoder = Mnist2Bottleneck.trained(lab);
    DigitClassifier judge = DigitClassifier.trained(lab);

    float[][] codes = autoencoder.encode(train);
    SampleQuality quality = SampleQuality.of(autoencoder, codes, judge, lab.seed());
    Box box = quality.box();
    LabeledImageSource test = lab.test();
    double judged = judge.accuracy(test);
    int sure = judge.sure(test);
    ClassTally tally = new ClassTally(train.classNames(), quality.classCounts());

    lab.metric("box", new double[][] {box.lower(), box.upper()});
    lab.metric("filled_share", quality.filledShare());
    lab.metric("recognised_share", quality.recognisedShare());
    lab.metric("classes_seen", tally.withAtLeast(SampleQuality.SEEN));
    lab.metric("class_counts", quality.classCounts());
    lab.metric("classifier.test_accuracy", judged);
    lab.metric("classifier.test_sure_share", (double) sure / test.size());

    lab.picture(
        "map",
        LatentMap.over(box.lower(), box.upper())
            .cells(20, 20)
            .draw(train.shape(), autoencoder::decode));
    lab.picture(
        "box",
        LatentScatter.of(codes, train.labels())
            .classNames(train.classNames())
            .box(box.lower(), box.upper())
            .draw());
    lab.picture(
        "samples",
        ImageGrid.of(train.shape())
            .tiles(10, autoencoder.decode(box.sample(40, lab.seed())))
            .draw());

    lab.observe(
        MnistSentences::of,
        new SamplingClaim(
            quality.filledShare(),
            judged,
            Difference.ofShares(sure, test.size(), quality.recognised(), SampleQuality.SAMPLES),
            quality.whereCodesAre(),
            SampleQuality.SAMPLES,
            tally));
  }
}
