package io.github.autoencoder4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.autoencoder4j.data.ImageShape;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ConvArchitectureTest {

  private static final ImageShape PHOTO = new ImageShape(64, 64, 3);
  private static final ImageShape CODE = new ImageShape(8, 8, 16);

  @Property(tries = 300)
  void layersLeadFromAnyMultipleOfTheCodeToItAndBack(
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 16) int factor,
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll @IntRange(min = 0, max = 2) int blocks,
      @ForAll boolean projection) {
    ImageShape input = new ImageShape(height * factor, width * factor, channels);
    ImageShape latent = new ImageShape(height, width, 5);
    List<Integer> strides = Strides.between(input, latent, Resampling.SUBPIXEL);
    assertThat(strides.stream().reduce(1, (a, b) -> a * b)).isEqualTo(factor);
    List<Integer> widths = new ArrayList<>();
    for (int i = projection ? 0 : 1; i < strides.size(); i++) {
      widths.add(4 + i);
    }
    check(
        new ConvArchitecture(
            input, latent, strides, widths, 3, Activation.RELU, blocks, Resampling.SUBPIXEL));
  }

  @Property(tries = 200)
  void stridedLayersLeadThereTooWhereTheKernelFits(
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 0, max = 4) int halvings,
      @ForAll @IntRange(min = 1, max = 3) int halfKernel) {
    ImageShape input = new ImageShape(height << halvings, width << halvings, 3);
    ImageShape latent = new ImageShape(height, width, 5);
    List<Integer> strides = Strides.between(input, latent, Resampling.STRIDED);
    int kernel = halvings == 0 ? 2 * halfKernel + 1 : 2 * halfKernel;
    check(
        new ConvArchitecture(
            input,
            latent,
            strides,
            strides.stream().skip(1).map(s -> 7).toList(),
            kernel,
            Activation.RELU,
            0,
            Resampling.STRIDED));
  }

  @Property(tries = 300)
  void layersLeadAlongTheWidthOfASequence(
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 2, max = 16) int factor,
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll @IntRange(min = 0, max = 2) int blocks,
      @ForAll Resampling resampling,
      @ForAll boolean projection) {
    ImageShape input = new ImageShape(1, width * factor, channels);
    ImageShape latent = new ImageShape(1, width, 5);
    List<Integer> strides = Strides.between(input, latent, resampling);
    assertThat(strides.stream().reduce(1, (a, b) -> a * b)).isEqualTo(factor);
    ConvArchitecture sequence =
        new ConvArchitecture(
            input,
            latent,
            strides,
            strides.stream().skip(projection ? 0 : 1).map(s -> 7).toList(),
            resampling == Resampling.SUBPIXEL ? 3 : ConvArchitecture.FITTING_KERNEL,
            Activation.RELU,
            blocks,
            resampling);
    check(sequence);
    assertThat(sequence.axes()).isEqualTo(Axes.WIDTH);
    for (LayerPlan layer : sequence.layers()) {
      assertThat(layer.input().height()).as(layer.name()).isOne();
      assertThat(layer.kind()).contains(" 1x");
      for (ParameterSpec array : layer.learned()) {
        assertThat(array.shape().size() == 4 ? array.shape().get(2) : 1).isOne();
      }
    }
  }

  @Example
  void aSignalIsConvolvedAlongItsWidth() {
    ImageShape signal = new ImageShape(1, 64, 8);
    ImageShape code = new ImageShape(1, 8, 4);
    ConvArchitecture strided =
        new ConvArchitecture(
            signal,
            code,
            Strides.between(signal, code, Resampling.STRIDED),
            List.of(32, 64),
            4,
            Activation.RELU,
            0,
            Resampling.STRIDED);
    assertThat(strided.encoder())
        .extracting(LayerPlan::kind)
        .containsOnly("conv 1x4 stride 1x2")
        .hasSize(3);
    assertThat(strided.decoder())
        .extracting(layer -> layer.output().toString())
        .containsExactly("1x16x64", "1x32x32", "1x64x8");
    long encoder = (4 * 8 + 1) * 32 + (4 * 32 + 1) * 64 + (4 * 64 + 1) * 4;
    long decoder = (4 * 4 + 1) * 64 + (4 * 64 + 1) * 32 + (4 * 32 + 1) * 8;
    assertThat(strided.parameters()).isEqualTo(encoder + decoder);
    assertThat(strided.receptiveField()).isEqualTo(4 + 3 * 2 + 3 * 4);
    LayerPlan first = strided.encoder().get(0);
    assertThat(first.learned().get(1).shape()).containsExactly(32, 8, 1, 4);
    assertThat(first.multiplications()).isEqualTo((4 * 8 + 1) * 32 * 32);
  }

  /** A code of one value says nothing of the axes, but the input does. */
  @Example
  void onlyTheInputTellsSequencesFromImages() {
    ImageShape one = new ImageShape(1, 1, 3);
    ImageShape two = new ImageShape(1, 2, 3);
    assertThat(small(new ImageShape(1, 2, 1), one).axes()).isEqualTo(Axes.WIDTH);
    assertThat(small(new ImageShape(2, 2, 1), one).axes()).isEqualTo(Axes.BOTH);
    assertThat(small(new ImageShape(2, 4, 1), two).axes()).isEqualTo(Axes.BOTH);
    assertThat(small(new ImageShape(2, 4, 1), two).decoder().get(0).kind()).isEqualTo("conv 3x3");
    ConvArchitecture pixel =
        new ConvArchitecture(
            one, one, List.of(1), List.of(4), 3, Activation.RELU, 1, Resampling.SUBPIXEL);
    assertThat(pixel.axes()).isEqualTo(Axes.BOTH);
    assertThat(pixel.encoder()).extracting(LayerPlan::kind).first().isEqualTo("conv 3x3");
  }

  private static ConvArchitecture small(ImageShape input, ImageShape latent) {
    return new ConvArchitecture(
        input, latent, List.of(2), List.of(4), 3, Activation.RELU, 1, Resampling.SUBPIXEL);
  }

  @Example
  void impossibleSequencesAreAnsweredWithTheNearestOnes() {
    ImageShape signal = new ImageShape(1, 64, 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Strides.between(signal, new ImageShape(1, 10, 4), Resampling.SUBPIXEL))
        .withMessageContaining("1 x 10")
        .withMessageContaining("codes for these sequences are 1x8x4 and 1x16x4")
        .withMessageContaining("sequences for this code are 1x60x8 and 1x70x8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Strides.between(signal, new ImageShape(8, 8, 4), Resampling.SUBPIXEL))
        .withMessageContaining("a height of 1 stays 1")
        .withMessageContaining("1x8x4")
        .withMessageContaining("input(height, width, channels)");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Strides.between(
                    new ImageShape(64, 1, 8), new ImageShape(8, 1, 4), Resampling.SUBPIXEL))
        .withMessageContaining("input(1, 64, 8)");
  }

  /** Its divisors are found in the time of a square root. */
  @Example
  void theLongestSequenceIsAnsweredAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Strides.between(
                    ImageShape.vector(Integer.MAX_VALUE),
                    ImageShape.vector(7),
                    Resampling.SUBPIXEL))
        .withMessageContaining("1x1x1 and 1x2147483647x1");
  }

  private static void check(ConvArchitecture architecture) {
    List<LayerPlan> all = new ArrayList<>(architecture.encoder());
    all.addAll(architecture.decoder());
    ImageShape in = architecture.input();
    for (LayerPlan layer : all) {
      assertThat(layer.input()).as(layer.name()).isEqualTo(in);
      in = layer.output();
    }
    assertThat(in).isEqualTo(architecture.input());
    assertThat(all).extracting(LayerPlan::name).doesNotHaveDuplicates();
    assertThat(architecture.encoder())
        .last()
        .satisfies(
            last -> {
              assertThat(last.output()).isEqualTo(architecture.latent());
              assertThat(last.activation()).isEqualTo(Activation.IDENTITY);
              assertThat(last.name()).isEqualTo("bottleneck");
            });
  }

  @Example
  void theReferenceNetworkOfThreeStridedConvolutions() {
    ConvArchitecture reference =
        new ConvArchitecture(
            PHOTO,
            CODE,
            Strides.between(PHOTO, CODE, Resampling.STRIDED),
            List.of(32, 64),
            4,
            Activation.RELU,
            0,
            Resampling.STRIDED);
    assertThat(reference.encoder())
        .extracting(LayerPlan::kind)
        .containsOnly("conv 4x4 stride 2")
        .hasSize(3);
    assertThat(reference.encoder())
        .extracting(LayerPlan::activation)
        .containsExactly(Activation.RELU, Activation.RELU, Activation.IDENTITY);
    assertThat(reference.decoder())
        .extracting(layer -> layer.output().toString())
        .containsExactly("16x16x64", "32x32x32", "64x64x3");
    assertThat(reference.decoder())
        .extracting(LayerPlan::kind)
        .containsOnly("transposed conv 4x4 stride 2");
    long encoder = (16 * 3 + 1) * 32 + (16 * 32 + 1) * 64 + (16 * 64 + 1) * 16;
    long decoder = (16 * 16 + 1) * 64 + (16 * 64 + 1) * 32 + (16 * 32 + 1) * 3;
    assertThat(reference.parameters()).isEqualTo(encoder + decoder);
    // 4 pixels, then 3 kernel steps of 2, then 3 of 4.
    assertThat(reference.receptiveField()).isEqualTo(4 + 3 * 2 + 3 * 4);
  }

  @Example
  void digitsShrinkByHalvingTwice() {
    ImageShape digit = ImageShape.grey(28, 28);
    ImageShape code = new ImageShape(7, 7, 4);
    assertThat(Strides.between(digit, code, Resampling.SUBPIXEL)).containsExactly(2, 2);
    assertThat(Strides.between(PHOTO, CODE, Resampling.SUBPIXEL)).containsExactly(4, 2);
    assertThat(Strides.between(PHOTO, CODE, Resampling.STRIDED)).containsExactly(2, 2, 2);
    assertThat(Strides.between(digit, ImageShape.grey(4, 4), Resampling.SUBPIXEL))
        .containsExactly(7);
    assertThat(Strides.between(digit, digit, Resampling.SUBPIXEL)).containsExactly(1);
  }

  @Example
  void impossibleShapesAreAnsweredWithTheNearestOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Strides.between(PHOTO, new ImageShape(10, 10, 16), Resampling.SUBPIXEL))
        .withMessageContaining("10 x 10")
        .withMessageContaining("8x8x16 and 16x16x16")
        .withMessageContaining("60x60x3 and 70x70x3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Strides.between(PHOTO, new ImageShape(8, 16, 4), Resampling.STRIDED))
        .withMessageContaining("8x8x4 and 16x16x4");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Strides.between(ImageShape.grey(29, 31), ImageShape.grey(7, 7), Resampling.STRIDED))
        .withMessageContaining("29x31x1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Strides.between(CODE, PHOTO, Resampling.STRIDED))
        .withMessageContaining("64 x 64");
  }

  @Example
  void choicesThatDoNotFitEachOtherAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> photo(List.of(4, 4), List.of(8), 3, 0, Resampling.SUBPIXEL))
        .withMessageContaining("[4, 4]")
        .withMessageContaining("8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> photo(List.of(4, 2), List.of(8, 8, 8), 3, 0, Resampling.SUBPIXEL))
        .withMessageContaining("3 widths")
        .withMessageContaining("give 2, or 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> photo(List.of(4, 2), List.of(8, 8), 4, 0, Resampling.SUBPIXEL))
        .withMessageContaining("kernel of 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> photo(List.of(2, 2, 2), List.of(8, 8), 5, 0, Resampling.STRIDED))
        .withMessageContaining("kernel of 5")
        .withMessageContaining("choose 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> photo(List.of(4, 2), List.of(0, 8), 3, 0, Resampling.SUBPIXEL))
        .withMessageContaining("given 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> photo(List.of(-4, -2), List.of(8, 8), 3, 0, Resampling.SUBPIXEL))
        .withMessageContaining("stride")
        .withMessageContaining("-4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> photo(List.of(4, 2), List.of(8, 8), 3, -1, Resampling.SUBPIXEL))
        .withMessageContaining("-1");
  }

  private static ConvArchitecture photo(
      List<Integer> strides, List<Integer> widths, int kernel, int blocks, Resampling resampling) {
    return new ConvArchitecture(
        PHOTO, CODE, strides, widths, kernel, Activation.RELU, blocks, resampling);
  }

  @Example
  void theReceptiveFieldCountsBlocksOfPixels() {
    // A block of 8 pixels, and one more on either side for every 3x3 convolution.
    assertThat(photo(List.of(8), List.of(8), 3, 0, Resampling.SUBPIXEL).receptiveField())
        .isEqualTo(8 * 5);
    assertThat(photo(List.of(8), List.of(8), 3, 1, Resampling.SUBPIXEL).receptiveField())
        .isEqualTo(8 * 9);
  }

  @Example
  void plansRefuseShapesThatTheyCannotMake() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ConvLayerPlan("x", PHOTO, CODE, Axes.BOTH, 4, 2, false, Activation.RELU))
        .withMessageContaining("stride 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RearrangementPlan("x", CODE, Axes.BOTH, 3, true))
        .withMessageContaining("3 x 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RearrangementPlan("x", PHOTO, Axes.BOTH, 2, false))
        .withMessageContaining("64x64x3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ResidualBlockPlan("x", CODE, Axes.BOTH, 2, Activation.RELU))
        .withMessageContaining("kernel of 2");
  }
}
