package io.github.autoencoder4j.internal.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.StampedLock;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Weights as the kernels of inference want them: in layouts of their own, or as a matrix for each
 * point of a tile. They follow from what has been learnt alone, so all programs of a network have
 * them in common, for however many samples each is compiled and on however many threads they run;
 * they are there as long as a program uses them. Safe for many threads.
 */
public final class PackedWeights {

  private final long start;
  private final long end;

  /** Read while programs run, written when weights have changed. */
  private final StampedLock values = new StampedLock();

  private final List<Packed> all = new ArrayList<>();

  /** Whoever writes is alone. */
  private final TileMemory memory = new TileMemory();

  /**
   * Starts without any.
   *
   * @param learned all that the network learns, which stays where it is
   */
  public PackedWeights(FloatPointer learned) {
    start = learned.address();
    end = start + learned.capacity() * Float.BYTES;
  }

  /** Adds the steps that pack weights. */
  @FunctionalInterface
  private interface Packing {

    /** Says where they are then. */
    Tensor of(Preparation preparation, Tensor weight);
  }

  /** Weights, and what they are packed to. */
  private static final class Packed {

    final Preparation preparation = new Preparation();
    final long address;
    final memory.desc from;

    /** The layout; null if they are matrices. */
    final memory.@Nullable desc to;

    final Tensor out;
    int users;

    /** Which version of the weights it has; at first none. */
    long version = -1;

    Packed(Tensor weight, memory.@Nullable desc to, Packing packing) {
      Graph graph = preparation.graph();
      address = weight.pointer().address();
      from = graph.like(weight.layout());
      this.to = to == null ? null : graph.like(to);
      out = packing.of(preparation, graph.view(weight.pointer(), from, weight.sides()));
    }

    boolean isOf(Tensor weight, memory.@Nullable desc wanted) {
      if (address != weight.pointer().address() || !from.equals(weight.layout())) {
        return false;
      }
      return to == null ? wanted == null : wanted != null && to.equals(wanted);
    }
  }

  /** How many there are. */
  int size() {
    synchronized (all) {
      return all.size();
    }
  }

  /** While it is open, what a program uses stays as it is. */
  @FunctionalInterface
  interface Reading extends AutoCloseable {

    @Override
    void close();
  }

  /** Those that one program uses. */
  final class Own implements PointMatrices, AutoCloseable {

    private final Graph graph;
    private final List<Packed> used = new ArrayList<>();

    /**
     * Starts without any.
     *
     * @param graph that of the program
     */
    Own(Graph graph) {
      this.graph = graph;
    }

    /** Whether they are weights of the network, and not something that was made of them. */
    boolean knows(Tensor weight) {
      long address = weight.pointer().address();
      return address >= start && address < end;
    }

    /** The weights in another layout. */
    Tensor in(memory.desc layout, Tensor weight) {
      Tensor out =
          use(
              weight,
              layout,
              (preparation, in) -> {
                Graph own = preparation.graph();
                Tensor copy = own.keep(own.tensor(own.like(layout), weight.sides()));
                preparation.steps().add(own.copy(in, copy));
                return copy;
              });
      return graph.view(out.pointer(), layout, out.sides());
    }

    @Override
    public Tensor matrices(Filter filter, Learned weight, long large, long small) {
      Tensor out =
          use(
              weight.value(),
              null,
              (preparation, in) -> PointWeights.add(preparation, filter, in, large, small, memory));
      return graph.view(out.pointer(), graph.plain(out.sides()), out.sides());
    }

    private Tensor use(Tensor weight, memory.@Nullable desc to, Packing packing) {
      synchronized (all) {
        Packed packed =
            all.stream()
                .filter(found -> found.isOf(weight, to))
                .findFirst()
                .orElseGet(() -> new Packed(weight, to, packing));
        if (packed.users == 0) {
          all.add(packed);
        }
        packed.users++;
        used.add(packed);
        return packed.out;
      }
    }

    /**
     * Brings them up to date, unless another program has.
     *
     * @param version changes to a greater number whenever weights have changed; at least 0
     */
    Reading read(long version) {
      long stamp = values.readLock();
      if (!isStale(version)) {
        return () -> values.unlockRead(stamp);
      }
      values.unlockRead(stamp);
      update(version);
      // They may be of a later version by now, never of an earlier one.
      long next = values.readLock();
      return () -> values.unlockRead(next);
    }

    private boolean isStale(long version) {
      for (Packed packed : used) {
        if (packed.version < version) {
          return true;
        }
      }
      return false;
    }

    private void update(long version) {
      long stamp = values.writeLock();
      try {
        for (Packed packed : used) {
          if (packed.version < version) {
            packed.preparation.run();
            packed.version = version;
          }
        }
      } finally {
        values.unlockWrite(stamp);
      }
    }

    /** Its share of their memory, which it has in common with others. */
    long bytes() {
      synchronized (all) {
        return used.stream().mapToLong(packed -> packed.preparation.bytes() / packed.users).sum();
      }
    }

    /** Uses them no more. */
    @Override
    public void close() {
      synchronized (all) {
        for (Packed packed : used) {
          packed.users--;
          if (packed.users == 0) {
            all.remove(packed);
            packed.preparation.close();
          }
        }
        used.clear();
      }
    }
  }
}
