package io.github.autoencoder4j.latent;

import java.util.Arrays;

/**
 * Puts the condition of each sample behind its code.
 *
 * @param size how many numbers a code has
 * @param conditions how many numbers a condition has
 * @param width how many numbers both have, where each of a condition may fill a plane
 */
record ConditionKernel(int size, int conditions, int width) implements LatentKernel {

  @Override
  public void forward(LatentBatch batch) {
    int area = (width - size) / conditions;
    double[] to = batch.output();
    for (int i = 0; i < batch.n(); i++) {
      System.arraycopy(batch.input(), i * size, to, i * width, size);
      for (int k = 0; k < conditions; k++) {
        int at = i * width + size + k * area;
        Arrays.fill(to, at, at + area, batch.conditions()[i * conditions + k]);
      }
    }
  }

  @Override
  public void backward(LatentBatch batch) {
    for (int i = 0; i < batch.n(); i++) {
      System.arraycopy(batch.outputGradient(), i * width, batch.inputGradient(), i * size, size);
    }
  }
}
