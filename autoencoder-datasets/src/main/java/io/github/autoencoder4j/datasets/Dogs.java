package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.internal.download.Download;
import io.github.autoencoder4j.datasets.internal.drawing.SyntheticDogs;
import io.github.autoencoder4j.datasets.internal.pack.PackIndex;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pictures of dogs, 64x64 in colour: your own photos, two published collections, or drawings that
 * need no files at all.
 *
 * <pre>{@code
 * LoadedImages mine = Dogs.from(Path.of("photos/dogs.zip"));
 * LabeledImageSource drawn = Dogs.synthetic(3_000, 7);
 * try (PackedImages photos = Dogs.oxfordPets()) { // 0.8 GB, fetched once
 *   autoencoder.fit(Split.byContent(photos, 0.10).train(), training);
 * }
 * }</pre>
 */
public final class Dogs {

  /** Stanford Dogs: 20,580 photos of 120 breeds, taken from ImageNet. */
  public static final RemoteDataset STANFORD =
      new RemoteDataset(
          "stanford-dogs",
          URI.create("http://vision.stanford.edu/aditya86/ImageNetDogs/images.tar"),
          793_579_520,
          "SHA-256",
          "a443fc2f9a851aa1a7b8e4fa4af94b8459fce2c9f5a2f4dd4669cf9673a4ec58",
          "ImageNet terms: non-commercial research and education",
          "A. Khosla, N. Jayadevaprakash, B. Yao and L. Fei-Fei, \"Novel Dataset for Fine-Grained"
              + " Image Categorization\", FGVC workshop at CVPR, 2011");

  /** The Oxford-IIIT Pet Dataset: about 200 photos of each of 25 dog breeds, and cats. */
  public static final RemoteDataset OXFORD_PETS =
      new RemoteDataset(
          "oxford-pets",
          URI.create("https://www.robots.ox.ac.uk/~vgg/data/pets/data/images.tar.gz"),
          791_918_971,
          "SHA-256",
          "67195c5e1c01f1ab5f9b6a5d22b8c27a580d896ece458917e61d459337fa318d",
          "CC BY-SA 4.0",
          "O. M. Parkhi, A. Vedaldi, A. Zisserman and C. V. Jawahar, \"Cats and Dogs\", CVPR,"
              + " 2012");

  private static final int SIDE = 64;

  private Dogs() {}

  /**
   * Reads photos of dogs from a folder, at any depth, or from a zip, tar or tar.gz archive, into
   * memory, all as 64x64. {@link ImageFiles} says how they are read and offers other sizes.
   *
   * @param path the folder or archive; the class of a photo is the name of its folder
   * @return the photos as 64x64x3, and the files that gave none
   * @throws io.github.autoencoder4j.exception.UnusableDataException if there is no picture, or the
   *     path does not exist or is neither folder nor archive
   * @throws java.io.UncheckedIOException if the folder or archive cannot be read
   */
  public static LoadedImages from(Path path) {
    return ImageFiles.from(path).resize(SIDE, SIDE).load();
  }

