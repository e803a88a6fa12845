package io.github.autoencoder4j.data;

import java.util.Locale;
import java.util.Objects;

/**
 * Cuts a series of several channels, such as the sensors of a machine, into overlapping windows, so
 * that each becomes one row; and spreads what is known of windows over times again.
 *
 * <p>A row is {@code [channel][time]}: all times of the first channel, then those of the second.
 *
 * <pre>{@code
 * Windows windows = Windows.of(32, 8);                  // 32 times long, one every 8 times
 * float[][] rows = windows.cut(series);                 // series is [time][channel]
 * autoencoder.fit(rows, Training.epochs(50));
 * double[][] blame = windows.perTime(splits, channels); // [time][channel]
 * }</pre>
 *
 * @param length how many times a window has; at least 1
 * @param hop how many times lie between the starts of neighbouring windows; at least 1
 */
public record Windows(int length, int hop) {

  /**
   * Checks both.
   *
   * @param length how many times a window has; at least 1
   * @param hop how many times lie between the starts of neighbouring windows; at least 1
   * @throws IllegalArgumentException if one is below 1
   */
  public Windows {
    if (length < 1 || hop < 1) {
      throw new IllegalArgumentException(
          "length and hop of windows must be at least 1, but were %s and %s"
              .formatted(length, hop));
    }
  }

  /**
   * Creates windows of a length at a distance.
   *
   * @param length how many times a window has; at least 1
   * @param hop how many times lie between the starts of neighbouring windows; at least 1, and no
   *     more than {@code length} if no time shall be left out
   * @return the windows
   * @throws IllegalArgumentException if one is below 1
   */
  public static Windows of(int length, int hop) {
    return new Windows(length, hop);
  }

  /**
   * Counts the whole windows of a series. Times at its end that fill no whole window are left out.
   *
   * @param times how many times the series has; at least 0
   * @return how many windows, {@code floor((times - length) / hop) + 1}; 0 if the series is too
   *     short
   */
  public int count(int times) {
    return times < length ? 0 : (times - length) / hop + 1;
  }

  /**
   * Cuts a series.
   *
   * @param series {@code [time][channel]}; at least {@code length} times, as many channels at each
   * @return {@code [count(times)][channels * length]}, the window {@code w} starting at time {@code
   *     w * hop}
   * @throws IllegalArgumentException if the series is shorter than a window, has no channels, or
   *     not as many at each time
   */
  public float[][] cut(float[][] series) {
    if (series.length < length) {
      throw new IllegalArgumentException(
          "a window has %s times, but the series has only %s; choose shorter windows"
              .formatted(length, series.length));
    }
    int channels = Objects.requireNonNull(series[0], "time 0 is null").length;
    for (int t = 0; t < series.length; t++) {
      int time = t;
      int there = Objects.requireNonNull(series[t], () -> "time " + time + " is null").length;
      if (there != channels || there == 0) {
        throw new IllegalArgumentException(
            "each time must have as many channels as the first, at least one, but time %s has %s and time 0 has %s"
                .formatted(t, there, channels));
      }
    }
    float[][] rows = new float[count(series.length)][channels * length];
    for (int w = 0; w < rows.length; w++) {
      for (int c = 0; c < channels; c++) {
        for (int t = 0; t < length; t++) {
          rows[w][c * length + t] = series[w * hop + t][c];
        }
      }
    }
    return rows;
  }

  /**
   * Spreads values of windows over times: the mean over all windows that hold a time.
   *
   * @param rows {@code [windows][channels * length]}, such as the split of each window's score
   * @param channels of the series; at least 1
   * @return {@code [(windows - 1) * hop + length][channels]}; 0 at times between windows that do
   *     not overlap
   * @throws IllegalArgumentException if {@code channels} is below 1, or a row has another length
   */
  public double[][] perTime(double[][] rows, int channels) {
    if (channels < 1) {
      throw new IllegalArgumentException("channels must be at least 1, but was " + channels);
    }
    int times =
        rows.length == 0 ? 0 : Math.addExact(Math.multiplyExact(rows.length - 1, hop), length);
    double[][] sums = new double[times][channels];
    int[] counts = new int[times];
    for (int w = 0; w < rows.length; w++) {
      if (rows[w].length != channels * length) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "a window of %d times and %d channels has %d values, but row %d has %d",
                length,
                channels,
                channels * length,
                w,
                rows[w].length));
      }
      for (int t = 0; t < length; t++) {
        counts[w * hop + t]++;
        for (int c = 0; c < channels; c++) {
          sums[w * hop + t][c] += rows[w][c * length + t];
        }
      }
    }
    for (int t = 0; t < times; t++) {
      for (int c = 0; c < channels; c++) {
        sums[t][c] /= Math.max(1, counts[t]);
      }
    }
    return sums;
  }
}
