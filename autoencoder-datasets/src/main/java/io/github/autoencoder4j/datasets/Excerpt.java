package io.github.autoencoder4j.datasets;

/** Names from strangers as messages repeat them: never so long that they drown the message. */
final class Excerpt {

  private static final int LONGEST = 200;
  private static final String ELLIPSIS = "...";

  private Excerpt() {}

  /** The name, or beginning and end of one that has more than 200 characters. */
  static String of(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    int half = (LONGEST - ELLIPSIS.length()) / 2;
    return name.substring(0, half) + ELLIPSIS + name.substring(name.length() - half);
  }
}
