package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Training leads to the weights that earlier versions came to, bit for bit. The last bits of sums
 * depend on the instructions, so the digests are those of processors with AVX2, or of newer ones
 * whose libraries are held to it, as the build does it in a run of its own. Several of AMD's and
 * one of Intel's have come to them.
 *
 * <p>The digests are those of one early commit, but for the family {@code strided}, whose last
 * layer has since been computed by phases, which add up the same products in another order.
 */
class TrainingDigestTest {

  private static final String DIGESTS = "digests/training.txt";

  private static boolean isOnAvx2() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return false;
    }
    String described = Files.readString(file);
    // Others of the family by the same name add sixteen numbers at a time, unless they are held.
    // Newer ones add sixteen numbers at a time, unless they are held.
    return described.contains(" avx2")
        && (!described.contains(" avx512f") || "AVX2".equals(System.getenv("DNNL_MAX_CPU_ISA")));
  }

  private static List<String> lines() throws IOException {
    return Resources.readLines(Resources.getResource(DIGESTS), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "dense, RELU", "dense, SILU", "dense, PRELU", "dense, TANH",
    "strided, RELU", "strided, SILU", "strided, PRELU", "strided, TANH",
    "subpixel, RELU", "subpixel, SILU", "subpixel, PRELU", "subpixel, TANH"
  })
  void weightsAreThoseOfEarlierVersions(String family, Activation activation) throws IOException {
    assumeTrue(isOnAvx2(), "the digests are those of processors with AVX2");
    String wanted =
        lines().stream()
            .filter(line -> line.startsWith(family + " " + activation + " "))
            .map(line -> line.substring(line.lastIndexOf(' ') + 1))
            .findFirst()
            .orElseThrow();
    Autoencoder autoencoder =
        switch (family) {
          case "dense" ->
              Autoencoder.dense()
                  .input(8, 8)
                  .hidden(40, 20)
                  .bottleneck(3)
                  .activation(activation)
                  .l2(1e-4)
                  .dropout(0.1)
                  .seed(3)
                  .build();
          case "strided" ->
              Autoencoder.conv()
                  .input(16, 16, 3)
                  .latent(4, 4, 4)
                  .resampling(Resampling.STRIDED)
                  .activation(activation)
                  .powerNormalize()
                  .latentNoise(0.1)
                  .seed(4)
                  .build();
          default ->
              Autoencoder.conv()
                  .input(16, 16, 3)
                  .latent(4, 4, 4)
                  .resampling(Resampling.SUBPIXEL)
                  .residualBlocks(1)
                  .activation(activation)
                  .seed(5)
                  .build();
        };
    Random random = new Random(1);
    float[][] samples = new float[96][autoencoder.inputShape().size()];
    for (float[] sample : samples) {
      for (int i = 0; i < sample.length; i++) {
        sample[i] = random.nextFloat();
      }
    }
    autoencoder.fit(samples, Training.epochs(3).batchSize(40).threads(2));
    Hasher hasher = Hashing.sha256().newHasher();
    for (float value : autoencoder.parameters()) {
      // Most significant byte first.
      hasher.putInt(Integer.reverseBytes(Float.floatToIntBits(value)));
    }
    assertThat(hasher.hash().toString()).startsWith(wanted);
  }
}