  /**
   * Draws dogs: eight imaginary breeds in varying coats, poses, light and surroundings. They are
   * about as hard to compress as photos of that size (16 principal components of each 8x8 patch
   * reach 24.5 dB, and 23.2 dB on such photos), but they are drawings: results on them say little
   * about photos. Every class name starts with "synthetic".
   *
   * <p>The same seed and index give the same picture on every machine, whatever the count. Pictures
   * are drawn when read, in less than a millisecond, and the first 10,000 are kept while memory
   * allows; for larger sets see {@link PackedImages#pack(LabeledImageSource, Path)}.
   *
   * @param count how many; at least 1
   * @param seed another seed, other dogs
   * @return {@code count} samples of 64x64x3
   * @throws IllegalArgumentException if {@code count} is below 1
   */
  public static LabeledImageSource synthetic(int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, but was " + count);
    }
    return new SyntheticDogs(count, seed);
  }

  /**
   * The {@linkplain #STANFORD Stanford Dogs}. The first call downloads the archive (0.8 GB) into
   * the {@linkplain DatasetCache cache}, checks it and packs the photos; later ones just open what
   * was packed. An interrupted call is taken up by the next.
   *
   * @return all 20,580 photos as 64x64x3, with the breed as class; to be closed
   * @throws io.github.autoencoder4j.exception.UnusableDataException if the server has not got the
   *     file, or has got another
   * @throws IllegalStateException if somebody else is downloading or packing it
   * @throws java.io.UncheckedIOException if it cannot be fetched, or the cache not be written
   */
  public static PackedImages stanford() {
    return stanford(DatasetCache.folder(), Progress.NONE);
  }

  /**
   * The {@linkplain #STANFORD Stanford Dogs}, as {@link #stanford()}, with a cache of your choice.
   *
   * @param cache the folder to keep archive and packed photos in
   * @param progress told the bytes while downloading, then the files while packing
   * @return all 20,580 photos as 64x64x3, with the breed as class; to be closed
   * @throws io.github.autoencoder4j.exception.UnusableDataException if the server has not got the
   *     file, or has got another
   * @throws IllegalStateException if somebody else is downloading or packing it
   * @throws java.io.UncheckedIOException if it cannot be fetched, or the cache not be written
   */
  public static PackedImages stanford(Path cache, Progress progress) {
    return stanford(STANFORD, cache, progress);
  }

  /**
   * The dogs of the {@linkplain #OXFORD_PETS Oxford-IIIT Pet Dataset}, without the cats. The first
   * call downloads the archive (0.8 GB) into the {@linkplain DatasetCache cache}, checks it and
   * packs the photos; later ones just open what was packed. An interrupted call is taken up by the
   * next.
   *
   * @return about 5,000 photos as 64x64x3, with the breed as class; to be closed
   * @throws io.github.autoencoder4j.exception.UnusableDataException if the server has not got the
   *     file, or has got another
   * @throws IllegalStateException if somebody else is downloading or packing it
   * @throws java.io.UncheckedIOException if it cannot be fetched, or the cache not be written
   */
  public static PackedImages oxfordPets() {
    return oxfordPets(DatasetCache.folder(), Progress.NONE);
  }

  /**
   * The dogs of the {@linkplain #OXFORD_PETS Oxford-IIIT Pet Dataset}, as {@link #oxfordPets()},
   * with a cache of your choice.
   *
   * @param cache the folder to keep archive and packed photos in
   * @param progress told the bytes while downloading, then the files while packing
   * @return about 5,000 photos as 64x64x3, with the breed as class; to be closed
   * @throws io.github.autoencoder4j.exception.UnusableDataException if the server has not got the
   *     file, or has got another
   * @throws IllegalStateException if somebody else is downloading or packing it
   * @throws java.io.UncheckedIOException if it cannot be fetched, or the cache not be written
   */
  public static PackedImages oxfordPets(Path cache, Progress progress) {
    return oxfordPets(OXFORD_PETS, cache, progress);
  }

  static PackedImages stanford(RemoteDataset dataset, Path cache, Progress progress) {
    Path packed = packed(dataset, cache);
    if (Files.exists(PackIndex.file(packed))) {
      return PackedImages.open(packed);
    }
    return archive(dataset, cache, progress)
        .only(file -> file.endsWith(".jpg"))
        .classBy(Dogs::stanfordBreed)
        .pack(packed);
  }

  static PackedImages oxfordPets(RemoteDataset dataset, Path cache, Progress progress) {
    Path packed = packed(dataset, cache);
    if (Files.exists(PackIndex.file(packed))) {
      return PackedImages.open(packed);
    }
    return archive(dataset, cache, progress)
        .only(file -> file.matches("(.*/)?[a-z][^/]*\\.jpg")) // cats have capitals
        .classBy(file -> file.replaceAll(".*/|_\\d+\\.jpg$", ""))
        .pack(packed);
  }

  private static Path packed(RemoteDataset dataset, Path cache) {
    return cache.resolve(dataset.name()).resolve("packed-64x64");
  }

  private static ImageFiles archive(RemoteDataset dataset, Path cache, Progress progress) {
    Path folder = cache.resolve(dataset.name());
    Path file = Download.fetch(dataset.file(), folder, progress::update);
    return ImageFiles.from(file).resize(SIDE, SIDE).progress(progress);
  }

  /** From {@code Images/n02085620-Chihuahua/n02085620_7.jpg} to {@code Chihuahua}. */
  private static String stanfordBreed(String file) {
    return file.replaceFirst("^(?:.*/)?(?:n\\d+-)?([^/]*)/[^/]*$", "$1");
  }
}
