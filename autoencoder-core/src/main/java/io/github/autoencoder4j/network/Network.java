package io.github.autoencoder4j.network;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.ParameterSpec;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The layers of an autoencoder and the one table that says where their numbers lie: all parameters
 * are one flat array, the encoder's before the decoder's, layer by layer. Immutable.
 *
 * <pre>{@code
 * Network network = Network.of(autoencoder.architecture().orElseThrow());
 * for (Network.Entry entry : network.parameters()) {
 *   System.out.printf("%8d %s %s%n", entry.offset(), entry.name(), entry.shape());
 * }
 * }</pre>
 */
public final class Network {

  /**
   * One array of numbers, and where it lies.
   *
   * @param owner the layer that learns it
   * @param spec what the layer says of it
   * @param offset the position of its first number among all parameters, from 0
   */
  public record Entry(LayerPlan owner, ParameterSpec spec, int offset) {

    /**
     * Names the array, as model files do.
     *
     * @return unique in the network, such as {@code "encoder-1.weight"}
     */
    public String name() {
      return owner.name() + "." + spec.name();
    }

    /**
     * Gives its shape.
     *
     * @return row-major, as in {@link ParameterSpec#shape()}
     */
    public List<Integer> shape() {
      return spec.shape();
    }

    /**
     * Counts its numbers.
     *
     * @return the product of the sides
     */
    public int length() {
      return (int) spec.length();
    }

    /**
     * Says where it ends.
     *
     * @return the position after its last number
     */
    public int end() {
      return offset + length();
    }

    /**
     * Finds its numbers.
     *
     * @param parameters all parameters, from the buffer's first value on
     * @return a view of this array's part
     */
    public FloatBuffer in(FloatBuffer parameters) {
      return parameters.slice(offset, length());
    }
  }

  private final ImmutableList<LayerPlan> layers;
  private final ImmutableListMultimap<String, Entry> entries;

  private Network(Architecture architecture) {
    layers = ImmutableList.copyOf(architecture.layers());
    ImmutableListMultimap.Builder<String, Entry> table = ImmutableListMultimap.builder();
    int offset = 0;
    for (LayerPlan layer : layers) {
      for (ParameterSpec spec : layer.learned()) {
        Entry entry = new Entry(layer, spec, offset);
        table.put(layer.name(), entry);
        offset = Math.toIntExact(Math.addExact(offset, spec.length()));
      }
    }
    entries = table.build();
  }

  /**
   * Lists what an architecture learns.
   *
   * @param architecture the layers
   * @return its table
   * @throws ArithmeticException if there are more numbers than an array can hold
   */
  public static Network of(Architecture architecture) {
    return new Network(architecture);
  }

  /**
   * Lists the layers.
   *
   * @return the encoder's, then the decoder's
   */
  public List<LayerPlan> layers() {
    return layers;
  }

  /**
   * Lists all arrays.
   *
   * @return in the order in which they lie in memory, one right after the other
   */
  public List<Entry> parameters() {
    return entries.values().asList();
  }

  /**
   * Lists the arrays of some layers.
   *
   * @param layers layers of this network
   * @return in the order in which they lie in memory
   */
  public List<Entry> parameters(List<LayerPlan> layers) {
    return layers.stream().flatMap(layer -> parameters(layer).stream()).toList();
  }

  /**
   * Lists the arrays of a layer.
   *
   * @param layer a layer of this network
   * @return in the order in which they lie in memory; empty if it learns nothing
   */
  public List<Entry> parameters(LayerPlan layer) {
    return entries.get(layer.name());
  }
}
