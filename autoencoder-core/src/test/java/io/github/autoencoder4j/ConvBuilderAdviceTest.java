package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sizes of images and codes: they build by default, or the advice in the message does. */
class ConvBuilderAdviceTest {

  private static final Pattern SHAPE = Pattern.compile("(\\d+)x(\\d+)x(\\d+)");
  private static final Pattern KERNEL = Pattern.compile("or choose (\\d+)");

  private static ConvBuilder sized(ImageShape input, ImageShape latent, Resampling resampling) {
    return Autoencoder.conv()
        .input(input)
        .latent(latent.height(), latent.width(), latent.channels())
        .resampling(resampling);
  }

  private static List<ImageShape> shapes(String text) {
    List<ImageShape> shapes = new ArrayList<>();
    Matcher found = SHAPE.matcher(text);
    while (found.find()) {
      shapes.add(
          new ImageShape(
              Integer.parseInt(found.group(1)),
              Integer.parseInt(found.group(2)),
              Integer.parseInt(found.group(3))));
    }
    return shapes;
  }

  /** Builds, or builds by every advice that is given. */
  private static boolean buildsOrIsAdvised(
      ImageShape input, ImageShape latent, Resampling resampling) {
    Supplier<ConvBuilder> choice = () -> sized(input, latent, resampling);
    IllegalArgumentException refusal =
        catchThrowableOfType(IllegalArgumentException.class, () -> choice.get().build());
    if (refusal == null) {
      return true;
    }
    String[] advice = refusal.getMessage().split("nearest (images|sequences) for this code are", 2);
    assertThat(advice).as(refusal.getMessage()).hasSize(2);
    assertThat(shapes(advice[0])).as(refusal.getMessage()).isNotEmpty();
    for (ImageShape code : shapes(advice[0])) {
      sized(input, code, resampling).build();
    }
    assertThat(shapes(advice[1])).as(refusal.getMessage()).isNotEmpty();
    for (ImageShape image : shapes(advice[1])) {
      sized(image, latent, resampling).build();
    }
    return false;
  }

  @ParameterizedTest
  @EnumSource(Resampling.class)
  void allSquareSizesBuildOrAreToldHowTo(Resampling resampling) {
    for (int input = 1; input <= 128; input++) {
      for (int latent = 1; latent <= 128; latent++) {
        boolean builds =
            buildsOrIsAdvised(
                ImageShape.grey(input, input), new ImageShape(latent, latent, 4), resampling);
        assertThat(builds).as("%d to %d", input, latent).isEqualTo(input % latent == 0);
      }
    }
  }

  @Property(tries = 500)
  void rectanglesBuildOrAreToldHowTo(
      @ForAll @IntRange(min = 2, max = 128) int height,
      @ForAll @IntRange(min = 1, max = 128) int width,
      @ForAll @IntRange(min = 1, max = 128) int latentHeight,
      @ForAll @IntRange(min = 1, max = 128) int latentWidth,
      @ForAll Resampling resampling) {
    buildsOrIsAdvised(
        new ImageShape(height, width, 3), new ImageShape(latentHeight, latentWidth, 2), resampling);
  }

