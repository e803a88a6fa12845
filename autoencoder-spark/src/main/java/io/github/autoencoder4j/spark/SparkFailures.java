package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.exception.AutoencoderException;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.util.concurrent.Callable;
import org.apache.spark.SparkException;

/** What a job that failed means to whoever asked for it. */
final class SparkFailures {

  private SparkFailures() {}

  /** Runs a job. */
  static <T> T explained(Callable<T> job) {
    return explained(job, () -> {});
  }

  /**
   * Runs a job.
   *
   * @param cancel is called if this thread is interrupted
   * @throws AutoencoderException if the job failed; the message is what a task of this library
   *     said, if it said anything
   */
  static <T> T explained(Callable<T> job, Runnable cancel) {
    try {
      return job.call();
    } catch (InterruptedException e) {
      cancel.run();
      Thread.currentThread().interrupt();
      throw new AutoencoderException("this thread was interrupted while a Spark job ran", e);
    } catch (SparkException e) {
      throw ours(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AutoencoderException("a Spark job failed: " + e, e);
    }
  }

  /** The job's failure, said by the innermost exception of this library. */
  private static RuntimeException ours(SparkException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnusableDataException) {
        return new UnusableDataException(String.valueOf(cause.getMessage()), failure);
      }
      if (cause instanceof AutoencoderException) {
        return new AutoencoderException(String.valueOf(cause.getMessage()), failure);
      }
    }
    return new AutoencoderException(
        "a Spark job failed, and was not saved by repeating its tasks; see the cause: "
            + failure.getMessage(),
        failure);
  }
}
