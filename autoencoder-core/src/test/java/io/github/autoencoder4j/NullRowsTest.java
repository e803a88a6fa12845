package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.baseline.MeanColor;
import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.metric.NearestNeighbors;
import io.github.autoencoder4j.sampling.Box;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.sampling.LatentStatistics;
import io.github.autoencoder4j.training.Training;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A row that is missing is named by its number, whoever is given it. */
class NullRowsTest {

  private static final int LENGTH = 2;
  private static final Training SHORT = Training.epochs(1);

  private static Map<String, Consumer<float[][]>> users() {
    Autoencoder fresh = Autoencoder.dense().hidden(4).bottleneck(2).build();
    Autoencoder trained = Autoencoder.dense().hidden(4).bottleneck(2).build();
    trained.fit(TinyData.source(10, LENGTH), SHORT);
    Map<String, Consumer<float[][]>> users = new LinkedHashMap<>();
    users.put("ImageSource.of", rows -> ImageSource.of(ImageShape.vector(LENGTH), rows));
    users.put("first fit", rows -> fresh.fit(rows, SHORT));
    users.put("fit", rows -> trained.fit(rows, SHORT));
    users.put("encode", trained::encode);
    users.put("decode", trained::decode);
    users.put("reconstruct", trained::reconstruct);
    users.put("transmit", rows -> trained.transmit(rows, LatentNoise.variance(1), 1));
    users.put("evaluate", rows -> trained.evaluate(rows));
    users.put("Pca", rows -> Pca.fit(rows, 1));
    users.put("MeanColor", new MeanColor(ImageShape.vector(LENGTH))::reconstruct);
    users.put("NearestNeighbors", rows -> NearestNeighbors.of(rows, new int[rows.length]));
    users.put("Gaussian", Gaussian::diagonal);
    users.put("Box", Box::minMax);
    users.put("LatentStatistics", LatentStatistics::of);
    return users;
  }

  @Test
  void isNamedByItsNumber() {
    for (int missing : new int[] {0, 3, 5}) {
      float[][] rows = TinyData.rows(6, LENGTH);
      rows[missing] = null;
      users()
          .forEach(
              (name, user) ->
                  assertThatThrownBy(() -> user.accept(rows))
                      .as(name)
                      .isInstanceOf(NullPointerException.class)
                      .message()
                      .matches("(sample|code|row) " + missing + " is null"));
    }
  }
}
