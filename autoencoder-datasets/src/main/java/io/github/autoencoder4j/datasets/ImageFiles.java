package io.github.autoencoder4j.datasets;

import com.google.common.collect.ImmutableSortedSet;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.internal.archive.FileFeed;
import io.github.autoencoder4j.datasets.internal.items.Skipped;
import io.github.autoencoder4j.datasets.internal.pack.PackIndex;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Your own pictures as a data set: JPEG, PNG and GIF files of any size and colour model in a
 * folder, at any depth, or in a zip, tar or tar.gz archive.
 *
 * <p>Each picture is turned upright (Exif, in PNGs too), cut to the largest centred part of the
 * wanted proportions, scaled by area and converted to sRGB by its ICC profile, or to grey.
 * Transparent parts become white. Of an animation the first frame is taken, on its canvas. Every
 * pixel counts, also in pictures that do not fit into memory; up to 2^29 pixels are read. Gamma and
 * chromaticities of PNGs are not applied, and grey pictures keep their values whatever their
 * profile. Lossless JPEGs are not read. A file that gives no picture is left out and listed with
 * the reason, never fatal. The class of a picture is the name of its folder.
 *
 * <p>Of a zip, entries that are stored or packed with Deflate, Deflate64, bzip2, Implode or Shrink
 * are read; encrypted ones and those of other methods are left out. Backslashes in its names are
 * read as {@code /}.
 *
 * <pre>{@code
 * LoadedImages cats = ImageFiles.from(Path.of("photos/cats.zip")).resize(32, 48).load(); // 32 high, 48 wide
 * cats.skipped().forEach(System.out::println);
 * }</pre>
 *
 * <p>Immutable: every setting gives a new object.
 */
public final class ImageFiles {

  private static final Logger log = LoggerFactory.getLogger(ImageFiles.class);

  private static final int NAMED = 3;

  private final FileFeed feed;

  /** Whether the height and width of the feed's shape were asked for. */
  private final boolean resized;

  private final Progress progress;

  private ImageFiles(FileFeed feed, boolean resized, Progress progress) {
    this.feed = feed;
    this.resized = resized;
    this.progress = progress;
  }

  /**
   * Starts with colour pictures of all files, at the one size that all of them have.
   *
   * @param path a folder, or a zip, tar or tar.gz archive
   * @return to be set up further, then {@linkplain #load() loaded} or {@linkplain #pack(Path)
   *     packed}
   */
  public static ImageFiles from(Path path) {
    Path source = Objects.requireNonNull(path, "path");
    UnaryOperator<String> folder = file -> folderOf(source, file);
    return new ImageFiles(
        new FileFeed(source, new ImageShape(1, 1, 3), file -> true, folder, null),
        false,
        Progress.NONE);
  }

  /**
   * Sets the size of the pictures: height first, then width, as everywhere in this library. {@code
   * resize(48, 64)} makes pictures that are wider than high. Without this call all pictures must
   * have one size already, which is kept.
   *
   * @param height rows; at least 1
   * @param width columns; at least 1
   * @return a copy with this size
   * @throws IllegalArgumentException if a side is below 1
   */
  public ImageFiles resize(int height, int width) {
    return new ImageFiles(
        feed.shaped(new ImageShape(height, width, feed.shape().channels())), true, progress);
  }

  /**
   * Makes the pictures grey (Rec. 601 luma), with one channel instead of three.
   *
   * @return a copy with this setting
   */
  public ImageFiles grey() {
    return new ImageFiles(
        feed.shaped(ImageShape.grey(feed.shape().height(), feed.shape().width())),
        resized,
        progress);
  }

  /**
   * Looks only at some files; the others are not even listed as left out.
   *
   * @param wanted told the path below the folder or inside the archive, with {@code /} between
   *     names
   * @return a copy with this setting
   */
  public ImageFiles only(Predicate<String> wanted) {
    return with(Objects.requireNonNull(wanted, "wanted"), feed.classOf(), feed.archiveNames());
  }

  /**
   * Takes the class from something else than the folder.
   *
   * @param classOf turns the path below the folder or inside the archive, with {@code /} between
   *     names, into the name of the class
   * @return a copy with this setting
   */
  public ImageFiles classBy(UnaryOperator<String> classOf) {
    return with(feed.only(), Objects.requireNonNull(classOf, "classOf"), feed.archiveNames());
  }

  /**
   * Reads the names in a zip or tar archive with another charset, such as {@code
   * Charset.forName("Shift_JIS")} or {@code "GBK"}. Without this setting they are read as UTF-8
   * where they are valid, else as Latin-1. Names that the archive marks as UTF-8 are read as that
   * in any case.
   *
   * @param charset what the names were written with
   * @return a copy with this setting
   */
  public ImageFiles archiveNames(Charset charset) {
    return with(feed.only(), feed.classOf(), Objects.requireNonNull(charset, "charset"));
  }

