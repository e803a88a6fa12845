package io.github.autoencoder4j.internal.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private final List<ParameterPlan> parameters;

  PlanInitializer(List<ParameterPlan> parameters) {
    this.parameters = parameters;
  }

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return parameters.stream().mapToLong(ParameterPlan::length).sum();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return parameters.stream().map(ParameterPlan::key).toList();
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return parameters.stream().filter(ParameterPlan::weight).map(ParameterPlan::key).toList();
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return parameters.stream().filter(p -> !p.weight()).map(ParameterPlan::key).toList();
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
    parameters.forEach(parameter -> conf.addVariable(parameter.key()));
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
    for (ParameterPlan parameter : parameters) {
      long end = offset + parameter.length();
      arrays.put(
          parameter.key(),
          flat.get(NDArrayIndex.interval(offset, end))
              .reshape(parameter.order(), parameter.sides()));
      offset = end;
    }
    return arrays;
  }
}
