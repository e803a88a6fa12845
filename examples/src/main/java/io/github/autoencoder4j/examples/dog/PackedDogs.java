package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.PackedImages;
import io.github.autoencoder4j.random.RandomStream;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Half a million pictures in a small heap: draws dogs, packs them on disk, and reads one epoch of
 * random batches. Run it with {@code -Xmx256m}; 500,000 pictures take 6.2 GB of disk.
 */
public final class PackedDogs {

  private static final int BATCH = 64;

  private PackedDogs() {}

  /**
   * Packs and reads.
   *
   * @param args the folder for the packed pictures, and how many (default 500,000)
   */
  public static void main(String[] args) {
    if (args.length < 1 || args.length > 2) {
      System.err.println("usage: PackedDogs FOLDER [COUNT]");
      System.exit(2);
    }
    Path folder = Path.of(args[0]);
    int count = args.length == 2 ? Integer.parseInt(args[1]) : 500_000;

    long start = System.nanoTime();
    try (PackedImages dogs = PackedImages.pack(Dogs.synthetic(count, 1), folder)) {
      report("packed", count, start);

      start = System.nanoTime();
      int[] order = RandomStream.of(1, "shuffle").permutation(dogs.size());
      int length = dogs.shape().size();
      float[] batch = new float[BATCH * length];
      for (int i = 0; i < order.length; i++) {
        dogs.read(order[i], batch, i % BATCH * length);
      }
      report("read in random batches of " + BATCH, order.length, start);
    }
    System.out.printf("heap limit %d MB%n", Runtime.getRuntime().maxMemory() >> 20);
  }

  private static void report(String what, int images, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%,d images %s in %.0f s: %,.0f a second%n",
        images,
        what,
        seconds,
        images / seconds);
  }
}
