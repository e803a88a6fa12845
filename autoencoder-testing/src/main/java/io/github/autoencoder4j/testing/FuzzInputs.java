package io.github.autoencoder4j.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Inputs of which the first byte says what the others are. */
public final class FuzzInputs {

  private static final Map<Path, byte[]> WRITTEN = new HashMap<>();

  /** The first byte from which on the others are {@link FuzzChoices}, if a reader has such. */
  public static final int BUILT = 128;

  private FuzzInputs() {}

  /** An input. */
  public static byte[] of(int kind, byte[] content) {
    byte[] input = new byte[content.length + 1];
    input[0] = (byte) kind;
    System.arraycopy(content, 0, input, 1, content.length);
    return input;
  }

  /** What an input is, of so many kinds. */
  public static int kind(byte[] input, int kinds) {
    return input.length == 0 ? 0 : Byte.toUnsignedInt(input[0]) % kinds;
  }

  /** Whether the bytes after the first are choices. */
  public static boolean isBuilt(byte[] input) {
    return input.length > 0 && Byte.toUnsignedInt(input[0]) >= BUILT;
  }

  /** What comes after the first byte. */
  public static byte[] content(byte[] input) {
    return input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
  }

  /** A file to be written again and again, gone when the JVM ends. */
  public static Path file() {
    try {
      Path file = Files.createTempFile("fuzz", null);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file unless it holds just that, as most do from one input to the next. */
  public static void write(Path file, byte[] content) throws IOException {
    byte[] before = WRITTEN.put(file, content);
    if (!Arrays.equals(before, content)) {
      Files.write(file, content);
    }
  }

  /** An input of any choices. */
  static byte[] built(Random random) {
    byte[] choices = new byte[8 + random.nextInt(120)];
    random.nextBytes(choices);
    return of(BUILT, choices);
  }

  /** Says that a file was written by somebody else. */
  public static void forget(Path file) {
    WRITTEN.remove(file);
  }

  /** Changes a few bytes, or takes some away, or says some twice. */
  static byte[] mutated(byte[] seed, Random random) {
    byte[] input = seed.clone();
    for (int left = 1 + random.nextInt(4); left > 0 && input.length > 1; left--) {
      int at = random.nextInt(input.length);
      int length = 1 + random.nextInt(Math.min(16, input.length - at));
      switch (random.nextInt(5)) {
        case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> input[at] = (byte) random.nextInt();
        case 2 -> input[at] = input[random.nextInt(input.length)];
        case 3 -> input = spliced(input, at + length, at);
        default -> input = spliced(input, at, at + length);
      }
    }
    return input;
  }

  /** The bytes before {@code to}, then those from {@code from} on. */
  private static byte[] spliced(byte[] bytes, int from, int to) {
    byte[] result = Arrays.copyOf(bytes, to + bytes.length - from);
    System.arraycopy(bytes, from, result, to, bytes.length - from);
    return result;
  }
}
