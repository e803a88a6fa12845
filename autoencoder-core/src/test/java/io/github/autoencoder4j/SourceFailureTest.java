package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.autoencoder4j.baseline.LinearCode;
import io.github.autoencoder4j.baseline.MeanColor;
import io.github.autoencoder4j.baseline.MeanImage;
import io.github.autoencoder4j.baseline.PatchPca;
import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.HorizontalFlip;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.Split;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.metric.GenerativeReference;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a source throws comes out of every method that reads one in the same way. */
class SourceFailureTest {

  private static final ImageShape SHAPE = ImageShape.grey(4, 4);
  private static final int COUNT = 70;
  private static final ImageSource DATA = ImageSource.of(SHAPE, TinyData.rows(COUNT, SHAPE.size()));
  private static final Training SHORT = Training.epochs(1).batchSize(10);
  private static final LatentNoise CHANNEL = LatentNoise.variance(0.1);
  private static final Autoencoder DENSE =
      trained(Autoencoder.dense().hidden(8).bottleneck(2).input(SHAPE));

  /** Asked only while its layers run on ND4J's operations. */
  private static final Autoencoder SLOW = trained(Autoencoder.conv().latent(2, 2, 1).input(SHAPE));

  private static final Pca PCA = Pca.fit(DATA, 2);
  private static final LinearCode LINEAR = LinearCode.of(PatchPca.fit(DATA, 2, 2, 1), 0.1);

  @TempDir private Path folder;

  private static Autoencoder trained(AutoencoderBuilder<?> builder) {
    Autoencoder autoencoder = builder.build();
    autoencoder.fit(DATA, SHORT);
    return autoencoder;
  }

  /** Neither an exception nor an error. */
  private static final class Oddity extends Throwable {
    private static final long serialVersionUID = 1L;
  }

