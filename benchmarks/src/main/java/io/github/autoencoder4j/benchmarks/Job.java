package io.github.autoencoder4j.benchmarks;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Something that a peer does for some seconds, at a rate. A round does them in this order or in
 * reverse, in which those that are compared follow one another: the less a machine has changed in
 * between, the better.
 */
enum Job {
  DENSE_TRAIN("dense.train", ReferenceNetwork.DENSE, Activity.TRAIN),
  DENSE_BACKWARD("dense.forward_backward", ReferenceNetwork.DENSE, Activity.BACKWARD),
  DENSE_INFER("dense.infer", ReferenceNetwork.DENSE, Activity.INFER),
  DENSE_SINGLE("dense.single", ReferenceNetwork.DENSE, Activity.SINGLE),
  GEMM("gemm", ReferenceNetwork.CONV, Activity.GEMM),
  PACKED_TRAIN("packed.train", ReferenceNetwork.CONV, Activity.PACKED_TRAIN),
  CONV_TRAIN("conv.train", ReferenceNetwork.CONV, Activity.TRAIN),
  CONV_BACKWARD("conv.forward_backward", ReferenceNetwork.CONV, Activity.BACKWARD),
  CONV_INFER("conv.infer", ReferenceNetwork.CONV, Activity.INFER),
  PACKED_READ("packed.read", ReferenceNetwork.CONV, Activity.PACKED_READ),
  DOG_TRAIN("dog.train", ReferenceNetwork.DOG, Activity.TRAIN),
  DOG_INFER("dog.infer", ReferenceNetwork.DOG, Activity.INFER),
  LARGE_TRAIN("large.train", ReferenceNetwork.LARGE, Activity.TRAIN);

  /** What is done, whatever the network is. */
  enum Activity {
    TRAIN,
    /** As {@link #TRAIN}, but without the optimiser. */
    BACKWARD,
    /** Encoding and decoding batches. */
    INFER,
    /** Encoding and decoding one sample, then the next: the rate is one over the latency. */
    SINGLE,
    PACKED_TRAIN,
    PACKED_READ,
    GEMM
  }

  private final String key;
  private final ReferenceNetwork network;
  private final Activity activity;

  Job(String key, ReferenceNetwork network, Activity activity) {
    this.key = key;
    this.network = network;
    this.activity = activity;
  }

  String key() {
    return key;
  }

  String unit() {
    return activity == Activity.GEMM ? "GFLOPS" : "samples/s";
  }

  /** What it is done with, or compared with. */
  ReferenceNetwork network() {
    return network;
  }

  Activity activity() {
    return activity;
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
