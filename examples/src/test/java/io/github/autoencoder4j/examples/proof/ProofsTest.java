package io.github.autoencoder4j.examples.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProofsTest {

  @Test
  void takesDaysOnlyWhereItIsAskedTo() {
    assertThat(Proofs.named(List.of())).isNotEmpty().noneMatch(Proof::isLong);
    assertThat(Proofs.named(List.of("IWAE.8"))).singleElement().matches(Proof::isLong);
  }

  @Test
  void namesEachOnce() {
    assertThat(Proofs.all()).extracting(Proof::id).doesNotHaveDuplicates();
    assertThat(Proofs.named(List.of("codebook", "v1")))
        .extracting(Proof::id)
        .containsExactly("V1", "codebook");
  }

  @Test
  void saysWhichThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Proofs.named(List.of("V3")))
        .withMessageContaining("there is no proof 'V3'")
        .withMessageContaining("V1, V2, iwae");
  }
}
