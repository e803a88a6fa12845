package io.github.autoencoder4j.internal.engine;

import com.google.common.collect.Lists;
import com.google.common.primitives.Longs;
import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.architecture.ParameterSpec.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Cuts the flat parameters of a network into the arrays of one layer, one after the other. First
 * values are drawn elsewhere.
 */
final class PlanInitializer implements ParamInitializer {

  static final String WEIGHT = "W";
  static final String BIAS = "b";
  static final String SECOND_WEIGHT = "W2";
  static final String SECOND_BIAS = "b2";
  static final String SLOPE = "a";
  static final String BETA = "beta";
  static final String GAMMA = "gamma";

  /** The names that Deeplearning4j has for them, which its users know. */
  private static final Map<String, String> KEYS =
      Map.of(
          "weight", WEIGHT,
          "bias", BIAS,
          "weight-2", SECOND_WEIGHT,
          "bias-2", SECOND_BIAS,
          "slope", SLOPE,
          "beta", BETA,
          "gamma", GAMMA);

  private final List<ParameterSpec> parameters;

  PlanInitializer(List<ParameterSpec> parameters) {
    this.parameters = parameters;
  }

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return parameters.stream().mapToLong(ParameterSpec::length).sum();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return keys(spec -> true);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return keys(spec -> spec.kind() == Kind.WEIGHT);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return keys(spec -> spec.kind() != Kind.WEIGHT);
  }

  private List<String> keys(Predicate<ParameterSpec> which) {
    return parameters.stream().filter(which).map(PlanInitializer::key).toList();
  }

  /** What Deeplearning4j calls it. */
  static String key(ParameterSpec parameter) {
    return KEYS.getOrDefault(parameter.name(), parameter.name());
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray view, boolean initialize) {
    parameters.forEach(parameter -> conf.addVariable(key(parameter)));
    return Collections.synchronizedMap(cut(view));
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray view) {
    return cut(view);
  }

  private Map<String, INDArray> cut(INDArray view) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    if (parameters.isEmpty()) {
      return arrays;
    }
    INDArray flat = view.reshape(view.length());
    long offset = 0;
    for (ParameterSpec parameter : parameters) {
      long end = offset + parameter.length();
      // A matrix, row by row [out, in], is [in, out] column by column, as Deeplearning4j has it.
      boolean matrix = parameter.shape().size() == 2;
      arrays.put(
          key(parameter),
          flat.get(NDArrayIndex.interval(offset, end))
              .reshape(
                  matrix ? 'f' : 'c',
                  Longs.toArray(matrix ? Lists.reverse(parameter.shape()) : parameter.shape())));
      offset = end;
    }
    return arrays;
  }
}
