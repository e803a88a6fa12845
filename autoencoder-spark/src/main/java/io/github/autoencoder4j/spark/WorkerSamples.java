package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.data.ImageSource;
import java.io.Serializable;

/** What a partition has for its worker, wherever that lies. */
interface WorkerSamples extends Serializable {

  /** The number of the partition. */
  int partition();

  /** Tells its samples from others. */
  String digest();

  /** The samples. */
  ImageSource samples();
}
