package io.github.autoencoder4j.internal.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.FloatBuffer;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

class PackedWeightsTest {

  private static final int ROWS = 3;
  private static final int COLUMNS = 5;

  private final float[] first = new float[ROWS * COLUMNS];
  private final FloatPointer learned = new FloatPointer(2L * ROWS * COLUMNS);
  private final FloatBuffer values = learned.asBuffer();
  private final PackedWeights weights = new PackedWeights(learned);
  private final Graph graph = new Graph();
  private final Tensor weight = weight(0);

  @BeforeContainer
  static void needsOneDnn() {
    assumeTrue(OneDnn.isOpen(), "oneDNN is not here");
  }

  PackedWeightsTest() {
    for (int i = 0; i < values.capacity(); i++) {
      values.put(i, i);
    }
    values.get(0, first);
  }

  @AfterTry
  void close() {
    graph.close();
  }

  private Tensor weight(int start) {
    return graph.view(
        learned.getPointer(FloatPointer.class, start), graph.plain(ROWS, COLUMNS), ROWS, COLUMNS);
  }

  private memory.desc columnMajor() {
    return graph.strided(new long[] {ROWS, COLUMNS}, new long[] {1, ROWS});
  }

  private static float[] read(Tensor tensor) {
    float[] read = new float[ROWS * COLUMNS];
    tensor.buffer().get(0, read);
    return read;
  }

  private static float[] transposed(float[] rows) {
    float[] columns = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      columns[i % COLUMNS * ROWS + i / COLUMNS] = rows[i];
    }
    return columns;
  }

  @Example
  void programsThatWantThemAlikeHaveThemInCommon() {
    try (PackedWeights.Own one = weights.new Own(graph);
        PackedWeights.Own other = weights.new Own(graph)) {
      Tensor packed = one.in(columnMajor(), weight);
      long alone = one.bytes();
      Tensor again = other.in(columnMajor(), weight(0));

      assertThat(again.pointer().address()).isEqualTo(packed.pointer().address());
      assertThat(weights.size()).isEqualTo(1);
      assertThat(one.bytes() + other.bytes()).isEqualTo(alone).isPositive();

      long[] apart = {ROWS, COLUMNS};
      other.in(graph.strided(apart, new long[] {1, ROWS + 1}), weight);
      other.in(columnMajor(), weight(ROWS * COLUMNS));
      assertThat(weights.size()).isEqualTo(3);
    }
  }

  @Example
  void goWithTheLastProgramThatUsesThem() {
    PackedWeights.Own one = weights.new Own(graph);
    PackedWeights.Own other = weights.new Own(graph);
    one.in(columnMajor(), weight);
    Tensor packed = other.in(columnMajor(), weight);
    one.close();
    one.close();
    assertThat(weights.size()).isEqualTo(1);
    other.read(0).close();
    assertThat(read(packed)).isEqualTo(transposed(first));
    other.close();
    assertThat(weights.size()).isZero();
  }

  @Example
  void arePackedAgainForALaterVersionOnly() {
    try (PackedWeights.Own one = weights.new Own(graph);
        PackedWeights.Own other = weights.new Own(graph)) {
      Tensor packed = one.in(columnMajor(), weight);
      Tensor again = other.in(columnMajor(), weight);
      one.read(1).close();
      assertThat(read(packed)).isEqualTo(transposed(first));
      values.put(1, 100);
      one.read(1).close();
      other.read(0).close();
      assertThat(read(again)).isEqualTo(transposed(first));
      other.read(2).close();
      first[1] = 100;
      assertThat(read(packed)).isEqualTo(transposed(first));
    }
  }

  @Example
  void stayAsTheyAreWhileAProgramRuns() throws Exception {
    try (PackedWeights.Own one = weights.new Own(graph);
        PackedWeights.Own other = weights.new Own(graph)) {
      Tensor packed = one.in(columnMajor(), weight);
      other.in(columnMajor(), weight);
      Thread next;
      try (PackedWeights.Reading running = one.read(1)) {
        values.put(1, 100);
        CountDownLatch sameVersion = new CountDownLatch(1);
        next =
            new Thread(
                () -> {
                  other.read(1).close();
                  sameVersion.countDown();
                  other.read(2).close();
                });
        next.start();
        sameVersion.await();
        while (next.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
        assertThat(read(packed)).isEqualTo(transposed(first));
      }
      next.join();
      first[1] = 100;
      assertThat(read(packed)).isEqualTo(transposed(first));
    }
  }

  @Example
  void knowWhatIsLearnedFromWhatIsMadeOfIt() {
    try (PackedWeights.Own own = weights.new Own(graph)) {
      Tensor made = graph.keep(graph.like(weight));
      assertThat(own.knows(weight)).isTrue();
      assertThat(own.knows(weight(ROWS * COLUMNS))).isTrue();
      assertThat(own.knows(made)).isFalse();
    }
  }
}
