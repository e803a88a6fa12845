package io.github.autoencoder4j.internal.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.common.math.LongMath;
import java.nio.ByteBuffer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ArithmeticTest {

  @Property
  void hashesAsGuavaDoes(@ForAll @Size(max = 70) byte[] bytes) {
    assertThat(Murmur3.hash(ByteBuffer.wrap(bytes)))
        .isEqualTo(Hashing.murmur3_128().hashBytes(bytes).asLong());
  }

  @Property
  void countsAsGuavaDoes(@ForAll @LongRange(min = 0) long a, @ForAll @LongRange(min = 0) long b) {
    assertThat(Saturated.add(a, b)).isEqualTo(LongMath.saturatedAdd(a, b));
    assertThat(Saturated.multiply(a, b)).isEqualTo(LongMath.saturatedMultiply(a, b));
    assertThat(Saturated.multiply(a % 1_000, b % 1_000)).isEqualTo(a % 1_000 * (b % 1_000));
  }

  @Example
  void staysAtTheGreatestNumber() {
    assertThat(Saturated.add(Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
    assertThat(Saturated.multiply(1L << 40, 1L << 40)).isEqualTo(Long.MAX_VALUE);
    assertThat(Saturated.multiply(0, Long.MAX_VALUE)).isZero();
  }
}
