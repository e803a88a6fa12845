package io.github.autoencoder4j.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How a machine may be shared, and which share of its idle speed training should keep there. */
enum Place {
  IDLE("idle", 0, 0, Double.NaN, Double.NaN),
  NEIGHBOUR("one busy neighbour", 1, 0, 0.60, 0.55),
  NEIGHBOURS("four busy neighbours", 4, 0, 0.25, 0.25),
  ONE_THREAD("four, ours on one thread", 4, 0, Double.NaN, Double.NaN) {
    @Override
    ImmutableList<String> options() {
      return ImmutableList.of("-Dautoencoder4j.threads=1");
    }
  },
  QUOTA("a quota of one CPU", 0, 1, 0.48, 0.48),
  /** As on a host of many processors, of which a container may use two. */
  WIDE("16 processors, quota of 2", 0, 2, 0.90, 0.90) {
    @Override
    ImmutableList<String> options() {
      return ImmutableList.of("-XX:ActiveProcessorCount=16");
    }

    @Override
    ImmutableMap<String, String> environment() {
      return ImmutableMap.of("OMP_NUM_THREADS", "16");
    }
  };

  private final String description;
  private final int neighbours;
  private final int cpus;
  private final double denseShare;
  private final double convShare;

  Place(String description, int neighbours, int cpus, double denseShare, double convShare) {
    this.description = description;
    this.neighbours = neighbours;
    this.cpus = cpus;
    this.denseShare = denseShare;
    this.convShare = convShare;
  }

  /** Whether a job is measured in such places: those that ours and PyTorch both do. */
  static boolean compares(Job job) {
    return switch (job) {
      case DENSE_TRAIN, DENSE_INFER, CONV_TRAIN, CONV_INFER -> true;
      default -> false;
    };
  }

  /** Whether a peer is. */
  static boolean compares(PeerKind peer) {
    return peer == PeerKind.OURS || peer == PeerKind.PYTORCH;
  }

  String description() {
    return description;
  }

  /** The neighbours that it has, who begin at once. */
  Neighbours neighbours() {
    return new Neighbours(neighbours);
  }

  /** Whether workers of {@link #IDLE} can be brought here. */
  boolean isForAnyWorker() {
    return cpus == 0 && options().isEmpty();
  }

  /** Options of the JVM. */
  ImmutableList<String> options() {
    return ImmutableList.of();
  }

  /** Variables of the environment. */
  ImmutableMap<String, String> environment() {
    return ImmutableMap.of();
  }

  /**
   * Makes the quota.
   *
   * @return null if it has none
   * @throws IOException if this system does not let us make one
   */
  @Nullable Quota quota() throws IOException {
    return cpus == 0 ? null : Quota.ofCpus(cpus);
  }

  /** The least share of the idle speed; not a number if there is no bar. */
  double leastShare(Job job) {
    return switch (job) {
      case DENSE_TRAIN -> denseShare;
      case CONV_TRAIN -> convShare;
      default -> Double.NaN;
    };
  }

  /** The least ratio to PyTorch in the same place; not a number if there is no bar. */
  double leastRatio(Job job) {
    return switch (job) {
      case DENSE_TRAIN, CONV_TRAIN -> this == IDLE || this == ONE_THREAD ? Double.NaN : 1.3;
      default -> this == NEIGHBOUR || this == QUOTA ? 1.2 : Double.NaN;
    };
  }
}
