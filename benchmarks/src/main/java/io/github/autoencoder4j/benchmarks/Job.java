package io.github.autoencoder4j.benchmarks;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Something that a peer does for some seconds, at a rate. A round does them in this order or in
 * reverse, in which those that are compared follow one another: the less a machine has changed in
 * between, the better.
 */
enum Job {
  DENSE_TRAIN("dense.train", "samples/s"),
  DENSE_BACKWARD("dense.forward_backward", "samples/s"),
  DENSE_INFER("dense.infer", "samples/s"),
  GEMM("gemm", "GFLOPS"),
  PACKED_TRAIN("packed.train", "samples/s"),
  CONV_TRAIN("conv.train", "samples/s"),
  CONV_BACKWARD("conv.forward_backward", "samples/s"),
  CONV_INFER("conv.infer", "samples/s"),
  PACKED_READ("packed.read", "samples/s");

  private final String key;
  private final String unit;

  Job(String key, String unit) {
    this.key = key;
    this.unit = unit;
  }

  String key() {
    return key;
  }

  String unit() {
    return unit;
  }

  static Job of(String key) {
    return Arrays.stream(values())
        .filter(job -> job.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no job \"%s\"; there are %s"
                        .formatted(
                            key,
                            Arrays.stream(values())
                                .map(Job::key)
                                .collect(Collectors.joining(", ")))));
  }
}
