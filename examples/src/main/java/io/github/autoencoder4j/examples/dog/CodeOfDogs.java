package io.github.autoencoder4j.examples.dog;

import java.util.Comparator;
import java.util.List;

/**
 * A code of dog.6, and what comes out when it is drawn from.
 *
 * @param psnr mean PSNR of the reconstructions of test pictures, in dB: what the code keeps
 * @param control reconstructions of other real pictures: as far as samples of this decoder get
 * @param samples of each sampler; at least one
 */
record CodeOfDogs(double psnr, SampledDogs control, List<SampledDogs> samples) {

  /** The samples that come nearest to reconstructions by contrast. */
  SampledDogs nearest() {
    return samples.stream().max(Comparator.comparingDouble(SampledDogs::nearness)).orElseThrow();
  }

  /** Those that cannot be told from reconstructions in either feature space. */
  List<String> notTold() {
    return samples.stream().filter(each -> !each.toldFrom(control)).map(SampledDogs::name).toList();
  }
}
