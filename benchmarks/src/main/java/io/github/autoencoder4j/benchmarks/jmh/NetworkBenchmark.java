package io.github.autoencoder4j.benchmarks.jmh;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Dl4j;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Halves and single layers of the reference networks, and what a short call to train costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NetworkBenchmark {

  private final ImageSource digits = Mnist.test().slice(0, 128);
  private final ImageSource dogs =
      ImageSource.of(Dogs.synthetic(1, 1).shape(), Dogs.synthetic(64, 1).toArrays());
  private final Autoencoder dense =
      trained(
          Autoencoder.dense()
              .hidden(512, 256, 64)
              .bottleneck(2)
              .activation(Activation.RELU)
              .build(),
          digits);
  private final Autoencoder conv =
      trained(
          Autoencoder.conv()
              .latent(8, 8, 16)
              .widths(32, 64)
              .kernel(4)
              .resampling(Resampling.STRIDED)
              .residualBlocks(0)
              .activation(Activation.RELU)
              .build(),
          dogs);
  private final float[][] denseCodes = dense.encode(digits);
  private final float[][] convCodes = conv.encode(dogs);
  private final Layer denseLayer = Dl4j.networkOf(dense).getLayer(0);
  private final INDArray denseInput = Nd4j.rand(128, 784).castTo(Nd4j.dataType());
  private final Layer convLayer = Dl4j.networkOf(conv).getLayer(1);
  private final INDArray convInput = Nd4j.rand(64, 32, 32, 32).castTo(Nd4j.dataType());

  private static Autoencoder trained(Autoencoder autoencoder, ImageSource images) {
    autoencoder.fit(images, Training.epochs(1).batchSize(images.size()));
    return autoencoder;
  }

  /** 128 digits to codes. */
  @Benchmark
  public float[][] denseEncode() {
    return dense.encode(digits);
  }

  /** 128 codes to digits. */
  @Benchmark
  public float[][] denseDecode() {
    return dense.decode(denseCodes);
  }

  /** 64 pictures to codes. */
  @Benchmark
  public float[][] convEncode() {
    return conv.encode(dogs);
  }

  /** 64 codes to pictures. */
  @Benchmark
  public float[][] convDecode() {
    return conv.decode(convCodes);
  }

  /** 784 to 512 for 128 digits. */
  @Benchmark
  public INDArray denseLayer() {
    return denseLayer.activate(denseInput, false, LayerWorkspaceMgr.noWorkspaces());
  }

  /** 32 to 64 channels at stride 2 for 64 pictures of 32 x 32. */
  @Benchmark
  public INDArray convLayer() {
    return convLayer.activate(convInput, false, LayerWorkspaceMgr.noWorkspaces());
  }

  /** A call to train for one step, with all that a call costs. */
  @Benchmark
  public History fitOneBatch() {
    return dense.fit(digits, Training.epochs(1).batchSize(128));
  }
}
