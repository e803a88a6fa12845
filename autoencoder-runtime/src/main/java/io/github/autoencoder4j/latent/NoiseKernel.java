package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.latent.LatentNoise.Phase;

/**
 * Adds Gaussian noise, fresh in every step of training.
 *
 * @param noise how much and when
 */
record NoiseKernel(LatentNoise noise) implements LatentKernel {

  private boolean isAddedIn(Mode mode) {
    return switch (mode) {
      case TRAINING -> noise.phase() != Phase.INFERENCE;
      case OBJECTIVE, RECONSTRUCTION -> noise.phase() != Phase.TRAINING;
      case ENCODING -> false;
    };
  }

  @Override
  public void forward(LatentBatch batch) {
    double[] codes = batch.output();
    System.arraycopy(batch.input(), 0, codes, 0, codes.length);
    if (isAddedIn(batch.mode())) {
      int length = codes.length / batch.n();
      for (int i = 0; i < batch.n(); i++) {
        noise.addTo(codes, i * length, length, batch.random(i));
      }
    }
  }

  @Override
  public void backward(LatentBatch batch) {
    // What is added does not depend on the code.
    System.arraycopy(
        batch.outputGradient(), 0, batch.inputGradient(), 0, batch.inputGradient().length);
  }
}
