package io.github.autoencoder4j.datasets;

import java.io.IOException;

/** A file that cannot become a picture; the message is the reason that the user is shown. */
class BrokenPictureException extends IOException {

  private static final long serialVersionUID = 1L;

  BrokenPictureException(String reason) {
    super(reason);
  }
}
