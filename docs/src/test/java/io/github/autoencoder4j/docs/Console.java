package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Catches what a program prints. */
final class Console {

  private Console() {}

  static String of(Runnable program) {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(console);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** The number that a text has after some words. */
  static double figure(String text, String words) {
    Matcher line = Pattern.compile(Pattern.quote(words) + " +([0-9.]+)").matcher(text);
    assertThat(line.find()).as("a number after '%s' in %s", words, text).isTrue();
    return Double.parseDouble(line.group(1));
  }
}
