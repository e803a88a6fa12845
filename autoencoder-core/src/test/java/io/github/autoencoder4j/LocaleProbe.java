package io.github.autoencoder4j;

import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.Split;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.metric.Psnr;
import io.github.autoencoder4j.metric.Ssim;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.Training;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * What {@link LocaleTest} runs in a JVM whose locale has digits of its own: writes all texts that
 * it can provoke, with their stack traces left out, into a file.
 */
final class LocaleProbe {

  private final StringBuilder texts = new StringBuilder();

  private LocaleProbe() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    LocaleProbe probe = new LocaleProbe();
    // The locale is what it should be, or nothing was shown.
    probe.texts.append("digits of the locale: ").append(String.format("%d", 12345)).append('\n');
    probe.provoke(folder);
    Files.writeString(folder.resolve("texts.txt"), probe.texts, StandardCharsets.UTF_8);
    System.exit(Locale.getDefault().getLanguage().equals("ar") ? 0 : 2);
  }

  private void says(Callable<?> call) {
    try {
      texts.append(call.call()).append('\n');
    } catch (Throwable e) {
      texts.append(e.getMessage()).append('\n');
    }
  }

  private void refuses(Callable<?> call) {
    try {
      Object result = call.call();
      throw new AssertionError("not refused: " + result);
    } catch (Exception e) {
      texts.append(e.getMessage()).append('\n');
    }
  }

  private void provoke(Path folder) throws Exception {
    ImageSource data = TinyData.source(40, 12);
    Autoencoder autoencoder = Autoencoder.dense().hidden(8).bottleneck(12).build();
    Training training =
        Training.epochs(3).validation(data).earlyStopping(2).progress(texts).warmup(2);
    says(() -> autoencoder.fit(data, training));
    says(autoencoder::summary);
    says(() -> autoencoder.evaluate(data));
    says(() -> LatentNoise.variance(0.1234).describe());
    Path model = folder.resolve("model.aemodel");
    autoencoder.save(model);
    says(() -> Autoencoder.inspect(model));
    says(() -> Autoencoder.load(model).trainingRuns());
    byte[] bytes = Files.readAllBytes(model);
    texts.append(new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^\\p{Print}\n]", ""));
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged.aemodel"), bytes);
    Path tiny = Files.write(folder.resolve("tiny.aemodel"), new byte[5000]);
    refuses(() -> Autoencoder.load(damaged));
    refuses(() -> Autoencoder.load(tiny));
    refuses(() -> Autoencoder.load(folder));

    float[][] wrong = TinyData.rows(3, 12);
    wrong[2][7] = 1.5f;
    refuses(() -> autoencoder.encode(wrong));
    refuses(() -> autoencoder.encode(TinyData.unchecked(wrong)));
    refuses(() -> autoencoder.fit(TinyData.unchecked(wrong), Training.epochs(1)));
    refuses(() -> autoencoder.encode(TinyData.rows(3, 11)));
    refuses(() -> autoencoder.decode(new float[2][5]));
    refuses(() -> autoencoder.decode(new float[][] {null}));
    refuses(() -> autoencoder.fit(TinyData.source(9, 4), Training.epochs(1)));
    refuses(() -> Autoencoder.dense().bottleneck(-12345));
    refuses(() -> Autoencoder.dense().input(100, 100).hidden(300_000).build());
    refuses(() -> Autoencoder.conv().input(64, 64).latent(10, 10, 4).build());
    refuses(
        () ->
            Autoencoder.conv()
                .input(30, 30)
                .latent(5, 5, 4)
                .resampling(Resampling.STRIDED)
                .kernel(4)
                .build());
    refuses(() -> Training.epochs(-3));
    refuses(() -> Split.byContent(data, 1e-12));
    refuses(() -> Pca.fit(data, 1234));
    refuses(() -> Psnr.of(new float[] {200}, new float[] {100}));
    refuses(() -> new Psnr(4).summary());
    refuses(() -> Ssim.of(ImageShape.grey(4, 4), new float[16], new float[15]));
    refuses(() -> Gaussian.diagonal(new float[1][3]));
    Training checkpoints =
        Training.epochs(2).checkpoints(Checkpoints.in(folder.resolve("run")).everySteps(1));
    says(() -> Autoencoder.dense().hidden(4).build().resume(data, checkpoints));
    refuses(() -> Autoencoder.dense().hidden(5).build().resume(data, checkpoints));
    refuses(() -> Autoencoder.dense().hidden(4).build().resume(data.slice(0, 30), checkpoints));
    List<Path> written;
    try (var files = Files.list(folder.resolve("run"))) {
      written = files.toList();
    }
    texts.append(written).append('\n');
  }
}
