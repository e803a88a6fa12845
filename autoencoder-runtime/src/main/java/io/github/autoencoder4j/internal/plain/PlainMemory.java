package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.StagePlan;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a network needs in the heap, its numbers and what it makes of one sample, worked out before
 * any of it is there: a small file can describe layers that yield far more numbers than it has
 * weights, or have many weights that are all alike.
 */
public final class PlainMemory implements LayerPlan.Cases<PlainMemory> {

  /** The share of the heap that what is made of a sample may take: two threads need it twice. */
  private static final double SAMPLE_SHARE = 0.5;

  /** The share that it may take together with the weights: the rest is the user's. */
  private static final double SHARE = 0.75;

  /** As a {@link Room} would have them: how long each row is. */
  private final Map<Room.Use, int[]> rows = new EnumMap<>(Room.Use.class);

  private PlainMemory(List<LayerPlan> layers) {
    boolean flat = layers.get(0).isFlat();
    between(0, layers.get(0).input(), flat);
    for (int i = 0; i < layers.size(); i++) {
      LayerPlan layer = layers.get(i);
      between(i + 1, layer.output(), flat);
      layer.match(this);
      if (layer.activation() == Activation.GDN || layer.activation() == Activation.INVERSE_GDN) {
        ImageShape shape = layer.output();
        int channels = flat ? shape.size() : shape.channels();
        add(Room.Use.SQUARES, channels, shape.size() / channels);
        add(Room.Use.SUMS, channels, shape.size() / channels);
      }
    }
  }

  /**
   * Says why a network does not fit into a heap.
   *
   * @param network its steps
   * @param heap how many bytes it has at most
   * @return half a sentence with the way out; empty if it fits
   */
  public static Optional<String> objection(Network network, long heap) {
    long sample =
        Float.BYTES * (numbers(network.encoder()) + numbers(network.decoder()))
            + Double.BYTES * network.stages().stream().mapToLong(PlainMemory::numbers).sum();
    long weights = Float.BYTES * (network.size() + copied(network));
    long needed = (long) Math.ceil(Math.max(sample / SAMPLE_SHARE, (sample + weights) / SHARE));
    return needed <= heap
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "needs %,d MB for its weights and %,d MB for what its layers and stages make of one"
                    + " sample, which in plain Java may take three quarters of the heap together"
                    + " and the second half of it, and that has %,d MB; start Java with -Xmx%dm or"
                    + " more if you trust the file",
                megabytes(weights),
                megabytes(sample),
                megabytes(heap),
                megabytes(needed)));
  }

  /**
   * What there is again as it is computed with: the weights of dense layers by columns, those of
   * divisive normalisation as the positive numbers that they count as, and by columns too.
   */
  private static long copied(Network network) {
    return network.parameters().stream().mapToLong(PlainMemory::copied).sum();
  }

  private static long copied(Network.Entry entry) {
    return switch (entry.spec().kind()) {
      case WEIGHT -> entry.owner().isFlat() ? entry.length() : 0L;
      case ACTIVATION -> 2L * entry.length();
      case BIAS, STATE -> 0L;
    };
  }

  private static long megabytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }

  private static long numbers(List<LayerPlan> layers) {
    return new PlainMemory(layers)
        .rows.values().stream().flatMapToInt(Arrays::stream).asLongStream().sum();
  }

  /** As a {@link LatentBatch} of one code has them: every stage one of its own. */
  private static long numbers(StagePlan place) {
    long codes = place.stage().contracts() ? 2 : 1;
    return codes * place.input().size()
        + place.output().size()
        + place.stage().kernel(place.output()).kept()
        + place.stage().conditions()
        + place.learned().stream().mapToLong(ParameterSpec::length).sum();
  }

  private void between(int place, ImageShape shape, boolean flat) {
    int channels = flat ? shape.size() : shape.channels();
    add(PlainHalf.bank(place), channels, shape.size() / channels);
  }

  private void add(Room.Use use, int count, int length) {
    int[] lengths = rows.getOrDefault(use, new int[0]);
    if (lengths.length < count) {
      lengths = Arrays.copyOf(lengths, count);
      rows.put(use, lengths);
    }
    for (int i = 0; i < count; i++) {
      lengths[i] = Math.max(lengths[i], length);
    }
  }

  @Override
  public PlainMemory dense(DenseLayerPlan plan) {
    return this;
  }

  @Override
  public PlainMemory convolution(ConvLayerPlan plan) {
    ImageShape small = plan.transposed() ? plan.input() : plan.output();
    int length = small.height() * small.width();
    int area =
        plan.transposed()
            ? reach(plan.kernelHeight(), plan.strideHeight()) * reach(plan.kernel(), plan.stride())
            : plan.kernelHeight() * plan.kernel();
    taps(plan.input().channels() * area, length);
    if (plan.transposed()) {
      add(Room.Use.PHASE, plan.output().channels(), length);
    }
    return this;
  }

  @Override
  public PlainMemory residual(ResidualBlockPlan plan) {
    ImageShape shape = plan.input();
    int length = shape.height() * shape.width();
    add(Room.Use.INNER, shape.channels(), length);
    taps(shape.channels() * plan.kernelHeight() * plan.kernel(), length);
    return this;
  }

  /** How many weights of a row an output of a transposed convolution sees at most. */
  private static int reach(int kernel, int stride) {
    return (kernel + stride - 1) / stride;
  }

  private void taps(int weights, int length) {
    add(Room.Use.TAPS, Kernel.rows(weights, length), length);
  }

  @Override
  public PlainMemory rearrangement(RearrangementPlan plan) {
    return this;
  }
}
