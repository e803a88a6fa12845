package io.github.autoencoder4j.cli;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Sides as a command line has them.
 *
 * @param sides such as 32, or 8, 8, 16
 */
record Sides(List<Integer> sides) {

  private static final Pattern SHAPE = Pattern.compile("[1-9][0-9]{0,6}(x[1-9][0-9]{0,6}){0,2}");

  int side(int index) {
    return sides.get(index);
  }

  int count() {
    return sides.size();
  }

  /** Reads "32", "28x28" or "8x8x16". */
  static final class Converter implements ITypeConverter<Sides> {

    @Override
    public Sides convert(String text) {
      if (!SHAPE.matcher(text).matches()) {
        throw new TypeConversionException(
            "\"%s\" is no shape; a shape is one to three whole numbers such as 32, 64x64 or 8x8x16"
                .formatted(text));
      }
      return new Sides(Arrays.stream(text.split("x")).map(Integer::valueOf).toList());
    }
  }
}
