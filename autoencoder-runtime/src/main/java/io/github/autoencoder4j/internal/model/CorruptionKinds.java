package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.corruption.GaussianCorruption;
import io.github.autoencoder4j.corruption.MaskingCorruption;
import io.github.autoencoder4j.corruption.SaltAndPepper;

/** The corruptions that a file can describe. */
final class CorruptionKinds {

  static final Kinds<Corruption> ALL =
      new Kinds<Corruption>("corruption")
          .with(
              "gaussian",
              GaussianCorruption.class,
              (gaussian, values) -> values.put("stddev", gaussian.stddev()),
              fields -> new GaussianCorruption(fields.number("stddev")))
          .with(
              "masking",
              MaskingCorruption.class,
              (masking, values) -> values.put("probability", masking.probability()),
              fields -> new MaskingCorruption(fields.number("probability")))
          .with(
              "salt_and_pepper",
              SaltAndPepper.class,
              (salt, values) -> values.put("probability", salt.probability()),
              fields -> new SaltAndPepper(fields.number("probability")));

  private CorruptionKinds() {}
}
