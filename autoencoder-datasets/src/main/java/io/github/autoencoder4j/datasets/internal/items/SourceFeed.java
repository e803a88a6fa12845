package io.github.autoencoder4j.datasets.internal.items;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.LabeledImageSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The samples of another source.
 *
 * @param source read on all cores
 */
public record SourceFeed(LabeledImageSource source) implements ItemFeed {

  /** Enough that handing a task to a thread costs nothing beside it. */
  private static final int VALUES_A_TASK = 1 << 20;

  private static final int PROBES = 16;

  @Override
  public ImageShape shape() {
    return source.shape();
  }

  @Override
  public long count() {
    return source.size();
  }

  @Override
  public List<String> classNames() {
    return source.classNames();
  }

  @Override
  public String identity() {
    CRC32C checksum = new CRC32C();
    for (long i = 0; i < Math.min(PROBES, source.size()); i++) {
      int index = (int) (i * source.size() / PROBES);
      checksum.update(Pixels.toBytes(source.get(index)));
      checksum.update(source.label(index));
    }
    // Compared with what an earlier run wrote, maybe where digits are others.
    return String.format(
        Locale.ROOT,
        "%d samples, checksum %08x, classes %s",
        source.size(),
        checksum.getValue(),
        source.classNames());
  }

  @Override
  public void feed(long first, OrderedPipeline.Sink<Item> sink) throws IOException {
    int step = Math.max(1, VALUES_A_TASK / shape().size());
    try (OrderedPipeline<List<Item>> pipeline =
        new OrderedPipeline<>(
            items -> {
              for (Item item : items) {
                sink.accept(item);
              }
            })) {
      for (long from = first; from < source.size(); from += step) {
        int begin = (int) from;
        int end = (int) Math.min(source.size(), from + step);
        pipeline.submit((long) (end - begin) * shape().size(), () -> items(begin, end));
      }
      pipeline.finish();
    }
  }

  private List<Item> items(int from, int to) {
    List<Item> items = new ArrayList<>(to - from);
    float[] values = new float[shape().size()];
    for (int i = from; i < to; i++) {
      source.read(i, values, 0);
      items.add(Item.picture(source.classNames().get(source.label(i)), Pixels.toBytes(values)));
    }
    return items;
  }
}
