package io.github.autoencoder4j.study;

/** What a {@link Difference} shows. */
public enum Change {
  /** The second mean is higher, by more than chance. */
  HIGHER,
  /** The second mean is lower, by more than chance. */
  LOWER,
  /** Neither can be said; not that both are equal. */
  UNCLEAR
}
