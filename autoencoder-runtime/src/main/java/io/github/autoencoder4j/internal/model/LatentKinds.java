package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.architecture.Activation;
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
import java.util.Map;

/** The stages between encoder and decoder that a file can describe. */
final class LatentKinds {

  private static final Names<PowerNormalization.Scope> SCOPES =
      Names.of(
          Map.of(
              PowerNormalization.Scope.PER_EXAMPLE, "per_example",
              PowerNormalization.Scope.PER_BATCH, "per_batch"));

  private static final Names<LatentNoise.Phase> PHASES =
      Names.of(
          Map.of(
              LatentNoise.Phase.TRAINING, "training",
              LatentNoise.Phase.INFERENCE, "inference",
              LatentNoise.Phase.BOTH, "both"));

  private static final Names<Wasserstein.Similarity> SIMILARITIES =
      Names.of(
          Map.of(
              Wasserstein.Similarity.INVERSE_MULTIQUADRIC, "inverse_multiquadric",
              Wasserstein.Similarity.RADIAL_BASIS, "radial_basis"));

  private static final Names<Activation> CODE_ACTIVATIONS =
      Names.of(
          Map.of(
              Activation.IDENTITY, "identity",
              Activation.SIGMOID, "sigmoid",
              Activation.TANH, "tanh"));

  static final Kinds<LatentStage> ALL =
      new Kinds<LatentStage>("latent stage")
          .with(
              "power_normalization",
              PowerNormalization.class,
              (power, values) -> values.put("scope", SCOPES.of(power.scope())),
              fields -> new PowerNormalization(fields.constant("scope", SCOPES)))
          .with(
              "noise",
              LatentNoise.class,
              (noise, values) -> {
                values.put("variance", noise.variance());
                values.put("phase", PHASES.of(noise.phase()));
              },
              fields ->
                  new LatentNoise(fields.number("variance"), fields.constant("phase", PHASES)))
          .with(
              "variational",
              Variational.class,
              (variational, values) -> {
                values.put("beta", variational.beta());
                values.put("free_nats", variational.freeNats());
                values.put("warmup_steps", variational.warmupSteps());
                if (variational.draws() > 1) {
                  values.put("draws", variational.draws());
                }
                if (variational.capacity() > 0) {
                  values.put("capacity", variational.capacity());
                  values.put("capacity_steps", variational.capacitySteps());
                }
              },
              fields ->
                  new Variational(
                      fields.number("beta"),
                      fields.number("free_nats"),
                      fields.integer("warmup_steps", 0, Integer.MAX_VALUE),
                      fields.has("draws") ? fields.integer("draws", 2, ConfigCodec.MANY) : 1,
                      fields.has("capacity") ? fields.number("capacity") : 0,
                      fields.has("capacity")
                          ? fields.integer("capacity_steps", 0, Integer.MAX_VALUE)
                          : 0))
          .with(
              "top_k",
              TopK.class,
              (top, values) -> {
                values.put("k", top.k());
                values.put("encoding_k", top.encodingK());
              },
              fields ->
                  new TopK(
                      fields.integer("k", 1, Integer.MAX_VALUE),
                      fields.integer("encoding_k", 1, Integer.MAX_VALUE)))
          .with(
              "lifetime_sparsity",
              LifetimeSparsity.class,
              (lifetime, values) -> values.put("share", lifetime.share()),
              fields -> new LifetimeSparsity(fields.number("share")))
          .with(
              "code_l1",
              CodeL1.class,
              (l1, values) -> values.put("weight", l1.weight()),
              fields -> new CodeL1(fields.number("weight")))
          .with(
              "target_rate",
              TargetRate.class,
              (target, values) -> {
                values.put("rate", target.rate());
                values.put("weight", target.weight());
              },
              fields -> new TargetRate(fields.number("rate"), fields.number("weight")))
          .with(
              "wasserstein",
              Wasserstein.class,
              (wasserstein, values) -> {
                values.put("weight", wasserstein.weight());
                values.put("similarity", SIMILARITIES.of(wasserstein.similarity()));
              },
              fields ->
                  new Wasserstein(
                      fields.number("weight"), fields.constant("similarity", SIMILARITIES)))
          .with(
              "code_norm",
              CodeNorm.class,
              (norm, values) -> values.put("weight", norm.weight()),
              fields -> new CodeNorm(fields.number("weight")))
          .with(
              "contractive",
              Contractive.class,
              (contractive, values) -> {
                values.put("weight", contractive.weight());
                values.put("activation", CODE_ACTIVATIONS.of(contractive.activation()));
              },
              fields ->
                  new Contractive(
                      fields.number("weight"), fields.constant("activation", CODE_ACTIVATIONS)))
          .with(
              "vector_quantization",
              VectorQuantization.class,
              (quantizer, values) -> {
                values.put("entries", quantizer.entries());
                values.put("dimension", quantizer.dimension());
                values.put("commitment", quantizer.commitment());
                values.put("decay", quantizer.decay());
                values.put("restart", quantizer.restart());
              },
              fields ->
                  new VectorQuantization(
                      fields.integer("entries", 2, Integer.MAX_VALUE),
                      fields.integer("dimension", 0, Integer.MAX_VALUE),
                      fields.number("commitment"),
                      fields.number("decay"),
                      fields.number("restart")))
          .with(
              "finite_scalar_quantization",
              FiniteScalarQuantization.class,
              (quantizer, values) -> values.put("levels", quantizer.levels()),
              fields -> new FiniteScalarQuantization(ConfigCodec.integers(fields, "levels")))
          .with(
              "condition",
              Condition.class,
              (condition, values) -> values.put("classes", condition.classes()),
              fields -> new Condition(fields.texts("classes")));

  private LatentKinds() {}
}