  private ImageFiles with(
      Predicate<String> only, UnaryOperator<String> classOf, @Nullable Charset archiveNames) {
    return new ImageFiles(
        new FileFeed(feed.path(), feed.shape(), only, classOf, archiveNames), resized, progress);
  }

  /**
   * Tells how far loading or packing has come, in files. The total is not known beforehand.
   *
   * @param listener told after each file
   * @return a copy with this setting
   */
  public ImageFiles progress(Progress listener) {
    return new ImageFiles(feed, resized, Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Reads all pictures into memory, on all cores.
   *
   * @return the pictures, classes sorted by name, and the files left out
   * @throws UnusableDataException if there is no picture, the path does not exist or is neither
   *     folder nor archive, or {@link #resize} was not called and the pictures differ in size or
   *     have more than 2^20 pixels each
   * @throws UncheckedIOException if the folder or archive itself cannot be read
   */
  public LoadedImages load() {
    List<byte[]> pictures = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    ImageShape shape;
    try {
      shape = resized ? feed.shape() : feed.commonShape();
      feed.shaped(shape)
          .feed(
              0,
              item -> {
                if (item.skipped() != null) {
                  skipped.add(item.skipped());
                } else if (item.pixels() != null && item.className() != null) {
                  pictures.add(item.pixels());
                  classes.add(item.className());
                }
                progress.update(pictures.size() + skipped.size(), -1);
              });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: %s".formatted(feed.path(), e), e);
    }
    List<SkippedFile> leftOut = SkippedFile.listOf(skipped);
    report(pictures.size(), leftOut);
    List<String> names = ImmutableSortedSet.copyOf(classes).asList();
    int[] labels = classes.stream().mapToInt(names::indexOf).toArray();
    return new LoadedImages(shape, pictures.toArray(byte[][]::new), labels, names, leftOut);
  }

  /**
   * Reads all pictures and packs them on disk, on all cores, in constant memory.
   *
   * <p>Packing again goes on where an earlier run was ended. If it was finished, what is there is
   * opened as it is: to pack changed files, or the same with another selection or other classes,
   * choose another directory or delete it first.
   *
   * @param directory where to; created if missing
   * @return the packed pictures, classes in the order in which they were met, and the files left
   *     out; to be closed
   * @throws UnusableDataException if there is no picture, the path does not exist or is neither
   *     folder nor archive, {@link #resize} was not called and the pictures differ in size or have
   *     more than 2^20 pixels each, or the directory holds other packed pictures
   * @throws IllegalStateException if somebody else is packing into this directory
   * @throws UncheckedIOException if the pictures cannot be read or packed
   */
  public PackedImages pack(Path directory) {
    ImageShape shape = resized ? feed.shape() : packedShape(directory);
    PackedImages packed = PackedImages.pack(feed.shaped(shape), directory, progress);
    report(packed.size(), packed.skipped());
    return packed;
  }

  /** That of what is packed there already; if nothing is, that of the files. */
  private ImageShape packedShape(Path directory) {
    try {
      ImageShape packed = PackIndex.read(directory).shape();
      return new ImageShape(packed.height(), packed.width(), feed.shape().channels());
    } catch (IOException e) {
      // Nothing there, or nothing finished.
    }
    try {
      return feed.commonShape();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: %s".formatted(feed.path(), e), e);
    }
  }

  private void report(long pictures, List<SkippedFile> skipped) {
    List<SkippedFile> first = skipped.subList(0, Math.min(NAMED, skipped.size()));
    if (pictures == 0) {
      throw new UnusableDataException(
          "%s holds no picture: %s files were looked at%s; JPEG, PNG and GIF files are read"
              .formatted(
                  feed.path(), skipped.size(), skipped.isEmpty() ? "" : ", such as " + first));
    }
    if (!skipped.isEmpty()) {
      log.warn(
          "left out {} of {} files in {}, such as {}; skipped() lists them all",
          skipped.size(),
          pictures + skipped.size(),
          feed.path(),
          first);
    }
  }

  /** The name of the folder a file lies in; for those at the top, the name of the whole. */
  private static String folderOf(Path source, String file) {
    // What "tar czf photos.tgz ." packs has names that start like this.
    String below = file.replaceAll("(^|/)(\\./|/)+", "$1");
    int end = below.lastIndexOf('/');
    if (end >= 0) {
      return below.substring(below.lastIndexOf('/', end - 1) + 1, end);
    }
    String name = String.valueOf(source.toAbsolutePath().normalize().getFileName());
    return Files.isDirectory(source) ? name : name.replaceFirst("\\.(zip|tar|tar\\.gz|tgz)$", "");
  }
}
