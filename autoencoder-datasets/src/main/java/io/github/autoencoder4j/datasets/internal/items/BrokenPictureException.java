package io.github.autoencoder4j.datasets.internal.items;

import java.io.IOException;

/** A file that cannot become a picture; the message is the reason that the user is shown. */
public class BrokenPictureException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Says why.
   *
   * @param reason follows the name of the file in messages, such as "is truncated"
   */
  public BrokenPictureException(String reason) {
    super(reason);
  }
}
