package io.github.autoencoder4j.benchmarks;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.Mnist;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The data that all peers train on, cut to whole batches: a short one at the end of an epoch would
 * tell of allocation, not of speed.
 */
final class BenchData {

  private static final int DRAWN = 2_048;
  private static final int DRAWN_QUICK = 256;

  private final Path photos;
  private final boolean quick;

  /**
   * Says where data are; nothing is read yet.
   *
   * @param photos a folder of pictures of dogs; drawn ones are taken if it does not exist
   * @param quick whether few samples are enough
   */
  BenchData(Path photos, boolean quick) {
    this.photos = photos;
    this.quick = quick;
  }

  /** Real digits, 28 x 28. */
  ImageSource digits() {
    return wholeBatches(
        quick ? Mnist.train().slice(0, 4_096) : Mnist.train(), ReferenceNetwork.DENSE.batch());
  }

  /** Photos of dogs, or drawings, 64 x 64 in colour, in memory. */
  ImageSource dogs() {
    LabeledImageSource source = labeledDogs();
    return hasPhotos() ? source : ImageSource.of(source.shape(), source.toArrays());
  }

  LabeledImageSource labeledDogs() {
    LabeledImageSource all =
        hasPhotos() ? Dogs.from(photos) : Dogs.synthetic(quick ? DRAWN_QUICK : DRAWN, 1);
    return wholeBatches(all, ReferenceNetwork.CONV.batch());
  }

  private boolean hasPhotos() {
    return !quick && Files.isDirectory(photos);
  }

  String describeDogs() {
    return hasPhotos() ? "photos" : "drawn";
  }

  private static LabeledImageSource wholeBatches(LabeledImageSource images, int batch) {
    return images.slice(0, images.size() - images.size() % batch);
  }
}
