package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.internal.idx.IdxReader;
import io.github.autoencoder4j.datasets.internal.idx.LabelNames;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The MNIST database of handwritten digits: 60,000 images to train on and 10,000 to test with, 28 x
 * 28 grey pixels in [0, 1], ink near 1 on paper 0, with the digit as label. It comes with this
 * library, whole, and is checked against its SHA-256 when loaded; nothing is ever downloaded.
 *
 * <pre>{@code
 * LabeledImageSource train = Mnist.train(); // 60,000 of 28x28x1
 * LabeledImageSource test = Mnist.test(); // 10,000
 *
 * IdxDataset fashion = Mnist.from(Path.of("data/fashion-mnist")); // the same format, other pictures
 * }</pre>
 *
 * <p>MNIST is the work of Yann LeCun, Corinna Cortes and Christopher J. C. Burges, licensed under
 * Creative Commons Attribution-ShareAlike 3.0.
 *
 * <p>Thread-safe. A loaded part (47 MB and 8 MB) is kept until memory runs short.
 */
public final class Mnist {

  private static final Part TRAIN =
      new Part(
          "train",
          "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
          "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5");

  private static final Part TEST =
      new Part(
          "t10k",
          "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
          "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

  private Mnist() {}

  /**
   * The training digits.
   *
   * @return 60,000 samples of 28x28x1, class names "0" to "9"
   * @throws UnusableDataException if the files in the jar are damaged
   */
  public static LabeledImageSource train() {
    return TRAIN.get();
  }

  /**
   * The test digits.
   *
   * @return 10,000 samples of 28x28x1, class names "0" to "9"
   * @throws UnusableDataException if the files in the jar are damaged
   */
  public static LabeledImageSource test() {
    return TEST.get();
  }

  /**
   * Opens a folder that holds one data set in MNIST's format (IDX, each file plain or gzipped):
   * MNIST itself, Fashion-MNIST, KMNIST, one EMNIST split, or your own at any image size.
   *
   * @param folder holds the four files under their usual names, such as {@code
   *     train-images-idx3-ubyte.gz} or {@code emnist-letters-test-labels-idx1-ubyte}
   * @return the data set; its labels have been read, its images are read when asked for
   * @throws UnusableDataException if a file is missing or damaged, or the folder holds several data
   *     sets; the message lists what was looked for and what is there
   * @throws UncheckedIOException if the folder or a file cannot be read
   */
  public static IdxDataset from(Path folder) {
    return IdxDataset.open(folder, null);
  }

  /**
   * Opens one of several data sets in the same folder, as EMNIST is delivered.
   *
   * <pre>{@code
   * IdxDataset letters = Mnist.from(Path.of("data/emnist"), "emnist-letters");
   * }</pre>
   *
   * @param folder holds the files
   * @param name what stands before {@code -train-images...} in the file names
   * @return the data set; its labels have been read, its images are read when asked for
   * @throws UnusableDataException if a file is missing or damaged; the message lists what was
   *     looked for and what is there
   * @throws UncheckedIOException if the folder or a file cannot be read
   */
  public static IdxDataset from(Path folder, String name) {
    return IdxDataset.open(folder, name);
  }

  /** One embedded half of the data set. */
  private static final class Part {

    private final String prefix;
    private final String imagesSha256;
    private final String labelsSha256;
    private @Nullable SoftReference<LabeledImageSource> loaded;

    Part(String prefix, String imagesSha256, String labelsSha256) {
      this.prefix = prefix;
      this.imagesSha256 = imagesSha256;
      this.labelsSha256 = labelsSha256;
    }

    synchronized LabeledImageSource get() {
      LabeledImageSource source = loaded == null ? null : loaded.get();
      if (source == null) {
        source = load();
        loaded = new SoftReference<>(source);
      }
      return source;
    }

    private LabeledImageSource load() {
      String labelsFile = prefix + "-labels-idx1-ubyte.gz";
      byte[] labels = verified(labelsFile, labelsSha256, IdxReader::labels);
      return verified(
          prefix + "-images-idx3-ubyte.gz",
          imagesSha256,
          reader -> reader.images(labels, LabelNames.of(labels), labelsFile));
    }
  }

  private interface Content<T> {
    T read(IdxReader reader);
  }

  private static <T> T verified(String file, String sha256, Content<T> content) {
    try (InputStream resource = Mnist.class.getResourceAsStream("mnist/" + file)) {
      if (resource == null) {
        throw new UnusableDataException(
            file + " is missing from the jar of autoencoder-datasets; use the published jar");
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      InputStream unpacked = new DigestInputStream(new GZIPInputStream(resource, 1 << 16), digest);
      T value = content.read(new IdxReader(file, unpacked));
      String found = HexFormat.of().formatHex(digest.digest());
      if (!found.equals(sha256)) {
        throw new UnusableDataException(
            "%s in the jar of autoencoder-datasets has the SHA-256 %s, but %s was expected; the jar"
                    .formatted(file, found, sha256)
                + " is damaged, so fetch it again");
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + " from the jar", e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
