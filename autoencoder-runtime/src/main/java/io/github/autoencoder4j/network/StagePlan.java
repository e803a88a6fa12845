package io.github.autoencoder4j.network;

import io.github.autoencoder4j.architecture.Node;
import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.latent.LatentStage;
import java.util.List;

/**
 * A latent stage at its place in a network.
 *
 * @param position which of the stages, from 1
 * @param stage what happens to codes there
 * @param output the shape of the code that it yields
 */
public record StagePlan(int position, LatentStage stage, ImageShape output) implements Node {

  @Override
  public String name() {
    return "latent-" + position;
  }

  @Override
  public ImageShape input() {
    return stage.fedBy(output);
  }

  @Override
  public List<ParameterSpec> learned() {
    return stage.learned(output);
  }

  @Override
  public String kind() {
    return stage.describe();
  }

  /**
   * Says whether what becomes of a code depends on the others of its batch.
   *
   * @return true if batches must stay whole
   */
  public boolean couplesSamples() {
    return stage.kernel(output).couplesSamples();
  }

  /**
   * Makes room for codes on their way through it.
   *
   * @param n how many samples
   * @param seed chooses what is drawn at random
   * @param training whether there will be backward passes
   * @return an empty batch
   */
  public LatentBatch batch(int n, long seed, boolean training) {
    return new LatentBatch(stage, output, n, seed, "latent-noise/" + position, training);
  }
}
