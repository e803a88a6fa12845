package io.github.autoencoder4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.autoencoder4j.data.ImageShape;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DenseArchitectureTest {

  private static final ImageShape INPUT = ImageShape.grey(4, 6);

  @Property
  void everyLayerTakesWhatTheOneBeforeGives(
      @ForAll @Size(max = 5) List<@IntRange(min = 1, max = 900) Integer> hidden,
      @ForAll @IntRange(min = 1, max = 900) int bottleneck) {
    DenseArchitecture layers =
        new DenseArchitecture(INPUT, hidden, bottleneck, Activation.RELU, 0.1);
    List<LayerPlan> all = new ArrayList<>(layers.encoder());
    all.addAll(layers.decoder());
    ImageShape in = INPUT;
    long parameters = 0;
    for (LayerPlan layer : all) {
      assertThat(layer.input()).isEqualTo(in);
      in = layer.output();
      parameters += layer.input().size() * (long) layer.output().size() + layer.output().size();
    }
    assertThat(in).isEqualTo(INPUT);
    assertThat(layers.parameters()).isEqualTo(parameters);
    assertThat(all).extracting(LayerPlan::name).doesNotHaveDuplicates();
    assertThat(layers.encoder()).last().extracting(LayerPlan::output).isEqualTo(layers.latent());
  }

  @Example
  void codesAndLogitsAreNeitherBoundedNorDropped() {
    DenseArchitecture layers =
        new DenseArchitecture(INPUT, List.of(8, 4), 2, Activation.TANH, 0.25);
    for (List<LayerPlan> half : List.of(layers.encoder(), layers.decoder())) {
      for (int i = 0; i < half.size(); i++) {
        DenseLayerPlan layer = (DenseLayerPlan) half.get(i);
        boolean last = i == half.size() - 1;
        assertThat(layer.activation()).isEqualTo(last ? Activation.IDENTITY : Activation.TANH);
        assertThat(layer.dropout()).isEqualTo(last ? 0 : 0.25);
        assertThat(layer.kind()).isEqualTo("dense");
      }
    }
  }

  @Example
  void copiesTheHiddenSizes() {
    List<Integer> sizes = new ArrayList<>(List.of(8, 4));
    DenseArchitecture layers = new DenseArchitecture(INPUT, sizes, 2, Activation.TANH, 0);
    sizes.set(0, 99);
    assertThat(layers.hidden()).containsExactly(8, 4);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> layers.encoder().clear());
  }

  @Example
  void rejectsWhatTheBuilderRejects() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DenseArchitecture(INPUT, List.of(8, 0), 2, Activation.TANH, 0))
        .withMessageContaining("given 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DenseArchitecture(INPUT, List.of(), 0, Activation.TANH, 0))
        .withMessageContaining("bottleneck");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DenseArchitecture(INPUT, List.of(), 2, Activation.TANH, 1))
        .withMessageContaining("[0, 1), but was 1.0");
    assertThatNullPointerException()
        .isThrownBy(() -> new DenseArchitecture(null, List.of(), 2, Activation.TANH, 0));
    assertThatNullPointerException()
        .isThrownBy(() -> new DenseArchitecture(INPUT, List.of(), 2, null, 0));
  }
}
