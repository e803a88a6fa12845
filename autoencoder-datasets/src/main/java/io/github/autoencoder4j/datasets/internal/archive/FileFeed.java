package io.github.autoencoder4j.datasets.internal.archive;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.internal.items.Item;
import io.github.autoencoder4j.datasets.internal.items.ItemFeed;
import io.github.autoencoder4j.datasets.internal.items.OrderedPipeline;
import io.github.autoencoder4j.datasets.internal.picture.PictureDecoder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The pictures in a folder or archive.
 *
 * @param path the folder or archive
 * @param shape that all pictures are brought to
 * @param only which files are candidates at all, by path
 * @param classOf the class of a file, by path
 * @param archiveNames the charset of names in archives that are not marked as UTF-8; null if nobody
 *     knows
 */
public record FileFeed(
    Path path,
    ImageShape shape,
    Predicate<String> only,
    UnaryOperator<String> classOf,
    @Nullable Charset archiveNames)
    implements ItemFeed {

  @Override
  public String identity() {
    return path.toAbsolutePath().normalize().toString();
  }

  /**
   * The same files in another shape.
   *
   * @param other the shape
   * @return a copy with it
   */
  public FileFeed shaped(ImageShape other) {
    return new FileFeed(path, other, only, classOf, archiveNames);
  }

  @Override
  public void feed(long first, OrderedPipeline.Sink<Item> sink) throws IOException {
    PictureDecoder decoder = new PictureDecoder(shape);
    walk(
        first,
        (file, content) -> {
          String className = classOf.apply(file);
          return () -> decode(decoder, file, className, content);
        },
        Item::skipped,
        sink);
  }

  /**
   * The shape that all pictures have already.
   *
   * @return with the channels of {@link #shape}, which itself is returned if there is no picture
   * @throws io.github.autoencoder4j.exception.UnusableDataException if the sizes differ, or are
   *     large
   * @throws IOException if the folder or archive cannot be read
   */
  public ImageShape commonShape() throws IOException {
    return PictureSize.common(this);
  }

  /**
   * Reads the size of every picture, and nothing else of it.
   *
   * @param sink is given the pictures only, upright
   */
  void sizes(OrderedPipeline.Sink<PictureSize> sink) throws IOException {
    this.<Optional<PictureSize>>walk(
        0,
        (file, content) -> () -> PictureSize.of(file, content),
        (file, reason) -> Optional.empty(),
        size -> {
          if (size.isPresent()) {
            sink.accept(size.get());
          }
        });
  }

  /** What to do with a candidate: called where it is met, and the task on some thread. */
  @FunctionalInterface
  private interface Visit<T> {
    Callable<T> task(String file, PictureFiles.Content content);
  }

  private <T> void walk(
      long first,
      Visit<T> visit,
      BiFunction<String, String, T> skipped,
      OrderedPipeline.Sink<T> sink)
      throws IOException {
    try (OrderedPipeline<T> pipeline = new OrderedPipeline<>(sink)) {
      PictureFiles.of(path, archiveNames)
          .walk(
              new PictureFiles.Visitor() {
                private long candidates;

                @Override
                public boolean wants(String file) {
                  return only.test(file);
                }

                @Override
                public void visit(String file, long bytes, PictureFiles.Content content)
                    throws IOException {
                  if (candidates++ >= first) {
                    pipeline.submit(bytes, visit.task(file, content));
                  }
                }

                @Override
                public void skip(String file, String reason) throws IOException {
                  if (candidates++ >= first) {
                    // Through the pipeline too, so that it keeps its place in the order.
                    pipeline.submit(0, () -> skipped.apply(file, reason));
                  }
                }
              });
      pipeline.finish();
    }
  }

  static Item decode(
      PictureDecoder decoder, String file, String className, PictureFiles.Content content) {
    try (ImageInputStream in = content.open()) {
      return Item.picture(className, decoder.decode(in));
    } catch (IOException | RuntimeException e) {
      // Decoders meet broken files with any of these; none may end the whole run.
      return Item.skipped(file, Item.reason(e));
    }
  }
}
