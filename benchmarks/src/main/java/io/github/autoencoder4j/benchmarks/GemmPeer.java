package io.github.autoencoder4j.benchmarks;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The best that a large matrix product makes of this machine, by OpenBLAS through ND4J or by oneDNN
 * where it is there: what a network can hope for at most.
 */
final class GemmPeer implements Peer {

  private static final int[] SIDES = {1024, 2048};

  private boolean oneDnn = true;

  @Override
  public Work run(Job job, double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    Work best = new Work(0, 1);
    do {
      for (int side : SIDES) {
        best = better(best, openBlas(side));
        best = better(best, oneDnn(side));
      }
    } while (System.nanoTime() < end);
    return best;
  }

  private static Work better(Work a, @Nullable Work b) {
    return b == null || a.rate() >= b.rate() ? a : b;
  }

  private static Work openBlas(int side) {
    try (INDArray a = Nd4j.valueArrayOf(new long[] {side, side}, 0.5, DataType.FLOAT);
        INDArray b = Nd4j.valueArrayOf(new long[] {side, side}, 0.5, DataType.FLOAT);
        INDArray c = Nd4j.createUninitialized(DataType.FLOAT, new long[] {side, side}, 'f')) {
      return fastest(side, () -> Nd4j.gemm(a, b, c, false, false, 1, 0));
    }
  }

  private @Nullable Work oneDnn(int side) {
    if (!oneDnn) {
      return null;
    }
    long size = (long) side * side;
    try (FloatPointer a = filled(size);
        FloatPointer b = filled(size);
        FloatPointer c = filled(size)) {
      byte plain = 'N';
      return fastest(
          side,
          () -> dnnl.dnnl_sgemm(plain, plain, side, side, side, 1, a, side, b, side, 0, c, side));
    } catch (LinkageError e) {
      // Not there on this platform.
      oneDnn = false;
      return null;
    }
  }

  private static FloatPointer filled(long size) {
    FloatPointer pointer = new FloatPointer(size);
    for (long i = 0; i < size; i++) {
      pointer.put(i, 0.5f);
    }
    return pointer;
  }

  /** The first call of a library wakes its threads, so there are some. */
  private static Work fastest(int side, Runnable product) {
    double gigaFlops = 2e-9 * side * side * side;
    Work best = new Work(0, 1);
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      product.run();
      best = better(best, new Work(gigaFlops, (System.nanoTime() - start) / 1e9));
    }
    return best;
  }
}
