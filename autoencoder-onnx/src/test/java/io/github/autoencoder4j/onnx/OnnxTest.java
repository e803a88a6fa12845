package io.github.autoencoder4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.latent.LatentKernel;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.table.BinaryColumn;
import io.github.autoencoder4j.table.CategoryColumn;
import io.github.autoencoder4j.table.NumberColumn;
import io.github.autoencoder4j.table.Scaling;
import io.github.autoencoder4j.table.TableSchema;
import io.github.autoencoder4j.training.Training;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxTest {

  private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();

  private static Autoencoder trained(Autoencoder autoencoder, int values) {
    RandomStream random = RandomStream.of(3, "samples");
    float[][] samples = new float[12][values];
    for (float[] sample : samples) {
      for (int i = 0; i < values; i++) {
        sample[i] = random.nextFloat();
      }
    }
    autoencoder.fit(samples, Training.epochs(2).batchSize(4));
    return autoencoder;
  }

  private static Autoencoder vectors() {
    return trained(Autoencoder.dense().hidden(7).bottleneck(2).build(), 9);
  }

  private static Autoencoder conditioned(String... classes) {
    int[] labels = new int[12];
    Arrays.setAll(labels, i -> i % classes.length);
    float[][] rows = new float[12][5];
    Arrays.setAll(rows, i -> new float[] {i / 12f, 1, 0, labels[i] / 3f, 0.5f});
    Autoencoder autoencoder =
        Autoencoder.dense().hidden().bottleneck(2).conditionedOn(classes).build();
    autoencoder.fit(
        LabeledImageSource.of(ImageSource.of(ImageShape.vector(5), rows), labels, List.of(classes)),
        Training.epochs(2));
    return autoencoder;
  }

  @Test
  void classesAreASecondInputWhoseNamesAreInTheMetadata() throws OrtException {
    String[] names = {"cat, or tiger", "dog", "雞"};
    Autoencoder autoencoder = conditioned(names);
    for (OnnxModel model :
        List.of(
            Onnx.encoder(autoencoder),
            Onnx.decoder(autoencoder),
            Onnx.reconstruction(autoencoder))) {
      try (OrtSession session = RUNTIME.createSession(model.toBytes())) {
        assertThat(session.getInputInfo()).hasSize(2);
        assertThat(session.getInputInfo().get("label").getInfo().toString())
            .contains("INT64", "[-1]");
        assertThat(session.getMetadata().getCustomMetadata())
            .containsEntry("class 0", names[0])
            .containsEntry("class 1", names[1])
            .containsEntry("class 2", names[2])
            .doesNotContainKey("class 3");
      }
    }
    try (OrtSession session = RUNTIME.createSession(Onnx.encoder(autoencoder).toBytes())) {
      assertThat(session.getOutputInfo().get("code").getInfo().toString()).contains("[-1, 2]");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -4, -3, -1, 3, 4, Long.MAX_VALUE})
  void placesOfNoClassAreRefusedByTheRuntime(long place) throws OrtException {
    Autoencoder autoencoder = conditioned("cat", "dog", "hen");
    float[][] codes = {{0.5f, -1}, {2, 0.25f}};
    try (OrtSession session = RUNTIME.createSession(Onnx.decoder(autoencoder).toBytes());
        OnnxTensor code = OnnxTensor.createTensor(RUNTIME, codes);
        OnnxTensor known = OnnxTensor.createTensor(RUNTIME, new long[] {0, 2});
        OnnxTensor unknown = OnnxTensor.createTensor(RUNTIME, new long[] {0, place})) {
      try (OrtSession.Result result = session.run(Map.of("code", code, "label", known))) {
        assertThat(((float[][]) result.get(0).getValue())[1])
            .usingComparatorWithPrecision(1e-6f)
            .containsExactly(autoencoder.decode(codes, "hen")[1]);
      }
      assertThatThrownBy(() -> session.run(Map.of("code", code, "label", unknown)).close())
          .isInstanceOf(OrtException.class)
          .hasMessageContaining("out of data bounds");
    }
  }

  @Test
  void namesInputsOutputsAndOrigin(@TempDir Path folder) throws OrtException {
    Path file = folder.resolve("dogs.onnx");
    Autoencoder dogs =
        trained(
            Autoencoder.conv().latent(2, 2, 3).widths(8).input(8, 8, 3).seed(11).build(),
            8 * 8 * 3);
    Onnx.encoder(dogs).save(file);
    try (OrtSession session = RUNTIME.createSession(file.toString())) {
      assertThat(session.getInputInfo().get("sample").getInfo().toString())
          .contains("FLOAT", "[-1, 3, 8, 8]");
      assertThat(session.getOutputInfo().get("code").getInfo().toString())
          .contains("FLOAT", "[-1, 3, 2, 2]");
      assertThat(session.getMetadata().getProducerName()).isEqualTo("Autoencoder4J");
      assertThat(session.getMetadata().getCustomMetadata())
          .containsEntry("seed", "11")
          .containsKeys("architecture", "latent stages", "output");
    }
    assertThat(Onnx.decoder(dogs).toBytes()).isNotEqualTo(Onnx.reconstruction(dogs).toBytes());
  }

  @Test
  void readsCellsAsTheLibraryDoes() throws OrtException {
    TableSchema schema =
        new TableSchema(
            List.of(
                new CategoryColumn("breed", List.of("boxer", "poodle", "whippet"), true),
                new NumberColumn("weight", false, new Scaling.Standard(20, 8), true),
                new NumberColumn("height", false, new Scaling.Robust(50, 10), false),
                new BinaryColumn("sex", "f", "m", false)),
            Set.of(""));
    RandomStream random = RandomStream.of(5, "rows");
    float[][] rows = new float[40][schema.width()];
    for (float[] row : rows) {
      List<Object> cells =
          List.of(
              List.of("boxer", "poodle", "whippet", "").get(random.nextInt(4)),
              random.nextInt(5) == 0 ? "" : 20 + 8 * random.nextGaussian(),
              50 + 10 * random.nextGaussian(),
              random.nextInt(2) == 0 ? "f" : "m");
      schema.encode(cells, row);
    }
    Autoencoder table = Autoencoder.dense().hidden(6).bottleneck(2).columns(schema).build();
    table.fit(
        ImageSource.of(ImageShape.vector(schema.width()), ValueRange.REALS, rows),
        Training.epochs(3).batchSize(8));
    float[][] expected = table.decode(table.encode(rows));
    try (OrtSession session = RUNTIME.createSession(Onnx.reconstruction(table).toBytes());
        OnnxTensor tensor = OnnxTensor.createTensor(RUNTIME, rows);
        OrtSession.Result result = session.run(Map.of("sample", tensor))) {
      float[][] found = (float[][]) result.get(0).getValue();
      for (int i = 0; i < rows.length; i++) {
        assertThat(found[i]).hasSize(schema.width());
        for (int j = 0; j < found[i].length; j++) {
          assertThat(found[i][j]).isCloseTo(expected[i][j], within(1e-5f));
        }
      }
    }
  }

  @Test
  void refusesWhatWasNotTrained() {
    Autoencoder blank = Autoencoder.dense().bottleneck(2).input(2, 2, 1).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> Onnx.encoder(blank))
        .withMessageContaining("train");
  }

  @Test
  void refusesMoreWeightsThanAModelHolds() {
    assertThatThrownBy(() -> Onnx.requireRoom(600_000_000))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("can hold 536,608,767 parameters")
        .hasMessageContaining("has 600,000,000");
    Onnx.requireRoom(500_000_000);
  }

  @Test
  void refusesAHalf(@TempDir Path folder) {
    Path file = folder.resolve("half.aemodel");
    vectors().save(file, Saving.decoder());
    Autoencoder half = Autoencoder.load(file);
    assertThatIllegalStateException()
        .isThrownBy(() -> Onnx.reconstruction(half))
        .withMessageContaining("holds the decoder only")
        .withMessageContaining("Saving.whole()");
  }

  @Test
  void refusesAFolderThatIsNotThereBeforeItWrites(@TempDir Path folder) {
    OnnxModel model = Onnx.encoder(vectors());
    Path file = folder.resolve("none/encoder.onnx");
    assertThatThrownBy(() -> model.save(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the ONNX model could not be saved as " + file)
        .hasMessageContaining("there is no folder")
        .hasMessageContaining("createDirectories");
  }

  @Test
  void replacesAFileWholeOrNotAtAll(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("encoder.onnx");
    Files.writeString(file, "before");
    OnnxModel model = Onnx.encoder(vectors());
    model.save(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(model.toBytes());
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    assertThatThrownBy(() -> model.save(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void refusesStagesThatItDoesNotKnowAndExportsTheOtherHalf() {
    Autoencoder own =
        trained(Autoencoder.dense().bottleneck(2).latentStage(new Doubling()).build(), 9);
    assertThatThrownBy(() -> Onnx.encoder(own))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("times two")
        .hasMessageContaining("decoder(...)");
    assertThat(Onnx.decoder(own).toBytes()).isNotEmpty();
  }

  /** A stage of a user's own. */
  private record Doubling() implements LatentStage {

    @Override
    public LatentKernel kernel(ImageShape code) {
      return new LatentKernel() {
        @Override
        public void forward(LatentBatch batch) {
          for (int i = 0; i < batch.input().length; i++) {
            batch.output()[i] = 2 * batch.input()[i];
          }
        }

        @Override
        public void backward(LatentBatch batch) {
          for (int i = 0; i < batch.inputGradient().length; i++) {
            batch.inputGradient()[i] = 2 * batch.outputGradient()[i];
          }
        }
      };
    }

    @Override
    public String describe() {
      return "times two";
    }
  }
}
