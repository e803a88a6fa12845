package io.github.autoencoder4j.model;

/** How much of an autoencoder a file holds. */
public enum Part {
  /** Encoder and decoder: all that can be done with an autoencoder. */
  WHOLE,
  /** The encoder and the latent stages: samples can be encoded, and no more. */
  ENCODER,
  /** The decoder: codes can be decoded, and no more. */
  DECODER
}
