package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.internal.compute.ForwardPath;
import io.github.autoencoder4j.internal.compute.RowReader;
import io.github.autoencoder4j.internal.compute.RowWriter;
import io.github.autoencoder4j.internal.compute.Threads;
import io.github.autoencoder4j.internal.samples.ParallelReading;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.output.OutputKernel.Link;

/**
 * Both halves of a network in plain Java. A call with many samples is cut into blocks, which the
 * JVM's common pool shares with the thread that calls.
 */
final class PlainPath implements ForwardPath {

  private final PlainHalf encoder;
  private final PlainHalf decoder;

  PlainPath(Network table, float[] parameters, Link link) {
    this.encoder = new PlainHalf(table.encoder(), table, parameters, Link.IDENTITY);
    this.decoder = new PlainHalf(table.decoder(), table, parameters, link);
  }

  @Override
  public void encode(RowReader samples, int n, float[] codes) {
    int size = encoder.outputs();
    apply(encoder, samples, n, false, (row, values) -> values.get(codes, row * size, size));
  }

  @Override
  public void decode(float[] codes, int n, boolean linked, RowWriter outputs) {
    int size = decoder.inputs();
    apply(
        decoder,
        (row, memory, at) -> memory.at(at).put(codes, row * size, size),
        n,
        linked,
        outputs);
  }

  @Override
  public void encode(float[] sample, float[] code) {
    encoder.apply(sample, code);
  }

  @Override
  public void decode(float[] code, float[] output) {
    decoder.apply(code, output);
  }

  private static void apply(
      PlainHalf half, RowReader inputs, int n, boolean linked, RowWriter outputs) {
    int threads = Threads.count();
    int block = half.block(n, threads);
    int blocks = (n + block - 1) / block;
    if (threads == 1 || blocks == 1) {
      for (int i = 0; i < blocks; i++) {
        half.apply(inputs, i * block, Math.min(block, n - i * block), linked, outputs);
      }
      return;
    }
    ParallelReading.forEach(
        blocks,
        i -> half.apply(inputs, i * block, Math.min(block, n - i * block), linked, outputs));
  }
}
