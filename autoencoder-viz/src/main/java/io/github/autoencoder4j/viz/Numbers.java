package io.github.autoencoder4j.viz;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How figures are written in pictures, the same in every country. */
final class Numbers {

  private Numbers() {}

  /** With a minus sign as wide as a digit in place of the hyphen. */
  private static String signed(String number) {
    return number.replace('-', '\u2212');
  }

  /** Grouped by thousands, with so many digits behind the point; what rounds to 0 has no sign. */
  static String fixed(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
    return text.matches("-0[.0]*") ? text.substring(1) : signed(text);
  }

  /** At most four significant digits, without trailing zeros: 0.2625, 12, 1e-5. */
  static String compact(double value) {
    return compact(value, 4);
  }

  /** At most so many significant digits, without trailing zeros. */
  static String compact(double value, int digits) {
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      return signed(rounded.toPlainString());
    }
    return signed(rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent);
  }
}
