package io.github.autoencoder4j.datasets;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A little of what the fuzzer does: the seeds, what it once found, and a thousand mutations of
 * both. {@code ./fuzz} is the whole of it, led by coverage.
 */
class FuzzTest {

  private static final int MUTATIONS = 1_000;

  @ParameterizedTest
  @ValueSource(strings = {"packed", "idx", "archive"})
  void noFileDoesHarmOrIsTakenForAnother(String reader) throws Exception {
    FuzzTarget target = Fuzz.warm(reader);
    List<byte[]> corpus = new ArrayList<>(target.seeds());
    corpus.addAll(finds(reader));
    for (byte[] input : corpus) {
      read(target, input);
    }
    Random random = new Random(reader.hashCode());
    for (int i = 0; i < MUTATIONS; i++) {
      read(target, FuzzInputs.mutated(corpus.get(i % corpus.size()), random));
    }
  }

  private static void read(FuzzTarget target, byte[] input) {
    try {
      FuzzLimits.read(target, input, true);
    } catch (Throwable failure) {
      throw new AssertionError(
          "Base64 of the input: " + Base64.getEncoder().encodeToString(input), failure);
    }
  }

  private static List<byte[]> finds(String reader) throws IOException, URISyntaxException {
    List<byte[]> finds = new ArrayList<>();
    URL folder = FuzzTest.class.getResource("/fuzz/" + reader);
    if (folder != null) {
      try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
        for (Path file : files.sorted().toList()) {
          finds.add(Files.readAllBytes(file));
        }
      }
    }
    return finds;
  }
}