  @ParameterizedTest
  @EnumSource(Resampling.class)
  void allLengthsOfSequencesBuildOrAreToldHowTo(Resampling resampling) {
    for (int input = 2; input <= 64; input++) {
      for (int latent = 1; latent <= 64; latent++) {
        boolean builds =
            buildsOrIsAdvised(
                new ImageShape(1, input, 3), new ImageShape(1, latent, 2), resampling);
        assertThat(builds).as("%d to %d", input, latent).isEqualTo(input % latent == 0);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1x64x8, 1x8x8",
    "1x64x1, 1x8x1",
    "1x100x2, 1x25x1",
    "1x7x3, 1x7x1",
    "1x2x1, 1x1x1",
    "64x64x3, 8x8x16",
    "28x28x1, 7x7x1",
    "2x8x1, 1x4x1"
  })
  void codesHaveAShareOfTheValuesByDefault(String input, String latent) {
    assertThat(Autoencoder.conv().input(shapes(input).get(0)).build().latentShape())
        .isEqualTo(shapes(latent).get(0));
  }

  @Test
  void rowsOfDataMayBeImagesOrSignals() {
    ImageSource rows = ImageSource.of(ImageShape.vector(16), TinyData.rows(4, 16));
    IllegalArgumentException refusal =
        catchThrowableOfType(
            IllegalArgumentException.class,
            () -> Autoencoder.conv().build().fit(rows, Training.epochs(1)));
    assertThat(refusal).hasMessageContaining("rows of 16 values");
    assertThat(refusal).hasMessageContaining("input(height, width, channels)");
    assertThat(refusal).hasMessageContaining("input(1, 16)");
    Autoencoder image = Autoencoder.conv().input(4, 4).build();
    image.fit(rows, Training.epochs(1));
    assertThat(image.latentShape()).isEqualTo(new ImageShape(1, 1, 1));
    Autoencoder signal = Autoencoder.conv().input(1, 16).build();
    signal.fit(rows, Training.epochs(1));
    assertThat(signal.latentShape()).isEqualTo(new ImageShape(1, 2, 1));
    // Several channels can only be a sequence.
    Autoencoder channels = Autoencoder.conv().build();
    channels.fit(ImageSource.of(new ImageShape(1, 8, 2), TinyData.rows(4, 16)), Training.epochs(1));
    assertThat(channels.latentShape()).isEqualTo(new ImageShape(1, 1, 2));
  }

  @Property(tries = 1000)
  void anyKernelBuildsOrIsToldHowTo(
      @ForAll @IntRange(min = 1, max = 8) int latent,
      @ForAll @IntRange(min = 1, max = 36) int factor,
      @ForAll @IntRange(min = 1, max = 40) int kernel,
      @ForAll Resampling resampling) {
    Supplier<ConvBuilder> choice =
        () ->
            sized(
                ImageShape.grey(latent * factor, latent * factor),
                new ImageShape(latent, latent, 2),
                resampling);
    IllegalArgumentException refusal =
        catchThrowableOfType(
            IllegalArgumentException.class, () -> choice.get().kernel(kernel).build());
    if (refusal == null) {
      return;
    }
    assertThat(refusal).hasMessageContaining("kernel of " + kernel);
    if (resampling == Resampling.STRIDED) {
      assertThat(refusal).hasMessageContaining("leave kernel(...) out");
    } else {
      choice.get().kernel(3).build();
      choice.get().kernel(5).build();
    }
    choice.get().build();
    Matcher advised = KERNEL.matcher(refusal.getMessage());
    if (advised.find()) {
      choice.get().kernel(Integer.parseInt(advised.group(1))).build();
    }
  }

  @ParameterizedTest
  @CsvSource({"30, 5", "12, 2", "18, 3", "24, 4", "36, 6", "96, 8"})
  void mixedStridesHaveAKernelForEachLevel(int input, int latent, @TempDir Path folder) {
    ImageShape image = ImageShape.grey(input, input);
    Autoencoder autoencoder =
        sized(image, new ImageShape(latent, latent, 4), Resampling.STRIDED)
            .widths(levels(input / latent))
            .build();
    assertThat(autoencoder.architecture().orElseThrow().encoder())
        .extracting(LayerPlan::kind)
        .startsWith("conv 9x9 stride 3")
        .contains("conv 4x4 stride 2");
    ImageSource images = ImageSource.of(image, TinyData.rows(6, image.size()));
    autoencoder.fit(images, Training.epochs(1).batchSize(3));
    Path file = folder.resolve("strided.aemodel");
    autoencoder.save(file);
    assertThat(Autoencoder.load(file).reconstruct(images))
        .isDeepEqualTo(autoencoder.reconstruct(images));
  }

  /** Few channels, to be quick, for a factor of one three and some twos. */
  private static int[] levels(int factor) {
    int[] widths = new int[1 + Integer.numberOfTrailingZeros(factor)];
    Arrays.fill(widths, 3);
    return widths;
  }

  @Test
  void halvingsKeepTheKernelTheyHad() {
    for (int factor = 2; factor <= 64; factor *= 2) {
      ConvArchitecture layers =
          (ConvArchitecture)
              sized(
                      ImageShape.grey(2 * factor, 2 * factor),
                      new ImageShape(2, 2, 4),
                      Resampling.STRIDED)
                  .build()
                  .architecture()
                  .orElseThrow();
      assertThat(layers.kernel()).isEqualTo(4);
    }
    assertThat(
            ((ConvArchitecture)
                    sized(ImageShape.grey(8, 8), new ImageShape(2, 2, 4), Resampling.STRIDED)
                        .strides(4)
                        .build()
                        .architecture()
                        .orElseThrow())
                .kernel())
        .isEqualTo(4);
  }
}
