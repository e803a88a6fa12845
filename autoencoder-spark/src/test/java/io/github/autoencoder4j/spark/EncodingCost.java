package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.PackedImages;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * Measures how fast two workers of a standalone cluster encode packed pictures of 64x64x3, beside
 * one process with as many threads.
 */
final class EncodingCost {

  private static final int DRAWN = 2_000;

  private EncodingCost() {}

  /** Arguments: how many pictures, how often, a folder, and settings as those of docs/spark.md. */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    Path folder = Path.of(args[2]);
    LabeledImageSource drawn = Dogs.synthetic(DRAWN, 1);
    LabeledImageSource many = drawn.select(IntStream.range(0, count).map(i -> i % DRAWN).toArray());
    try (PackedImages pictures = PackedImages.pack(many, folder.resolve("pictures-" + count));
        Cluster cluster = Cluster.start(folder);
        Autoencoder autoencoder = Autoencoder.dense().hidden(512, 256).bottleneck(64).build()) {
      autoencoder.fit(pictures.slice(0, 256), Training.epochs(1));
      SparkSession.Builder builder =
          Sessions.configured(SparkSession.builder().master(cluster.master()))
              .config("spark.executor.memory", "800m")
              .config("spark.executor.cores", "1")
              .config("spark.cores.max", "2")
              .config("spark.executorEnv.OMP_NUM_THREADS", "1")
              .config("spark.executor.extraClassPath", System.getProperty("java.class.path"));
      for (int i = 3; i < args.length; i++) {
        String[] setting = args[i].split("=", 2);
        builder.config(setting[0], setting[1]);
      }
      SparkSession session = builder.getOrCreate();
      AutoencoderModel model = AutoencoderModel.of(autoencoder);
      PackedShards shards =
          PackedShards.in(session, folder.resolve("pictures-" + count).toString());
      for (int i = 0; i <= Integer.parseInt(args[1]); i++) {
        long began = System.nanoTime();
        model.transform(shards).write().format("noop").mode("overwrite").save();
        long workers = System.nanoTime();
        autoencoder.encode(pictures);
        long one = System.nanoTime();
        // The first ones find cold code.
        System.out.printf(
            Locale.ROOT,
            "%s %d pictures: two workers %.2f s, one process %.2f s, %.2f of its speed%n",
            i == 0 ? "cold:" : "",
            count,
            (workers - began) / 1e9,
            (one - workers) / 1e9,
            (double) (one - workers) / (workers - began));
      }
      session.stop();
    }
  }
}
