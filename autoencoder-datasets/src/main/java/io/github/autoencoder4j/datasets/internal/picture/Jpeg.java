package io.github.autoencoder4j.datasets.internal.picture;

import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** The one reader of JPEGs that is used, and how the pixels of a file are coded. */
final class Jpeg {

  /** The processes that are decoded row by row: baseline and extended. */
  private static final Set<Integer> SEQUENTIAL = Set.of(JPEG.SOF0, JPEG.SOF1);

  private static final Set<Integer> LOSSLESS = Set.of(JPEG.SOF3, JPEG.SOF7, JPEG.SOF11, JPEG.SOF15);

  private static final Set<Integer> FRAMES =
      Set.of(
          JPEG.SOF0,
          JPEG.SOF1,
          JPEG.SOF2,
          JPEG.SOF3,
          JPEG.SOF5,
          JPEG.SOF6,
          JPEG.SOF7,
          JPEG.SOF9,
          JPEG.SOF10,
          JPEG.SOF11,
          JPEG.SOF13,
          JPEG.SOF14,
          JPEG.SOF15);

  /**
   * What to keep of each segment. All are named: of those that are not, the scan looks for the end
   * of a name, which may be no nearer than that of the file.
   */
  private static final Map<Integer, List<String>> SEGMENTS =
      IntStream.rangeClosed(0xFF00, 0xFFFF)
          .boxed()
          .collect(
              Collectors.toUnmodifiableMap(
                  marker -> marker,
                  marker ->
                      FRAMES.contains(marker)
                          ? JPEGSegmentUtil.ALL_IDS
                          : Collections.<String>emptyList()));

  private static final ImageReaderSpi PROVIDER = provider(IIORegistry.getDefaultInstance());

  private Jpeg() {}

  static ImageReader reader() throws IOException {
    return PROVIDER.createReaderInstance();
  }

  /**
   * The provider that reads CMYK and odd headers, which that of the JDK does not. ImageIO looks for
   * providers once, with the class loader of whoever comes first, which may not see ours.
   */
  static ImageReaderSpi provider(IIORegistry registry) {
    ImageReaderSpi there = registry.getServiceProviderByClass(JPEGImageReaderSpi.class);
    if (there != null) {
      return there;
    }
    ImageReaderSpi ours = new JPEGImageReaderSpi();
    registry.registerServiceProvider(ours);
    return ours;
  }

  /**
   * Whether a file is decoded row by row.
   *
   * @param in at the start of the file, where it stays
   * @throws BrokenPictureException if it is lossless: such files are decoded as a whole, whatever
   *     part is asked for, into four bytes a sample
   */
  static boolean isSequential(ImageInputStream in) throws IOException {
    Set<Integer> frames;
    in.mark();
    try {
      // What the reader itself looks for its frame with, so the two see the same.
      frames =
          JPEGSegmentUtil.readSegments(in, SEGMENTS).stream()
              .map(JPEGSegment::marker)
              .collect(Collectors.toUnmodifiableSet());
    } finally {
      in.reset();
    }
    if (frames.stream().anyMatch(LOSSLESS::contains)) {
      throw new BrokenPictureException("is a lossless JPEG, which is not read");
    }
    return SEQUENTIAL.containsAll(frames);
  }
}
