package io.github.autoencoder4j.network;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.Node;
import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.Contractive;
import io.github.autoencoder4j.loss.Objective;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an autoencoder computes, step by step, and the one table that says where its numbers lie:
 * all parameters are one flat array, the encoder's before those of the latent stages, then the
 * decoder's and what the output keeps, step by step. Immutable.
 *
 * <pre>{@code
 * for (Network.Entry entry : Network.of(spec).parameters()) {
 *   System.out.printf("%8d %s %s%n", entry.offset(), entry.name(), entry.shape());
 * }
 * }</pre>
 */
public final class Network {

  /**
   * One array of numbers, and where it lies.
   *
   * @param owner the layer, stage or output that learns it
   * @param spec what its owner says of it
   * @param offset the position of its first number among all parameters, from 0
   */
  public record Entry(Node owner, ParameterSpec spec, int offset) {

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

  private final List<LayerPlan> encoder;
  private final List<StagePlan> stages;
  private final List<LayerPlan> decoder;
  private final OutputPlan output;
  private final int conditions;

  /** Filled when it is asked for: nodes may be looked at before anybody affords their numbers. */
  private volatile @Nullable Table table;

  private Network(Spec spec) {
    Architecture layers = spec.architecture();
    ImageShape sample = layers.input();
    conditions = spec.condition().map(condition -> condition.classes().size()).orElse(0);
    // From the code back to what the encoder has to yield.
    Deque<StagePlan> places = new ArrayDeque<>();
    ImageShape code = layers.widened(layers.latent(), conditions);
    ImageShape end = code;
    for (int i = spec.stages().size(); i > 0; i--) {
      StagePlan place = new StagePlan(i, spec.stages().get(i - 1), end);
      places.addFirst(place);
      end = place.input();
    }
    encoder = List.copyOf(layers.encoder(layers.widened(sample, conditions), end));
    stages = List.copyOf(places);
    output = new OutputPlan(spec.output(), sample);
    decoder = List.copyOf(layers.decoder(code, output.input()));
  }

  /** All arrays, and those of each step by its name. */
  private record Table(List<Entry> all, Map<String, List<Entry>> byNode) {}

  /** Filled twice at worst, and then with the same. */
  private Table table() {
    Table filled = table;
    if (filled == null) {
      filled = fill();
      table = filled;
    }
    return filled;
  }

  private Table fill() {
    List<Entry> all = new ArrayList<>();
    Map<String, List<Entry>> byNode = new HashMap<>();
    int offset = 0;
    for (Node node : Stream.concat(nodes().stream(), Stream.of(output)).toList()) {
      int first = all.size();
      for (ParameterSpec array : node.learned()) {
        all.add(new Entry(node, array, offset));
        offset = Math.toIntExact(Math.addExact(offset, array.length()));
      }
      byNode.put(node.name(), List.copyOf(all.subList(first, all.size())));
    }
    return new Table(List.copyOf(all), byNode);
  }

  /**
   * Lists what a choice of parts computes.
   *
   * @param spec the choices
   * @return its steps and its table
   * @throws ArithmeticException if a shape has more values than can be counted
   */
  public static Network of(Spec spec) {
    return new Network(spec);
  }

  /**
   * Lists the layers of the encoder.
   *
   * @return from the sample to what the first stage is fed
   */
  public List<LayerPlan> encoder() {
    return encoder;
  }

  /**
   * Lists the latent stages.
   *
   * @return from what the encoder yields to the code; empty if that is the code
   */
  public List<StagePlan> stages() {
    return stages;
  }

  /**
   * Lists the layers of the decoder.
   *
   * @return from the code to what the output is fed
   */
  public List<LayerPlan> decoder() {
    return decoder;
  }

  /**
   * Gives the output.
   *
   * @return how what the decoder yields is read as a sample
   */
  public OutputPlan output() {
    return output;
  }

  /**
   * Lists the layers.
   *
   * @return the encoder's, then the decoder's
   */
  public List<LayerPlan> layers() {
    return Stream.of(encoder, decoder).<LayerPlan>flatMap(List::stream).toList();
  }

  /**
   * Lists all steps but the output.
   *
   * @return the encoder's layers, the stages, the decoder's layers
   */
  public List<Node> nodes() {
    return Stream.of(encoder, stages, decoder).<Node>flatMap(List::stream).toList();
  }

  /**
   * Says whether layers see a sample as {@code [values]} and not as {@code [channels, height,
   * width]}.
   *
   * @return true if the first layer is fully connected
   */
  public boolean isFlat() {
    return encoder.get(0).isFlat();
  }

  /**
   * Gives the shape of a sample.
   *
   * @return what is reconstructed
   */
  public ImageShape sample() {
    return output.output();
  }

