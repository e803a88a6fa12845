package io.github.autoencoder4j.exception;

/** Data that cannot be used: damaged, of the wrong kind, or out of range. */
public class UnusableDataException extends AutoencoderException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong with which data.
   *
   * @param message the file or sample, the value, the rule, and the way out
   */
  public UnusableDataException(String message) {
    super(message);
  }

  /**
   * Says what is wrong with which data, and how it came out.
   *
   * @param message the file or sample, the value, the rule, and the way out
   * @param cause what was caught
   */
  public UnusableDataException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns what to throw when a source of data failed. All methods of this library that read a
   * source treat its failures so.
   *
   * <pre>{@code
   * try {
   *   source.read(index, values, 0);
   * } catch (Throwable e) {
   *   throw UnusableDataException.ofReading("sample " + index, e);
   * }
   * }</pre>
   *
   * @param what what was being read, such as {@code sample 7}
   * @param thrown what the source threw
   * @return {@code thrown} itself if it is a {@link RuntimeException}; for a checked exception,
   *     which a source in Kotlin, or with Lombok's {@code @SneakyThrows}, may throw, a new {@link
   *     UnusableDataException} with {@code thrown} as its cause. Of an {@link InterruptedException}
   *     the thread keeps its interrupt
   * @throws Error {@code thrown} itself, if it is one
   */
  public static RuntimeException ofReading(String what, Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      return exception;
    }
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new UnusableDataException(
        "%s could not be read: its source threw %s; see the cause".formatted(what, thrown), thrown);
  }
}
