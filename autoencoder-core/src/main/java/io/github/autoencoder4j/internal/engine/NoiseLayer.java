package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.LatentNoise.Phase;
import io.github.autoencoder4j.random.RandomStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adds Gaussian noise, fresh in every step of training. */
final class NoiseLayer extends NativeLayer {

  private static final long serialVersionUID = 1L;

  private final transient LatentNoise noise;
  private final String stream;
  private final long seed;

  NoiseLayer(
      NeuralNetConfiguration conf, DataType dataType, LatentNoise noise, int position, long seed) {
    super(conf, dataType);
    this.noise = noise;
    this.stream = "latent-noise/" + position;
    this.seed = seed;
  }

  @Override
  long[] outputShape(INDArray in) {
    return in.shape();
  }

  @Override
  void inferInto(INDArray in, INDArray out) {
    inferInto(in, out, 0);
  }

  /**
   * Adds the noise of inference, which depends on the sample and not on its batch.
   *
   * @param first the number of the first sample among all that are reconstructed
   */
  void inferInto(INDArray in, INDArray out, long first) {
    double[] values = Buffers.doubles(in);
    if (noise.phase() != Phase.TRAINING) {
      int length = values.length / (int) in.size(0);
      for (int i = 0; i < in.size(0); i++) {
        RandomStream random = RandomStream.of(seed, stream + "/inference", first + i);
        noise.addTo(values, i * length, length, random);
      }
    }
    Buffers.write(values, out);
  }

  @Override
  void trainInto(INDArray out, LayerWorkspaceMgr workspaces) {
    double[] values = Buffers.doubles(input);
    if (noise.phase() != Phase.INFERENCE) {
      RandomStream random = RandomStream.of(seed, stream, getIterationCount());
      noise.addTo(values, 0, values.length, random);
    }
    Buffers.write(values, out);
  }

  @Override
  void backInto(INDArray delta, INDArray inputGradient, LayerWorkspaceMgr workspaces) {
    inputGradient.assign(delta);
  }
}
