package io.github.autoencoder4j.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;

/** Who is measured, and at what. Each lives in a JVM of its own. */
enum PeerKind {
  OURS(
      "ours",
      ImmutableSet.of(
          Job.DENSE_TRAIN,
          Job.DENSE_INFER,
          Job.CONV_TRAIN,
          Job.CONV_INFER,
          Job.DENSE_SINGLE,
          Job.DOG_TRAIN,
          Job.DOG_INFER,
          Job.LARGE_TRAIN,
          Job.PACKED_TRAIN,
          Job.PACKED_READ),
      ImmutableList.of()) {
    @Override
    Peer start(BenchData data) {
      return new OurPeer(data);
    }
  },

  PYTORCH(
      "pytorch",
      ImmutableSet.of(
          Job.DENSE_TRAIN,
          Job.DENSE_BACKWARD,
          Job.DENSE_INFER,
          Job.CONV_TRAIN,
          Job.CONV_BACKWARD,
          Job.CONV_INFER,
          Job.DENSE_SINGLE,
          Job.DOG_TRAIN,
          Job.DOG_INFER,
          Job.LARGE_TRAIN),
      // DJL asks the network for newer versions and reports its use, unless told not to.
      ImmutableList.of("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true")) {
    @Override
    Peer start(BenchData data) {
      return new PyTorchPeer(data);
    }
  },

  DL4J(
      "dl4j",
      ImmutableSet.of(Job.DENSE_TRAIN, Job.DENSE_INFER, Job.CONV_TRAIN, Job.CONV_INFER),
      // Its layers are copied from a network of ours, which must not bring threads of its own.
      ImmutableList.of("-Dautoencoder4j.onednn=off")) {
    @Override
    Peer start(BenchData data) {
      return new Dl4jPeer(data);
    }
  },

  GEMM("gemm", ImmutableSet.of(Job.GEMM), ImmutableList.of()) {
    @Override
    Peer start(BenchData data) {
      return new GemmPeer();
    }
  };

  private final String key;
  private final ImmutableSet<Job> jobs;
  private final ImmutableList<String> jvmOptions;

  PeerKind(String key, ImmutableSet<Job> jobs, ImmutableList<String> jvmOptions) {
    this.key = key;
    this.jobs = jobs;
    this.jvmOptions = jvmOptions;
  }

  /** Called in the JVM of the peer. */
  abstract Peer start(BenchData data);

  String key() {
    return key;
  }

  boolean does(Job job) {
    return jobs.contains(job);
  }

  ImmutableList<String> jvmOptions() {
    return jvmOptions;
  }

  static PeerKind of(String key) {
    return Arrays.stream(values())
        .filter(peer -> peer.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no peer \"%s\"; there are %s"
                        .formatted(key, Arrays.stream(values()).map(PeerKind::key).toList())));
  }
}
