package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.runtime.Decoder;
import io.github.autoencoder4j.runtime.Encoder;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.Training;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An encoder and a decoder compute what the autoencoder does that they are halves of. */
class HalvesTest {

  private static final ImageShape SHAPE = new ImageShape(4, 4, 3);
  private static final ImageSource DATA = ImageSource.of(SHAPE, TinyData.rows(12, SHAPE.size()));
  private static final Training SHORT = Training.epochs(1).batchSize(4);

  @TempDir private Path folder;

  private static Autoencoder trained() {
    Autoencoder autoencoder = Autoencoder.conv().latent(2, 2, 3).powerNormalize().build();
    autoencoder.fit(DATA, SHORT);
    return autoencoder;
  }

  private Path saved(Autoencoder autoencoder, Saving saving) {
    Path file = folder.resolve("some.aemodel");
    autoencoder.save(file, saving);
    return file;
  }

  private static void assertSame(Encoder encoder, Autoencoder whole) {
    float[][] codes = whole.encode(DATA);
    assertThat(encoder.encode(DATA)).isDeepEqualTo(codes);
    assertThat(encoder.encode(DATA.toArrays())).isDeepEqualTo(codes);
    List<float[]> taken = new ArrayList<>();
    encoder.encode(DATA, (index, code) -> taken.add(index, code));
    assertThat(taken.toArray(float[][]::new)).isDeepEqualTo(codes);
    assertThat(encoder.inputShape()).isEqualTo(SHAPE);
    assertThat(encoder.latentShape()).isEqualTo(whole.latentShape());
  }

  private static void assertSame(Decoder decoder, Autoencoder whole) {
    float[][] codes = whole.encode(DATA);
    assertThat(decoder.decode(codes)).isDeepEqualTo(whole.decode(codes));
    assertThat(decoder.outputShape()).isEqualTo(SHAPE);
    assertThat(decoder.latentShape()).isEqualTo(whole.latentShape());
  }

  @Test
  void comeOutOfFilesOfHalvesAndOfWholes() {
    Autoencoder whole = trained();
    for (Saving saving : List.of(Saving.encoder(), Saving.whole())) {
      try (Encoder encoder = Encoder.load(saved(whole, saving))) {
        assertSame(encoder, whole);
      }
    }
    for (Saving saving : List.of(Saving.decoder(), Saving.whole().optimizerState())) {
      try (Decoder decoder = Decoder.load(saved(whole, saving))) {
        assertSame(decoder, whole);
      }
    }
  }

  @Test
  void comeOutOfFoldersOfCheckpoints() {
    Autoencoder whole = Autoencoder.conv().latent(2, 2, 3).powerNormalize().build();
    Path run = folder.resolve("run");
    whole.fit(DATA, SHORT.checkpoints(Checkpoints.in(run)));
    assertSame(Encoder.load(run), whole);
    assertSame(Decoder.load(run), whole);
  }

  @Test
  void comeOutOfStreams() throws IOException {
    Autoencoder whole = trained();
    byte[] encoder = Files.readAllBytes(saved(whole, Saving.encoder()));
    byte[] decoder = Files.readAllBytes(saved(whole, Saving.decoder()));
    assertSame(Encoder.load(new ByteArrayInputStream(encoder)), whole);
    assertSame(Decoder.load(new ByteArrayInputStream(decoder)), whole);
    assertThatIllegalStateException()
        .isThrownBy(() -> Decoder.load(new ByteArrayInputStream(encoder)))
        .withMessageContaining("holds the encoder only");
    assertThatExceptionOfType(UnreadableModelException.class)
        .isThrownBy(() -> Encoder.load(new ByteArrayInputStream(new byte[100])));
  }

  @Test
  void refuseFilesOfTheOtherHalf() {
    Autoencoder whole = trained();
    Path decoder = saved(whole, Saving.decoder());
    assertThatIllegalStateException()
        .isThrownBy(() -> Encoder.load(decoder))
        .withMessageContaining("this needs the encoder")
        .withMessageContaining("holds the decoder only")
        .withMessageContaining("Saving.encoder()");
    Path encoder = saved(whole, Saving.encoder());
    assertThatIllegalStateException()
        .isThrownBy(() -> Decoder.load(encoder))
        .withMessageContaining("this needs the decoder")
        .withMessageContaining("holds the encoder only")
        .withMessageContaining("Saving.decoder()");
  }

  @Test
  void refuseWhatIsNoModel() throws IOException {
    Path file = folder.resolve("other");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Encoder.load(file))
        .withMessageContaining("there is no model file");
    Files.writeString(file, "something else");
    assertThatExceptionOfType(UnreadableModelException.class).isThrownBy(() -> Decoder.load(file));
  }

  @Test
  void ofAnAutoencoderFollowItsTraining() {
    Autoencoder whole = Autoencoder.conv().latent(2, 2, 3).powerNormalize().build();
    Encoder encoder = whole.encoder();
    Decoder decoder = whole.decoder();
    assertThatIllegalStateException()
        .isThrownBy(() -> encoder.encode(DATA))
        .withMessageContaining("not been trained");
    assertThatIllegalStateException()
        .isThrownBy(encoder::latentShape)
        .withMessageContaining("not known yet");
    for (int run = 0; run < 2; run++) {
      whole.fit(DATA, SHORT);
      assertSame(encoder, whole);
      assertSame(decoder, whole);
    }
  }

  @Test
  void closeWhatTheyLoadedAndNothingElse() {
    Autoencoder whole = trained();
    whole.encoder().close();
    whole.decoder().close();
    assertSame(whole.encoder(), whole);
    Encoder encoder = Encoder.load(saved(whole, Saving.encoder()));
    encoder.close();
    encoder.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> encoder.encode(DATA))
        .withMessageContaining("was closed");
    Decoder half = whole.decoder();
    float[][] codes = whole.encode(DATA);
    whole.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> half.decode(codes))
        .withMessageContaining("was closed");
  }

  @Test
  void refuseSamplesAndCodesOfOtherShapes() {
    Autoencoder whole = trained();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> whole.encoder().encode(TinyData.source(3, 7)))
        .withMessageContaining("1x7x1")
        .withMessageContaining("4x4x3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> whole.decoder().decode(new float[][] {new float[5]}))
        .withMessageContaining("5 values");
  }
}
