package io.github.autoencoder4j.baseline;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.sources.CheckedSource;
import io.github.autoencoder4j.metric.Mse;
import io.github.autoencoder4j.metric.Psnr;
import io.github.autoencoder4j.metric.PsnrSummary;
import java.util.function.UnaryOperator;

/**
 * The error of a baseline on a data set.
 *
 * <pre>{@code
 * BaselineFigures line = PatchPca.fit(train, 8, 8, 16).evaluate(test);
 * double gain = autoencoder.evaluate(test).psnr().mean() - line.psnr().mean(); // in dB
 * }</pre>
 *
 * @param psnr PSNR of the reconstructions, clamped to [0, 1], in dB
 * @param mse mean squared error a value, nothing clamped
 */
public record BaselineFigures(PsnrSummary psnr, double mse) {

  private static final int BATCH_SIZE = 256;

  /** Reconstructs each batch of images {@code draws} times. */
  static BaselineFigures measure(
      ImageSource source, int draws, UnaryOperator<float[][]> reconstruction) {
    ImageSource images = CheckedSource.of(source);
    if (images.size() == 0) {
      throw new IllegalArgumentException("there is no image to judge by; give at least one");
    }
    Mse mse = new Mse();
    Psnr psnr = new Psnr(images.shape().size());
    for (int from = 0; from < images.size(); from += BATCH_SIZE) {
      float[][] batch = images.slice(from, Math.min(from + BATCH_SIZE, images.size())).toArrays();
      for (int draw = 0; draw < draws; draw++) {
        float[][] reconstructions = reconstruction.apply(batch);
        mse.add(batch, reconstructions);
        psnr.add(batch, reconstructions);
      }
    }
    return new BaselineFigures(psnr.summary(), mse.mean());
  }
}
