package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.arithmetic.Logistic;
import io.github.autoencoder4j.internal.compute.RowReader;
import io.github.autoencoder4j.internal.compute.RowWriter;
import io.github.autoencoder4j.internal.samples.SampleMemory;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.output.OutputKernel.Link;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The layers of an encoder or a decoder, one after the other. Any number of threads may use them;
 * memory is made for as many as do so at a time, and kept.
 */
final class PlainHalf {

  /** Dense samples at a time, whose values lie side by side for each output. */
  private static final int DENSE_BLOCK = 512;

  /** Fewer dense samples are faster one by one. */
  private static final int FEW = 8;

  /** Samples of images at a time: so many that the smallest layer has rows of this length. */
  private static final int LEAST_ROW = 256;

  /** Numbers between layers, at a time: 16 megabytes. */
  private static final int MOST_NUMBERS = 1 << 22;

  private final List<PlainLayer> layers = new ArrayList<>();
  private final List<PlainDense> dense = new ArrayList<>();

  /** How many channels there are before each layer, and behind the last. */
  private final int[] channels;

  /** How many pixels a channel has there. */
  private final int[] pixels;

  private final Link link;
  private final int block;
  private final Deque<Memory> free = new ArrayDeque<>();

  /**
   * Makes one.
   *
   * @param link what is behind the last layer
   */
  PlainHalf(List<LayerPlan> plans, Network table, float[] parameters, Link link) {
    this.link = link;
    boolean flat = plans.get(0).isFlat();
    channels = new int[plans.size() + 1];
    pixels = new int[plans.size() + 1];
    shape(0, plans.get(0).input(), flat);
    for (int i = 0; i < plans.size(); i++) {
      LayerPlan plan = plans.get(i);
      PlainLayer layer = PlainLayer.of(plan, new Weights(parameters, table.parameters(plan)));
      layers.add(layer);
      if (layer instanceof PlainDense one) {
        dense.add(one);
      }
      shape(i + 1, plan.output(), flat);
    }
    block = flat ? DENSE_BLOCK : imageBlock();
  }

  private void shape(int place, ImageShape shape, boolean flat) {
    channels[place] = flat ? shape.size() : shape.channels();
    pixels[place] = flat ? 1 : shape.height() * shape.width();
  }

  private int imageBlock() {
    int least = Integer.MAX_VALUE;
    long numbers = 0;
    for (int i = 0; i < pixels.length; i++) {
      least = Math.min(least, pixels[i]);
      numbers += (long) channels[i] * pixels[i];
    }
    long affordable = Math.max(1, MOST_NUMBERS / numbers);
    return (int) Math.min(affordable, Math.max(1, LEAST_ROW / least));
  }

  /** Where rows lie that nobody needs who reads or writes those of the next place. */
  static Room.Use bank(int place) {
    return place % 2 == 0 ? Room.Use.BEFORE_ODD : Room.Use.BEFORE_EVEN;
  }

  private boolean isDense() {
    return dense.size() == layers.size();
  }

  int inputs() {
    return channels[0] * pixels[0];
  }

  int outputs() {
    return channels[layers.size()] * pixels[layers.size()];
  }

  /** How many samples to hand over at a time, for a call of {@code n} on some threads. */
  int block(int n, int threads) {
    return Math.max(1, Math.min(block, (n + threads - 1) / threads));
  }

  /** Arrays that one thread uses at a time. */
  private final class Memory {

    final Room room = new Room();
    final float[] row = new float[Math.max(inputs(), outputs())];
    final float[] linked = new float[outputs()];
    final SampleMemory sample = SampleMemory.inHeap(inputs());
    final float[][] vectors = new float[layers.size() + 1][];

    /** Rows before a layer, or behind the last, in place of those before the layer before. */
    float[][] rows(int place, int samples) {
      return room.rows(bank(place), channels[place], samples * pixels[place]);
    }

    float[] vector(int place) {
      float[] vector = vectors[place];
      if (vector == null) {
        vector = new float[channels[place]];
        vectors[place] = vector;
      }
      return vector;
    }
  }

  private Memory take() {
    synchronized (free) {
      Memory memory = free.poll();
      return memory == null ? new Memory() : memory;
    }
  }

  private void give(Memory memory) {
    synchronized (free) {
      free.push(memory);
    }
  }

  /**
   * Computes one sample, without making an object.
   *
   * @param input its values
   * @param output receives what the link makes of the last layer
   */
  void apply(float[] input, float[] output) {
    Memory memory = take();
    if (isDense()) {
      applyDense(input, memory.row, memory);
    } else {
      spread(input, memory.rows(0, 1), 0);
      gather(run(1, memory), 0, memory.row);
    }
    link(memory.row, output);
    give(memory);
  }

  private void link(float[] row, float[] output) {
    switch (link) {
      case IDENTITY -> System.arraycopy(row, 0, output, 0, outputs());
      case SIGMOID -> Logistic.of(row, output, 0, outputs());
    }
  }

  private void applyDense(float[] input, float[] output, Memory memory) {
    float[] in = input;
    for (int i = 0; i < dense.size(); i++) {
      float[] out = i + 1 < dense.size() ? memory.vector(i + 1) : output;
      dense.get(i).apply(in, out, memory.room);
      in = out;
    }
  }

  /**
   * Computes some samples, at most as many as {@link #block} says.
   *
   * @param inputs gives them
   * @param first the number of the first
   * @param n how many
   * @param linked whether the link is wanted, and not what the last layer yields
   * @param outputs takes it
   */
  void apply(RowReader inputs, int first, int n, boolean linked, RowWriter outputs) {
    Memory memory = take();
    boolean oneByOne = isDense() && n < FEW;
    float[][] rows = oneByOne ? new float[0][] : memory.rows(0, n);
    float[] output = linked ? memory.linked : memory.row;
    FloatBuffer result = FloatBuffer.wrap(output, 0, outputs());
    float[] sample = new float[inputs()];
    for (int i = 0; i < n; i++) {
      inputs.read(first + i, memory.sample, 0);
      memory.sample.values().get(0, sample);
      if (oneByOne) {
        applyDense(sample, memory.row, memory);
        if (linked) {
          link(memory.row, output);
        }
        outputs.write(first + i, result.rewind());
      } else {
        spread(sample, rows, i);
      }
    }
    if (!oneByOne) {
      rows = run(n, memory);
      for (int i = 0; i < n; i++) {
        gather(rows, i, memory.row);
        if (linked) {
          link(memory.row, output);
        }
        outputs.write(first + i, result.rewind());
      }
    }
    give(memory);
  }

  /** Computes what lies before the first layer, and gives what is behind the last. */
  private float[][] run(int n, Memory memory) {
    float[][] rows = memory.rows(0, n);
    for (int i = 0; i < layers.size(); i++) {
      float[][] next = memory.rows(i + 1, n);
      layers.get(i).apply(rows, next, n, memory.room);
      rows = next;
    }
    return rows;
  }

  private void spread(float[] sample, float[][] rows, int index) {
    int length = pixels[0];
    for (int i = 0; i < channels[0]; i++) {
      if (length == 1) {
        rows[i][index] = sample[i];
      } else {
        System.arraycopy(sample, i * length, rows[i], index * length, length);
      }
    }
  }

  private void gather(float[][] rows, int index, float[] sample) {
    int length = pixels[layers.size()];
    for (int i = 0; i < channels[layers.size()]; i++) {
      if (length == 1) {
        sample[i] = rows[i][index];
      } else {
        System.arraycopy(rows[i], index * length, sample, i * length, length);
      }
    }
  }
}
