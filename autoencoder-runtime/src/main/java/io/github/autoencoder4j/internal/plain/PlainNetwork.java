package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.internal.compute.Backend;
import io.github.autoencoder4j.internal.compute.ForwardPass;
import io.github.autoencoder4j.internal.compute.ForwardPath;
import io.github.autoencoder4j.internal.compute.NetworkNumbers;
import io.github.autoencoder4j.internal.compute.RunnableNetwork;
import io.github.autoencoder4j.internal.compute.Threads;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network in plain Java, which is never trained. */
public final class PlainNetwork implements RunnableNetwork, NetworkNumbers {

  private final Spec spec;
  private final Network table;
  private final float[] parameters;
  private final ForwardPass forward;
  private volatile @Nullable ForwardPath path;
  private int steps;
  private int epochs;

  private PlainNetwork(Spec spec) {
    this.spec = spec;
    this.table = Network.of(spec);
    this.parameters = new float[table.size()];
    this.forward = new ForwardPass(spec, table, this, this::path);
  }

  /**
   * Makes a network whose numbers are all zero, to be filled through {@link #parameterMemory()}.
   *
   * @param spec what makes it
   * @return a network
   */
  public static PlainNetwork blank(Spec spec) {
    return new PlainNetwork(spec);
  }

  /** The layers, made of the numbers when they are first used. */
  private ForwardPath path() {
    ForwardPath made = path;
    return made == null ? make() : made;
  }

  private synchronized ForwardPath make() {
    ForwardPath made = path;
    if (made == null) {
      made = new PlainPath(table, parameters, spec.output().kernel().link());
      path = made;
    }
    return made;
  }

  @Override
  public Spec spec() {
    return spec;
  }

  @Override
  public Network table() {
    return table;
  }

  @Override
  public NetworkNumbers store() {
    return this;
  }

  @Override
  public ForwardPass forward() {
    return forward;
  }

  @Override
  public Backend backend() {
    return new Backend("plain Java", Threads.count());
  }

  @Override
  public synchronized FloatBuffer parameterMemory() {
    path = null;
    return FloatBuffer.wrap(parameters);
  }

  @Override
  public void read(List<Network.Entry> entries, List<double[]> arrays) {
    for (int i = 0; i < arrays.size(); i++) {
      double[] array = arrays.get(i);
      int offset = entries.get(i).offset();
      for (int j = 0; j < array.length; j++) {
        array[j] = parameters[offset + j];
      }
    }
  }

  @Override
  public long version() {
    // Numbers are there before anybody asks, and stay.
    return 0;
  }

  @Override
  public boolean hasOptimizer() {
    return false;
  }

  @Override
  public FloatBuffer optimizerMemory() {
    throw new IllegalStateException("plain Java does not train");
  }

  @Override
  public int iteration() {
    return 0;
  }

  @Override
  public int epoch() {
    return 0;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public int epochs() {
    return epochs;
  }

  @Override
  public void setProgress(int iteration, int epoch) {
    setEarlier(iteration, epoch);
  }

  @Override
  public void setEarlier(int steps, int epochs) {
    this.steps = steps;
    this.epochs = epochs;
  }
}
