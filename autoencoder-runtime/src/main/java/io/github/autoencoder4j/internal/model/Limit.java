package io.github.autoencoder4j.internal.model;

import java.util.Locale;
import java.util.Optional;

/**
 * The most that a file may ask for, since a few bytes can describe a network of any size. Networks
 * that are trained on processors stay below; who has larger ones, and trusts their files, raises
 * the limit by its system property, which is read at every question.
 */
enum Limit {
  /** Of encoder and decoder, and the stages between them. */
  LAYERS("layers", "autoencoder4j.maxLayers", 1_000),

  /** Values that all layers make of one sample: 128 MiB. */
  ACTIVATIONS("activations of one sample", "autoencoder4j.maxActivations", 1L << 25),

  /** A second of one core or less: a model that is loaded computes one sample. */
  MULTIPLICATIONS(
      "multiplications for one sample", "autoencoder4j.maxMultiplications", 5_000_000_000L),

  /** Two GiB. */
  PARAMETERS("parameters", "autoencoder4j.maxParameters", 1L << 29);

  private final String what;
  private final String property;
  private final long usual;

  Limit(String what, String property, long usual) {
    this.what = what;
    this.property = property;
    this.usual = usual;
  }

  /**
   * The most that is allowed.
   *
   * @throws IllegalStateException if the property is no whole number from 1 on
   */
  long value() {
    String wanted = System.getProperty(property);
    if (wanted == null) {
      return usual;
    }
    try {
      long value = Long.parseLong(wanted.strip());
      if (value >= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The same message as for numbers that are too small.
    }
    throw new IllegalStateException(
        "the system property %s must be a whole number from 1 on, but was \"%s\""
            .formatted(property, wanted));
  }

  /**
   * Says what is wrong with a network that asks for so many.
   *
   * @return half a sentence with the way out; empty if they are allowed
   */
  Optional<String> objection(long asked) {
    long most = value();
    if (asked <= most) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "needs %s%,d %s, and a file may ask for %,d; to load a model that you trust, set"
                + " -D%s=%d",
            asked == Long.MAX_VALUE ? "over " : "",
            asked,
            what,
            most,
            property,
            asked));
  }
}
