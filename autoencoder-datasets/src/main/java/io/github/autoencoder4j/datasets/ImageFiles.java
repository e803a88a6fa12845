package io.github.autoencoder4j.datasets;

import com.google.common.collect.ImmutableSortedSet;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Your own pictures as a data set: JPEG, PNG and GIF files of any size and colour model in a
 * folder, at any depth, or in a zip, tar or tar.gz archive.
 *
 * <p>Each picture is turned upright (Exif), cut to the largest centred part of the wanted
 * proportions, scaled by area and converted to sRGB or grey; transparent parts become white, and of
 * an animation the first frame is taken. Pictures up to 2^29 pixels are read, large ones at reduced
 * size, so memory stays bounded; lossless JPEGs are not read. A file that gives no picture is left
 * out and listed with the reason, never fatal. The class of a picture is the name of its folder.
 *
 * <pre>{@code
 * LoadedImages cats = ImageFiles.from(Path.of("photos/cats.zip")).resize(32, 48).load();
 * cats.skipped().forEach(System.out::println);
 * }</pre>
 *
 * <p>Immutable: every setting gives a new object.
 */
public final class ImageFiles {

  private static final Logger log = LoggerFactory.getLogger(ImageFiles.class);

  private static final int NAMED = 3;

  private final FileFeed feed;
  private final Progress progress;

  private ImageFiles(FileFeed feed, Progress progress) {
    this.feed = feed;
    this.progress = progress;
  }

  /**
   * Starts with 64x64 colour pictures of all files.
   *
   * @param path a folder, or a zip, tar or tar.gz archive
   * @return to be set up further, then {@linkplain #load() loaded} or {@linkplain #pack(Path)
   *     packed}
   */
  public static ImageFiles from(Path path) {
    Path source = Objects.requireNonNull(path, "path");
    UnaryOperator<String> folder = file -> folderOf(source, file);
    return new ImageFiles(
        new FileFeed(source, new ImageShape(64, 64, 3), file -> true, folder), Progress.NONE);
  }

  /**
   * Sets the size of the pictures.
   *
   * @param height rows; at least 1
   * @param width columns; at least 1
   * @return a copy with this size
   * @throws IllegalArgumentException if a side is below 1
   */
  public ImageFiles resize(int height, int width) {
    return shaped(new ImageShape(height, width, feed.shape().channels()));
  }

  /**
   * Makes the pictures grey (Rec. 601 luma), with one channel instead of three.
   *
   * @return a copy with this setting
   */
  public ImageFiles grey() {
    return shaped(ImageShape.grey(feed.shape().height(), feed.shape().width()));
  }

  /**
   * Looks only at some files; the others are not even listed as left out.
   *
   * @param wanted told the path below the folder or inside the archive, with {@code /} between
   *     names
   * @return a copy with this setting
   */
  public ImageFiles only(Predicate<String> wanted) {
    return new ImageFiles(
        new FileFeed(
            feed.path(), feed.shape(), Objects.requireNonNull(wanted, "wanted"), feed.classOf()),
        progress);
  }

  /**
   * Takes the class from something else than the folder.
   *
   * @param classOf turns the path below the folder or inside the archive, with {@code /} between
   *     names, into the name of the class
   * @return a copy with this setting
   */
  public ImageFiles classBy(UnaryOperator<String> classOf) {
    return new ImageFiles(
        new FileFeed(
            feed.path(), feed.shape(), feed.only(), Objects.requireNonNull(classOf, "classOf")),
        progress);
  }

  /**
   * Tells how far loading or packing has come, in files. The total is not known beforehand.
   *
   * @param listener told after each file
   * @return a copy with this setting
   */
  public ImageFiles progress(Progress listener) {
    return new ImageFiles(feed, Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Reads all pictures into memory, on all cores.
   *
   * @return the pictures, classes sorted by name, and the files left out
   * @throws UnusableDataException if there is no picture, or the path is neither folder nor archive
   * @throws UncheckedIOException if the folder or archive itself cannot be read
   */
  public LoadedImages load() {
    List<byte[]> pictures = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    List<SkippedFile> skipped = new ArrayList<>();
    try {
      feed.feed(
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
    report(pictures.size(), skipped);
    List<String> names = ImmutableSortedSet.copyOf(classes).asList();
    int[] labels = classes.stream().mapToInt(names::indexOf).toArray();
    return new LoadedImages(feed.shape(), pictures.toArray(byte[][]::new), labels, names, skipped);
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
   * @throws UnusableDataException if there is no picture, the path is neither folder nor archive,
   *     or the directory holds other packed pictures
   * @throws IllegalStateException if somebody else is packing into this directory
   * @throws UncheckedIOException if the pictures cannot be read or packed
   */
  public PackedImages pack(Path directory) {
    PackedImages packed = PackedImages.pack(feed, directory, progress);
    report(packed.size(), packed.skipped());
    return packed;
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

  private ImageFiles shaped(ImageShape shape) {
    return new ImageFiles(new FileFeed(feed.path(), shape, feed.only(), feed.classOf()), progress);
  }

  /** The name of the folder a file lies in; for those at the top, the name of the whole. */
  private static String folderOf(Path source, String file) {
    // What "tar czf photos.tgz ." packs has names that start like this.
    String below = file.replaceFirst("^(\\./)+", "");
    int end = below.lastIndexOf('/');
    if (end >= 0) {
      return below.substring(below.lastIndexOf('/', end - 1) + 1, end);
    }
    String name = String.valueOf(source.toAbsolutePath().normalize().getFileName());
    return Files.isDirectory(source) ? name : name.replaceFirst("\\.(zip|tar|tar\\.gz|tgz)$", "");
  }
}
