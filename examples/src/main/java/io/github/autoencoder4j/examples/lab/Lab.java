package io.github.autoencoder4j.examples.lab;

import io.github.autoencoder4j.examples.dog.Dog1ConvAutoencoder;
import io.github.autoencoder4j.examples.dog.Dog2LatentPictures;
import io.github.autoencoder4j.examples.dog.Dog3LatentGaussian;
import io.github.autoencoder4j.examples.dog.Dog4LatentNoise;
import io.github.autoencoder4j.examples.dog.Dog5NoisyTraining;
import io.github.autoencoder4j.examples.dog.Dog6Sampling;
import io.github.autoencoder4j.examples.mnist.Mnist1DeepAutoencoder;
import io.github.autoencoder4j.examples.mnist.Mnist2Bottleneck;
import io.github.autoencoder4j.examples.mnist.Mnist3Denoising;
import io.github.autoencoder4j.examples.mnist.Mnist4LatentSampling;
import io.github.autoencoder4j.examples.mnist.Mnist5WeightPenalty;
import io.github.autoencoder4j.examples.mnist.Mnist6VariationalMap;
import io.github.autoencoder4j.examples.mnist.Mnist7CodeSize;
import io.github.autoencoder4j.examples.proof.Proofs;
import io.github.autoencoder4j.examples.proof.TableProof;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import java.util.Arrays;
import java.util.List;

/**
 * The whole lab in one command; {@code lab --help} tells its options, {@code lab proofs --help}
 * those of the published figures.
 */
public final class Lab {

  private Lab() {}

  /** All tasks, in the order of the lab. */
  static List<LabTask> tasks() {
    return List.of(
        new Mnist1DeepAutoencoder(),
        new Mnist2Bottleneck(),
        new Mnist3Denoising(),
        new Mnist4LatentSampling(),
        new Mnist5WeightPenalty(),
        new Mnist6VariationalMap(),
        new Mnist7CodeSize(),
        new Dog1ConvAutoencoder(),
        new Dog2LatentPictures(),
        new Dog3LatentGaussian(),
        new Dog4LatentNoise(),
        new Dog5NoisyTraining(),
        new Dog6Sampling());
  }

  /**
   * Runs the lab.
   *
   * @param args the options, see {@code --help}
   */
  public static void main(String[] args) {
    String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    System.exit(
        switch (args.length == 0 ? "" : args[0]) {
          case "proofs" -> Proofs.execute(rest);
          case "tables" -> TableProof.execute(rest);
          default -> LabCommand.execute(tasks(), args);
        });
  }
}
