package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.model.RawModel;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.model.ModelDescription;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Files that were written once and must load for ever. They are never written again; a new schema
 * gets files of its own, from {@link #main}.
 */
class FixtureModelTest {

  private static final ImageShape SHAPE = new ImageShape(4, 4, 1);

  private static ImageSource data() {
    return ImageSource.of(SHAPE, TinyData.rows(8, SHAPE.size()));
  }

  private static Path fixture(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(FixtureModelTest.class.getResource("/models/" + name), name)
            .toURI());
  }

  private static DenseBuilder dense() {
    return Autoencoder.dense()
        .hidden(6)
        .bottleneck(2)
        .activation(Activation.SILU)
        .dropout(0.1)
        .l2(1e-3)
        .corruption(Corruption.gaussian(0.25))
        .optimizer(Optimizer.adam(new Schedule.Step(Schedule.Unit.EPOCH, 1e-2, 0.5, 2)))
        .seed(-7);
  }

  private static ConvBuilder conv() {
    return Autoencoder.conv()
        .latent(2, 2, 2)
        .widths(3)
        .activation(Activation.GDN)
        .residualBlocks(1)
        .powerNormalize()
        .latentNoise(0.1);
  }

  @Test
  void aDenseModelOfSchema1Loads() throws Exception {
    Path file = fixture("schema-1-dense.aemodel");
    ModelDescription model = Autoencoder.inspect(file);
    assertThat(model.spec().architecture())
        .isEqualTo(dense().input(SHAPE).build().architecture().orElseThrow());
    assertThat(model.spec().corruption()).contains(Corruption.gaussian(0.25));
    assertThat(model.spec().penalty()).isEqualTo(new Penalty(0, 1e-3));
    assertThat(model.spec().seed()).isEqualTo(-7);
    assertThat(model.optimizer()).startsWith("adam").contains("step").contains("epoch");
    assertThat(model.runs()).hasSize(1);
    assertThat(model.runs().get(0).history().epochs()).hasSize(2);
    assertThat(model.runs().get(0).history().stopReason()).isEqualTo(StopReason.COMPLETED);
    assertThat(model.provenance().saved()).isEqualTo("2026-11-23T00:00:00Z");

    Autoencoder loaded = Autoencoder.load(file);
    float[] code = loaded.encode(data())[0];
    for (int i = 0; i < code.length; i++) {
      assertThat(code[i]).isCloseTo(DENSE_CODE[i], offset(1e-4f));
    }
    assertThat(loaded.fit(data(), Training.epochs(1).batchSize(4)).epochs()).hasSize(1);
  }

  @Test
  void aConvolutionalModelOfSchema1Loads() throws Exception {
    Path file = fixture("schema-1-conv.aemodel");
    ModelDescription model = Autoencoder.inspect(file);
    assertThat(model.spec().architecture())
        .isEqualTo(conv().input(SHAPE).build().architecture().orElseThrow());
    assertThat(model.spec().stages())
        .containsExactly(PowerNormalization.perExample(), LatentNoise.variance(0.1));
    Autoencoder loaded = Autoencoder.load(file);
    float[] code = loaded.encode(data())[0];
    for (int i = 0; i < code.length; i++) {
      assertThat(code[i]).isCloseTo(CONV_CODE[i], offset(1e-4f));
    }
  }

  private static final float[] DENSE_CODE = {-0.3823137f, -0.57338345f};

  private static final float[] CONV_CODE = {
    0.9810584f,
    0.43330738f,
    0.07050849f,
    0.73730165f,
    -0.9072622f,
    -0.123875365f,
    -2.0472453f,
    1.1276085f
  };

  /** Writes such files to a folder, without what tells of the machine. */
  public static void main(String[] folder) throws IOException {
    write(dense(), Path.of(folder[0], "schema-1-dense.aemodel"));
    write(conv(), Path.of(folder[0], "schema-1-conv.aemodel"));
  }

  private static void write(AutoencoderBuilder<?> builder, Path file) throws IOException {
    Autoencoder autoencoder = builder.build();
    autoencoder.fit(data(), Training.epochs(2).batchSize(4));
    autoencoder.save(file, Saving.whole().optimizerState());
    RawModel raw = RawModel.of(file);
    raw.edit(
        "provenance.json",
        provenance ->
            provenance
                .put("saved", "2026-11-23T00:00:00Z")
                .put("java", "17")
                .put("os", "Linux, amd64")
                .put("cpu", "x86-64"));
    raw.text(
        "model-card.md", raw.text("model-card.md").replaceAll("saved .*", "saved      for tests"));
    Files.write(file, raw.seal().zip());
    for (float value : autoencoder.encode(data())[0]) {
      System.out.print(value + "f, ");
    }
    System.out.println(file);
  }
}
