package io.github.autoencoder4j.internal.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Reads files, and forces folders to the disk, on threads that may be interrupted at any moment. An
 * interrupt closes the channel that its thread uses, as if the disk had failed; it says nothing
 * about the file, though, so it starts again, and the interrupt is kept for whoever looks for it.
 *
 * <p>Starting again, in place of opening the same name anew, also keeps a file whole that somebody
 * replaces meanwhile.
 */
public final class Uninterrupted {

  private Uninterrupted() {}

  /**
   * Opens, reads and closes.
   *
   * @param <T> what is read
   */
  @FunctionalInterface
  public interface Reading<T> {

    /**
     * Does all of it, from the start at every call.
     *
     * @return what was read
     * @throws IOException if it cannot be read
     */
    T read() throws IOException;
  }

  /**
   * Reads, whether or not this thread is interrupted.
   *
   * @param <T> what is read
   * @param reading repeated as often as an interrupt breaks it
   * @return what was read
   * @throws IOException if it cannot be read for another reason
   */
  public static <T> T read(Reading<T> reading) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return reading.read();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