  /**
   * Gives the shape of a sample with its condition behind it.
   *
   * @return what the first layer is fed; {@link #sample()} if nothing is conditioned
   */
  public ImageShape input() {
    return encoder.get(0).input();
  }

  /**
   * Gives the shape of a code with its condition behind it.
   *
   * @return what the decoder is fed; that of a code if nothing is conditioned
   */
  public ImageShape code() {
    return decoder.get(0).input();
  }

  /**
   * Counts the numbers of a condition, which follow the values of a sample and of a code.
   *
   * @return how many classes there are; 0 if nothing is conditioned
   */
  public int conditions() {
    return conditions;
  }

  /**
   * Finds a number of the condition behind a sample. Where layers see planes it fills a plane.
   *
   * @param number which, from 0 to {@code conditions() - 1}
   * @return the position in a row of {@code input().size()} values
   */
  public int conditionAt(int number) {
    return sample().size() + number * ((input().size() - sample().size()) / conditions);
  }

  /**
   * Takes samples without their conditions: what the network is asked for.
   *
   * @param rows at least {@code n} samples side by side, each {@code input().size()} values
   * @param n how many
   * @return {@code n} samples side by side, each {@code sample().size()} values; the array itself
   *     if nothing is conditioned
   */
  public float[] targets(float[] rows, int n) {
    if (conditions == 0) {
      return rows;
    }
    int size = sample().size();
    float[] targets = new float[n * size];
    for (int i = 0; i < n; i++) {
      System.arraycopy(rows, i * input().size(), targets, i * size, size);
    }
    return targets;
  }

  /**
   * Counts the codes that are drawn for each sample in training and where the objective is judged.
   *
   * @return at least 1
   */
  public int draws() {
    return stages.stream().mapToInt(place -> place.stage().draws()).max().orElse(1);
  }

  /**
   * Says whether a {@link Contractive} stage is fed by one dense layer, whose weights say all about
   * the Jacobian of codes.
   *
   * @return false if there is no such stage, more layers or another stage before it
   */
  public boolean isContractionExact() {
    return encoder.size() == 1
        && encoder.get(0).isFlat()
        && !stages.isEmpty()
        && stages.get(0).stage().contracts();
  }

  /**
   * Counts the rows as which each sample goes through the encoder in training and where the
   * objective is judged: all samples, then, if a {@link Contractive} stage compares codes, all of
   * them moved a small step.
   *
   * @return 1 or 2
   */
  public int views() {
    boolean contracts = stages.stream().anyMatch(place -> place.stage().contracts());
    return contracts && !isContractionExact() ? 2 : 1;
  }

  /**
   * Names the terms that the stages add to the objective.
   *
   * @return in the order of the stages; names that occur before are numbered
   */
  public List<String> terms() {
    List<String> names = new ArrayList<>();
    for (StagePlan place : stages) {
      for (String name : place.stage().terms()) {
        names.add(names.contains(name) ? name + "-" + place.position() : name);
      }
    }
    return List.copyOf(names);
  }

  /**
   * Names the parts of an objective.
   *
   * @param reconstruction the mean loss
   * @param terms in the order of {@link #terms()}, in nats summed over samples
   * @param n how many samples those are
   * @return means per value of a sample
   */
  public Objective objective(double reconstruction, double[] terms, long n) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < terms.length; i++) {
      named.put(terms().get(i), terms[i] / ((double) n * sample().size()));
    }
    return new Objective(reconstruction, named);
  }

  /**
   * Lists all arrays.
   *
   * @return in the order in which they lie in memory, one right after the other
   * @throws ArithmeticException if there are more numbers than an array can hold
   */
  public List<Entry> parameters() {
    return table().all();
  }

  /**
   * Lists the arrays of some steps.
   *
   * @param nodes steps of this network
   * @return in the order in which they lie in memory
   */
  public List<Entry> parameters(List<? extends Node> nodes) {
    return nodes.stream().flatMap(node -> parameters(node).stream()).toList();
  }

  /**
   * Lists the arrays of a step.
   *
   * @param node a step of this network
   * @return in the order in which they lie in memory; empty if it learns nothing
   */
  public List<Entry> parameters(Node node) {
    return table().byNode().getOrDefault(node.name(), List.of());
  }

  /**
   * Lists the shapes of all arrays by name: networks whose shapes are equal can share weights.
   *
   * @return in the order in which they lie in memory
   */
  public Map<String, List<Integer>> shapes() {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    parameters().forEach(entry -> shapes.put(entry.name(), entry.shape()));
    return Collections.unmodifiableMap(shapes);
  }

  /**
   * Counts the numbers that the network learns.
   *
   * @return the length of the flat array
   */
  public int size() {
    return parameters().stream().mapToInt(Entry::length).sum();
  }
}
