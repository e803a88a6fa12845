package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.metric.GenerativeFigures;
import io.github.autoencoder4j.metric.GenerativeReference;
import io.github.autoencoder4j.study.Change;
import io.github.autoencoder4j.study.Difference;

/**
 * Pictures that a decoder made, of samples or of the codes of real pictures, judged in two feature
 * spaces as {@link Generation} has them, and by their contrast beside real photos, too: what a
 * blurred decoder makes of samples may well be what it makes of photos.
 *
 * @param name from what they were drawn
 * @param components figures by principal components, beside real test pictures
 * @param recalled of each real test picture, whether it is near one of them by components
 * @param contrast figures by contrast, beside what the decoder makes of real test pictures
 * @param covered of each of those, whether one of them is near it by contrast
 * @param photos the share of them that lies among real test pictures by contrast
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record SampledDogs(
    String name,
    GenerativeFigures components,
    boolean[] recalled,
    GenerativeFigures contrast,
    boolean[] covered,
    double photos) {

  /** How many samples are judged. */
  static final int SAMPLES = 512;

  /** What all samples of one decoder are judged by. */
  record Judge(
      TaskRun lab,
      Autoencoder model,
      String code,
      GenerativeReference byComponents,
      GenerativeReference byContrast,
      GenerativeReference photosByContrast) {

    static Judge of(TaskRun lab, Autoencoder model, String code) {
      LabeledImageSource test = lab.testDogs();
      LocalContrast contrast = new LocalContrast(test.shape());
      ImageSource decoded = ImageSource.of(test.shape(), model.reconstruct(test));
      // Distances to training pictures are asked of the components; one is enough for the others.
      LabeledImageSource one = lab.trainDogs().slice(0, 1);
      return new Judge(
          lab,
          model,
          code,
          Generation.byComponents(lab),
          GenerativeReference.of(one, decoded, contrast::features),
          GenerativeReference.of(one, test, contrast::features));
    }

    /** Decodes codes and reports the figures of the pictures. */
    SampledDogs judge(String name, float[][] codes) {
      float[][] pictures = model.decode(codes);
      float[][] again = model.encode(pictures);
      GenerativeFigures components = byComponents.judge(pictures, codes, again);
      GenerativeFigures contrast = byContrast.judge(pictures, codes, again);
      double photos = photosByContrast.judge(pictures, codes, again).precision();
      String at = "@" + code + "," + name;
      lab.metric("generative.precision" + at, components.precision());
      lab.metric("generative.recall" + at, components.recall());
      lab.metric("generative.coverage" + at, components.coverage());
      lab.metric("generative.memorized_share" + at, components.memorizedShare());
      lab.metric("generative.contrast_precision" + at, contrast.precision());
      lab.metric("generative.contrast_coverage" + at, contrast.coverage());
      lab.metric("generative.photo_contrast_precision" + at, photos);
      return new SampledDogs(
          name,
          components,
          byComponents.recalled(pictures),
          contrast,
          byContrast.covered(pictures),
          photos);
    }
  }

  /** How often they lie among what the decoder makes of real pictures, from others to these. */
  Difference precisionFrom(SampledDogs other) {
    return shares(other.contrast, contrast);
  }

  /** How much of what the decoder makes of real pictures they come near, from others to these. */
  Difference coverageFrom(SampledDogs other) {
    return Difference.paired(other.covered, covered);
  }

  private static Difference shares(GenerativeFigures before, GenerativeFigures after) {
    return Difference.ofShares(
        Generation.precise(before), before.samples(), Generation.precise(after), after.samples());
  }

  /**
   * Whether they are told from reconstructions of other real pictures, in either feature space.
   *
   * @param control those reconstructions
   */
  boolean toldFrom(SampledDogs control) {
    return precisionFrom(control).change(2) == Change.LOWER
        || coverageFrom(control).change(2) == Change.LOWER
        || shares(control.components, components).change(2) == Change.LOWER
        || Difference.paired(control.recalled, recalled).change(2) == Change.LOWER;
  }

  /** How near they come by contrast: precision and coverage together. */
  double nearness() {
    return contrast.precision() + contrast.coverage();
  }
}
