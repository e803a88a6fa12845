package io.github.autoencoder4j.onnx;

import static io.github.autoencoder4j.onnx.Graph.attribute;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseLayerPlan;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.PositiveParameter;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.data.ImageShape;
import java.util.List;

/** Says a layer in operators: what it is fed goes in, what it yields comes out. */
record LayerNodes(Graph graph, LearnedArrays arrays, String fed)
    implements LayerPlan.Cases<String> {

  @Override
  public String dense(DenseLayerPlan plan) {
    String sum =
        graph.add(
            "Gemm",
            List.of(fed, arrays.store(graph, plan, "weight"), arrays.store(graph, plan, "bias")),
            attribute("transB", 1));
    return activated(plan, sum);
  }

  @Override
  public String convolution(ConvLayerPlan plan) {
    String sum =
        graph.add(
            plan.transposed() ? "ConvTranspose" : "Conv",
            List.of(fed, arrays.store(graph, plan, "weight"), arrays.store(graph, plan, "bias")),
            attribute("kernel_shape", plan.kernelHeight(), plan.kernel()),
            attribute("strides", plan.strideHeight(), plan.stride()),
            padding(plan.paddingHeight(), plan.padding()));
    return activated(plan, sum);
  }

  @Override
  public String residual(ResidualBlockPlan plan) {
    String first = activated(plan, same(plan, fed, "weight", "bias"));
    return graph.add("Add", List.of(fed, same(plan, first, "weight-2", "bias-2")));
  }

  private String same(ResidualBlockPlan plan, String value, String weight, String bias) {
    return graph.add(
        "Conv",
        List.of(value, arrays.store(graph, plan, weight), arrays.store(graph, plan, bias)),
        attribute("kernel_shape", plan.kernelHeight(), plan.kernel()),
        padding((plan.kernelHeight() - 1) / 2, (plan.kernel() - 1) / 2));
  }

  private static onnx.Onnx.AttributeProto padding(long rows, long columns) {
    return attribute("pads", rows, columns, rows, columns);
  }

  /**
   * Channels are numbered {@code (c height + dy) width + dx} on the deep side. ONNX has that order
   * for the way back, of square blocks alone; its own "SpaceToDepth" has another.
   */
  @Override
  public String rearrangement(RearrangementPlan plan) {
    long rows = plan.blockHeight();
    long columns = plan.block();
    if (!plan.toDepth() && rows == columns) {
      return graph.add(
          "DepthToSpace", List.of(fed), attribute("blocksize", rows), attribute("mode", "CRD"));
    }
    ImageShape wide = plan.toDepth() ? plan.input() : plan.output();
    ImageShape deep = plan.toDepth() ? plan.output() : plan.input();
    long channels = wide.channels();
    if (plan.toDepth()) {
      String cut = graph.reshape(fed, 0, channels, deep.height(), rows, deep.width(), columns);
      return graph.reshape(
          graph.transpose(cut, 0, 1, 3, 5, 2, 4), 0, deep.channels(), deep.height(), deep.width());
    }
    String cut = graph.reshape(fed, 0, channels, rows, columns, deep.height(), deep.width());
    return graph.reshape(
        graph.transpose(cut, 0, 1, 4, 2, 5, 3), 0, channels, wide.height(), wide.width());
  }

  private String activated(LayerPlan plan, String sum) {
    return switch (plan.activation()) {
      case IDENTITY -> sum;
      case RELU -> graph.add("Relu", List.of(sum));
      case LEAKY_RELU -> graph.add("LeakyRelu", List.of(sum), attribute("alpha", 0.01f));
      case ELU -> graph.add("Elu", List.of(sum));
      case SILU -> graph.add("Mul", List.of(sum, graph.add("Sigmoid", List.of(sum))));
      case TANH -> graph.add("Tanh", List.of(sum));
      case SIGMOID -> graph.add("Sigmoid", List.of(sum));
      case PRELU -> {
        float[] slopes = arrays.of(plan, "slope");
        List<Integer> shape = plan.isFlat() ? List.of(slopes.length) : List.of(slopes.length, 1, 1);
        yield graph.add("PRelu", List.of(sum, graph.store(plan.name() + ".slope", shape, slopes)));
      }
      case GDN, INVERSE_GDN -> normalized(plan, sum);
    };
  }

  /** Divides by the root of beta and gamma times the squares, or multiplies for the inverse. */
  private String normalized(LayerPlan plan, String sum) {
    float[] stored = arrays.of(plan, "beta");
    int channels = stored.length;
    String beta =
        graph.store(
            plan.name() + ".beta",
            List.of(channels),
            PositiveParameter.values(stored, PositiveParameter.LEAST_BETA));
    List<Integer> shape =
        plan.isFlat() ? List.of(channels, channels) : List.of(channels, channels, 1, 1);
    String gamma =
        graph.store(
            plan.name() + ".gamma", shape, PositiveParameter.values(arrays.of(plan, "gamma"), 0));
    List<String> fedSquares = List.of(graph.add("Mul", List.of(sum, sum)), gamma, beta);
    String squares =
        plan.isFlat()
            ? graph.add("Gemm", fedSquares, attribute("transB", 1))
            : graph.add("Conv", fedSquares, attribute("kernel_shape", 1, 1));
    String root = graph.add("Sqrt", List.of(squares));
    return graph.add(
        plan.activation() == Activation.INVERSE_GDN ? "Mul" : "Div", List.of(sum, root));
  }
}
