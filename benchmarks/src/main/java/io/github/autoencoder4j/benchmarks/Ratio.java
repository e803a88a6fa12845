package io.github.autoencoder4j.benchmarks;

import java.util.Optional;

/** What the rates are compared for, and the bars set for it. */
enum Ratio {
  DENSE_TRAIN(
      "dense.train.vs_pytorch", Job.DENSE_TRAIN, Job.DENSE_TRAIN, PeerKind.PYTORCH, 1.7, 2.2),
  CONV_TRAIN("conv.train.vs_pytorch", Job.CONV_TRAIN, Job.CONV_TRAIN, PeerKind.PYTORCH, 1.5, 2),
  DENSE_INFER(
      "dense.infer.vs_pytorch", Job.DENSE_INFER, Job.DENSE_INFER, PeerKind.PYTORCH, 1.3, 1.7),
  CONV_INFER("conv.infer.vs_pytorch", Job.CONV_INFER, Job.CONV_INFER, PeerKind.PYTORCH, 1.6, 2),
  DOG_TRAIN("dog.train.vs_pytorch", Job.DOG_TRAIN, Job.DOG_TRAIN, PeerKind.PYTORCH, 1.2, 1.6),
  DOG_INFER(
      "dog.infer.vs_pytorch",
      Job.DOG_INFER,
      Job.DOG_INFER,
      PeerKind.PYTORCH,
      Double.NaN,
      Double.NaN),
  SINGLE("dense.single.vs_pytorch", Job.DENSE_SINGLE, Job.DENSE_SINGLE, PeerKind.PYTORCH, 2, 4),
  DL4J("conv.train.vs_dl4j", Job.CONV_TRAIN, Job.CONV_TRAIN, PeerKind.DL4J, 20, 20),
  GEMM_SHARE("conv.train.share_of_gemm_peak", Job.CONV_TRAIN, Job.GEMM, PeerKind.GEMM, 0.60, 0.75) {
    @Override
    double factor() {
      return ReferenceNetwork.CONV.trainingFlops() / 1e9;
    }
  },
  DENSE_GEMM_SHARE(
      "dense.infer.share_of_gemm_peak", Job.DENSE_INFER, Job.GEMM, PeerKind.GEMM, 0.65, 0.80) {
    @Override
    double factor() {
      return ReferenceNetwork.DENSE.inferenceFlops() / 1e9;
    }
  },
  PACKED("packed.vs_memory", Job.PACKED_TRAIN, Job.CONV_TRAIN, PeerKind.OURS, 0.95, 1),
  /** No bars: PyTorch is spared its optimiser here, and so cannot be beaten by choosing one. */
  DENSE_FREE_STEP(
      "dense.train.vs_pytorch_without_optimizer",
      Job.DENSE_TRAIN,
      Job.DENSE_BACKWARD,
      PeerKind.PYTORCH,
      Double.NaN,
      Double.NaN),
  CONV_FREE_STEP(
      "conv.train.vs_pytorch_without_optimizer",
      Job.CONV_TRAIN,
      Job.CONV_BACKWARD,
      PeerKind.PYTORCH,
      Double.NaN,
      Double.NaN);

  private final String key;
  private final Job ours;
  private final Job theirs;
  private final PeerKind peer;
  private final double atLeast;
  private final double aim;

  Ratio(String key, Job ours, Job theirs, PeerKind peer, double atLeast, double aim) {
    this.key = key;
    this.ours = ours;
    this.theirs = theirs;
    this.peer = peer;
    this.atLeast = atLeast;
    this.aim = aim;
  }

  /** By what our rate is multiplied to have the unit of theirs. */
  double factor() {
    return 1;
  }

  /** Ours over theirs, round by round; empty if one of the two was not measured. */
  Optional<Spread> of(Rates rates) {
    Optional<Spread> above = rates.of(ours, PeerKind.OURS);
    Optional<Spread> below = rates.of(theirs, peer);
    if (above.isEmpty() || below.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Rates.ratio(above.get(), below.get(), factor()));
  }

  String key() {
    return key;
  }

  boolean hasBar() {
    return !Double.isNaN(atLeast);
  }

  double atLeast() {
    return atLeast;
  }

  double aim() {
    return aim;
  }
}
