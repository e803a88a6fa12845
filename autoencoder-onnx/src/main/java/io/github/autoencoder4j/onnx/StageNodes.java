package io.github.autoencoder4j.onnx;

import static io.github.autoencoder4j.onnx.Graph.attribute;

import com.google.common.primitives.Floats;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.CodeL1;
import io.github.autoencoder4j.latent.CodeNorm;
import io.github.autoencoder4j.latent.Condition;
import io.github.autoencoder4j.latent.Contractive;
import io.github.autoencoder4j.latent.FiniteScalarQuantization;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.LifetimeSparsity;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.latent.TargetRate;
import io.github.autoencoder4j.latent.TopK;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.latent.VectorQuantization;
import io.github.autoencoder4j.latent.Wasserstein;
import io.github.autoencoder4j.network.StagePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Says what latent stages do to codes when encoding, in operators. Noise is left out, as {@code
 * encode} leaves it out.
 *
 * @param isFlat whether a code is {@code [n, values]} and not {@code [n, channels, height, width]}
 */
record StageNodes(Graph graph, LearnedArrays arrays, boolean isFlat) {

  /** Division by a smaller norm is none, as {@link PowerNormalization} has it. */
  private static final double LEAST_NORM = 1e-8;

  String apply(StagePlan plan, String fed) {
    LatentStage stage = plan.stage();
    // Noise, terms of the objective, and what is for the decoder leave the code as it is.
    if (stage instanceof LatentNoise
        || stage instanceof Wasserstein
        || stage instanceof CodeNorm
        || stage instanceof Condition) {
      return fed;
    }
    if (stage instanceof CodeL1 || stage instanceof LifetimeSparsity) {
      return graph.add("Relu", List.of(fed));
    }
    if (stage instanceof TargetRate) {
      return graph.add("Sigmoid", List.of(fed));
    }
    if (stage instanceof Contractive contractive) {
      return switch (contractive.activation()) {
        case SIGMOID -> graph.add("Sigmoid", List.of(fed));
        case TANH -> graph.add("Tanh", List.of(fed));
        default -> fed;
      };
    }
    if (stage instanceof Variational) {
      ImageShape code = plan.output();
      return graph.slice(fed, 0, isFlat ? code.size() : code.channels());
    }
    if (stage instanceof PowerNormalization normalization) {
      return normalized(normalization, plan.output(), fed);
    }
    if (stage instanceof TopK top) {
      return largest(top, plan.output(), fed);
    }
    if (stage instanceof FiniteScalarQuantization quantization) {
      return inVectors(
          plan.output(), quantization.levels().size(), fed, v -> rounded(quantization, v));
    }
    if (stage instanceof VectorQuantization) {
      return nearest(plan, fed);
    }
    throw new UnsupportedOperationException(
        "the latent stage %s (%s) is not of this library, so nobody knows how ONNX would say it; export decoder(...), which needs no stages"
            .formatted(stage.describe(), stage.getClass().getName()));
  }

  private String normalized(PowerNormalization normalization, ImageShape code, String fed) {
    boolean alone = normalization.scope() == PowerNormalization.Scope.PER_EXAMPLE;
    long[] axes = isFlat ? new long[] {1} : new long[] {1, 2, 3};
    String norm =
        alone
            ? graph.add("ReduceL2", List.of(fed), attribute("axes", axes), attribute("keepdims", 1))
            : graph.add("ReduceL2", List.of(fed), attribute("keepdims", 0));
    String least = graph.add("Max", List.of(norm, graph.constant(LEAST_NORM)));
    String direction = graph.add("Div", List.of(fed, least));
    if (alone) {
      return graph.times(direction, Math.sqrt(code.size()));
    }
    String count = graph.add("Cast", List.of(graph.add("Size", List.of(fed))), attribute("to", 1));
    return graph.add("Mul", List.of(direction, graph.add("Sqrt", List.of(count))));
  }

  /** Keeps the largest numbers of a code and sets the others to zero. */
  private String largest(TopK top, ImageShape code, String fed) {
    String flat = isFlat ? fed : graph.reshape(fed, 0, code.size());
    List<String> asked = List.of(flat, graph.integers(top.encodingK()));
    String places = graph.addSecond("TopK", asked, attribute("axis", 1));
    String values = graph.add("GatherElements", List.of(flat, places), attribute("axis", 1));
    String zeros = graph.times(flat, 0);
    String kept =
        graph.add("ScatterElements", List.of(zeros, places, values), attribute("axis", 1));
    return shaped(code, kept);
  }

  private String shaped(ImageShape code, String flat) {
    return isFlat ? flat : graph.reshape(flat, 0, code.channels(), code.height(), code.width());
  }

  /** Does something to a code as {@code [n, vectors a place, places, length of a vector]}. */
  private String inVectors(
      ImageShape code, int dimension, String fed, UnaryOperator<String> operation) {
    long places = isFlat ? 1 : (long) code.height() * code.width();
    long perPlace = code.size() / (places * dimension);
    String apart = graph.reshape(fed, 0, perPlace, dimension, places);
    String changed = operation.apply(graph.transpose(apart, 0, 1, 3, 2));
    String flat = graph.reshape(graph.transpose(changed, 0, 1, 3, 2), 0, code.size());
    return shaped(code, flat);
  }

  /** The level {@code round((tanh(x) + 1) / 2 (L - 1))} of each number, back in [-1, 1]. */
  private String rounded(FiniteScalarQuantization quantization, String vectors) {
    List<Float> steps = new ArrayList<>();
    quantization.levels().forEach(count -> steps.add((count - 1) / 2f));
    String step = graph.constant(List.of(steps.size()), Floats.toArray(steps));
    String place =
        graph.add("Mul", List.of(graph.plus(graph.add("Tanh", List.of(vectors)), 1), step));
    // Halves go up, as they do in the library; ONNX has them go to the even number.
    String level = graph.add("Floor", List.of(graph.plus(place, 0.5)));
    return graph.plus(graph.add("Div", List.of(level, step)), -1);
  }

  /** The entry of the codebook that is nearest to each vector: least {@code |e|^2 - 2 xe}. */
  private String nearest(StagePlan plan, String fed) {
    String name = plan.learned().get(0).name();
    float[] entries = arrays.of(plan, name);
    int count = ((VectorQuantization) plan.stage()).entries();
    int dimension = entries.length / count;
    float[] squares = new float[count];
    for (int i = 0; i < entries.length; i++) {
      squares[i / dimension] += entries[i] * entries[i];
    }
    String codebook = graph.store(plan.name() + "." + name, List.of(count, dimension), entries);
    String lengths = graph.constant(List.of(count), squares);
    String columns = graph.transpose(codebook, 1, 0);
    return inVectors(
        plan.output(),
        dimension,
        fed,
        vectors -> {
          String products = graph.add("MatMul", List.of(vectors, columns));
          String distances = graph.add("Add", List.of(graph.times(products, -2), lengths));
          String index =
              graph.add(
                  "ArgMin", List.of(distances), attribute("axis", -1), attribute("keepdims", 0));
          return graph.add("Gather", List.of(codebook, index), attribute("axis", 0));
        });
  }
}