  static Stream<Throwable> kinds() {
    return Stream.of(
        new IllegalStateException("disk gone"),
        new UnusableDataException("bad picture"),
        new ClassCastException("of its own"),
        new IOException("unreadable"),
        new Exception("plain"),
        new ExecutionException(new IOException("in a pool")),
        new InterruptedException("asked to stop"),
        new Oddity(),
        new AssertionError("broken"),
        new StackOverflowError("deep"),
        new OutOfMemoryError("of its own"));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static ImageSource failing(int at, Throwable thrown) {
    return new ImageSource() {
      @Override
      public int size() {
        return COUNT;
      }

      @Override
      public ImageShape shape() {
        return SHAPE;
      }

      @Override
      public void read(int index, float[] destination, int offset) {
        if (index == at) {
          SourceFailureTest.<RuntimeException>sneak(thrown);
        }
        DATA.read(index, destination, offset);
      }
    };
  }

  private static Map<String, Consumer<ImageSource>> readersOf(Autoencoder autoencoder) {
    Map<String, Consumer<ImageSource>> readers = new LinkedHashMap<>();
    readers.put("encode", autoencoder::encode);
    readers.put("reconstruct", autoencoder::reconstruct);
    readers.put("transmit", bad -> autoencoder.transmit(bad, CHANNEL, 1));
    readers.put(
        "evaluateTransmission", bad -> autoencoder.evaluateTransmission(bad, CHANNEL, 1, 1));
    readers.put("evaluate", bad -> autoencoder.evaluate(bad));
    readers.put("evaluate inputs", bad -> autoencoder.evaluate(bad, DATA));
    readers.put("evaluate targets", bad -> autoencoder.evaluate(DATA, bad));
    readers.put("fit", bad -> autoencoder.fit(bad, SHORT));
    readers.put("fit with validation", bad -> autoencoder.fit(DATA, SHORT.validation(bad)));
    return readers;
  }

  private static Consumer<ImageSource> withoutOneDnn(Consumer<ImageSource> reader) {
    return source -> {
      System.setProperty(OneDnn.SWITCH, "off");
      try {
        reader.accept(source);
      } finally {
        System.clearProperty(OneDnn.SWITCH);
      }
    };
  }

  private Map<String, Consumer<ImageSource>> readers() {
    Map<String, Consumer<ImageSource>> readers = new LinkedHashMap<>();
    readersOf(DENSE).forEach(readers::put);
    readersOf(SLOW)
        .forEach((name, reader) -> readers.put(name + " without oneDNN", withoutOneDnn(reader)));
    readers.put(
        "fit a denoiser",
        bad ->
            Autoencoder.dense()
                .hidden(4)
                .corruption(Corruption.gaussian(0.1))
                .build()
                .fit(DATA, SHORT.validation(bad)));
    readers.put(
        "resume",
        bad -> DENSE.resume(bad, SHORT.checkpoints(Checkpoints.in(folder.resolve("run")))));
    readers.put("Split.byContent", bad -> Split.byContent(bad, 0.5));
    readers.put("Pca.fit", bad -> Pca.fit(bad, 2));
    readers.put("Pca.encode", PCA::encode);
    readers.put("Pca.evaluate", PCA::evaluate);
    readers.put("PatchPca.fit", bad -> PatchPca.fit(bad, 2, 2, 1));
    readers.put("LinearCode.evaluate", bad -> LINEAR.evaluate(bad, 1, 1));
    readers.put("MeanImage.fit", MeanImage::fit);
    readers.put("MeanColor.evaluate", bad -> new MeanColor(SHAPE).evaluate(bad));
    readers.put(
        "GenerativeReference training",
        bad -> GenerativeReference.of(bad, DATA, UnaryOperator.identity()));
    readers.put(
        "GenerativeReference test",
        bad -> GenerativeReference.of(DATA, bad, UnaryOperator.identity()));
    return readers;
  }

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private static void assertPassedOn(Throwable thrown, String name, Throwable caught, int sample) {
    if (thrown instanceof RuntimeException || thrown instanceof Error) {
      assertThat(caught).as(name).isSameAs(thrown);
    } else {
      assertThat(caught)
          .as(name)
          .isExactlyInstanceOf(UnusableDataException.class)
          .hasMessageContaining("sample " + sample + " ")
          .hasMessageContaining(thrown.toString())
          .cause()
          .isSameAs(thrown);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isPassedOnOrWrappedTheSameWayByAll(Throwable thrown) {
    // Where a thread other than the caller's may read it.
    int at = COUNT - 1;
    readers()
        .forEach(
            (name, reader) -> {
              Throwable caught = catchThrowable(() -> reader.accept(failing(at, thrown)));
              assertPassedOn(thrown, name, caught, at);
              assertThat(Thread.interrupted() && !(thrown instanceof InterruptedException))
                  .as(name)
                  .isFalse();
            });
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void namesTheSampleAsAViewCountsIt(Throwable thrown) {
    ImageSource bad = failing(5, thrown);
    assertPassedOn(thrown, "slice", catchThrowable(() -> DENSE.encode(bad.slice(5, 9))), 0);
    assertPassedOn(thrown, "both", catchThrowable(() -> DENSE.encode(HorizontalFlip.both(bad))), 5);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aSourceThatCannotCountFailsTheSameWay(Throwable thrown) {
    ImageSource uncounted =
        new ImageSource() {
          @Override
          public int size() {
            SourceFailureTest.<RuntimeException>sneak(thrown);
            return 0;
          }

          @Override
          public ImageShape shape() {
            return SHAPE;
          }

          @Override
          public void read(int index, float[] destination, int offset) {
            throw new AssertionError("nobody should read");
          }
        };
    readers()
        .forEach(
            (name, reader) -> {
              Throwable caught = catchThrowable(() -> reader.accept(uncounted));
              if (thrown instanceof RuntimeException || thrown instanceof Error) {
                assertThat(caught).as(name).isSameAs(thrown);
              } else {
                assertThat(caught)
                    .as(name)
                    .isExactlyInstanceOf(UnusableDataException.class)
                    .hasMessageContaining("number of samples")
                    .hasCause(thrown);
              }
            });
  }

  @Test
  void theAutoencoderIsUsableAfterwards() {
    float[][] before = DENSE.encode(DATA);
    assertThat(catchThrowable(() -> DENSE.encode(failing(3, new IOException("unreadable")))))
        .isNotNull();
    assertThat(DENSE.encode(DATA)).isDeepEqualTo(before);
  }
}
