package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.internal.items.Pixels;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;

/**
 * Pictures from files, held in memory as bytes, and the list of the files that gave none.
 *
 * <p>Immutable and thread-safe. A picture of 64x64x3 takes 12 KB; for more than fits, see {@link
 * ImageFiles#pack(java.nio.file.Path)}.
 *
 * <pre>{@code
 * LoadedImages photos = ImageFiles.from(Path.of("photos.zip")).resize(64, 64).load();
 * photos.skipped().forEach(file -> log.warn("{}: {}", file.file(), file.reason()));
 * }</pre>
 */
public final class LoadedImages implements LabeledImageSource {

  private final ImageShape shape;
  private final byte[][] pictures;
  private final int[] labels;
  private final List<String> classNames;
  private final List<SkippedFile> skipped;

  LoadedImages(
      ImageShape shape,
      byte[][] pictures,
      int[] labels,
      List<String> classNames,
      List<SkippedFile> skipped) {
    this.shape = shape;
    this.pictures = pictures;
    this.labels = labels;
    this.classNames = List.copyOf(classNames);
    this.skipped = List.copyOf(skipped);
  }

  /**
   * The files that were left out: broken ones, and those that are no pictures.
   *
   * @return each with the reason, in the order of reading; immutable
   */
  public List<SkippedFile> skipped() {
    return skipped;
  }

  @Override
  public int size() {
    return pictures.length;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public void read(int index, float[] destination, int offset) {
    Pixels.toUnit(pictures[Objects.checkIndex(index, pictures.length)], destination, offset);
  }

  @Override
  public void read(int index, FloatBuffer destination) {
    Pixels.toUnit(pictures[Objects.checkIndex(index, pictures.length)], destination);
  }

  @Override
  public int label(int index) {
    return labels[Objects.checkIndex(index, labels.length)];
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }
}
