package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.sampling.Interpolation;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.viz.Animation;
import io.github.autoencoder4j.viz.ImageGrid;
import io.github.autoencoder4j.viz.LatentProjection;
import io.github.autoencoder4j.viz.LatentTraversal;
import io.github.autoencoder4j.viz.Picture;
import io.github.autoencoder4j.viz.TrainingAnimation;
import io.github.autoencoder4j.viz.page.LatentExplorer;
import io.github.autoencoder4j.viz.page.LivePage;
import io.github.autoencoder4j.viz.page.Report;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/gallery.md, on data so few that it takes seconds. */
class GallerySnippetsTest {

  @Test
  void pages(@TempDir Path folder) {
    Autoencoder autoencoder = Autoencoder.dense().hidden(32).bottleneck(2).build();
    History history = autoencoder.fit(Mnist.train().slice(0, 500), Training.epochs(2));
    LabeledImageSource ten = Mnist.test().slice(0, 10);
    double loss = autoencoder.evaluate(ten).reconstructionLoss();
    Picture picture =
        ImageGrid.of(ten.shape())
            .row("original", ten)
            .row("reconstruction", autoencoder.reconstruct(ten))
            .draw();

    // snippet: gallery-explorer
    LatentExplorer.of(autoencoder, Mnist.test())
        .title("Digits")
        .save(folder.resolve("explorer.html"));
    // end

    // snippet: gallery-report
    Report.titled("Digits in two numbers")
        .fact("test loss", String.format(Locale.ROOT, "%.4f", loss))
        .history(history)
        .figure(picture, "Ten test digits and their reconstructions.")
        .save(folder.resolve("report.html"));
    // end

    Picture noisy =
        ImageGrid.of(ten.shape()).row("", Corruption.gaussian(0.4).applyTo(ten, 1)).draw();
    Picture denoised = ImageGrid.of(ten.shape()).row("", autoencoder.reconstruct(ten)).draw();
    // snippet: gallery-compare
    Report.titled("Denoising")
        .compare(noisy, denoised, "Ten test digits, with noise and without.")
        .save(folder.resolve("denoising.html"));
    // end

    ImageSource train = Mnist.train().slice(0, 500);
    ImageSource held = Mnist.train().slice(500, 600);
    // snippet: gallery-live
    LivePage page = LivePage.in(folder).title("Digits").samples(autoencoder, held.slice(0, 10));
    autoencoder.fit(train, Training.epochs(2).validation(held).listener(page));
    // end

    float[][] codes = autoencoder.encode(ten);
    ImageShape shape = ten.shape();
    // snippet: gallery-animations
    float[][] way = Interpolation.linear(codes[0], codes[1], 30);
    Animation.of(shape, autoencoder.decode(way)).backAndForth().save(folder.resolve("way.png"));

    LatentTraversal.of(codes[0])
        .dimension(0)
        .dimension(1)
        .range(-2, 2)
        .animate(shape, autoencoder::decode)
        .save(folder.resolve("numbers.png"));

    TrainingAnimation learning = TrainingAnimation.of(autoencoder, ten);
    autoencoder.fit(train, Training.epochs(3).listener(learning));
    learning.animation().save(folder.resolve("learning.png"));
    // end

    // snippet: gallery-projection
    LatentProjection plane = LatentProjection.tsne(codes, 1);
    plane
        .scatter(ten.labels())
        .classNames(ten.classNames())
        .draw()
        .save(folder.resolve("tsne.png"));
    double kept = plane.neighborsKept();
    // end

    assertThat(kept).isBetween(0.0, 1.0);
    assertThat(folder.resolve("tsne.png")).isNotEmptyFile();
    assertThat(folder.resolve("way.png")).isNotEmptyFile();
    assertThat(folder.resolve("numbers.png")).isNotEmptyFile();
    assertThat(learning.animation().frames()).isEqualTo(3);
    assertThat(page.file()).content().contains("Finished: 2 epochs were trained");
    assertThat(folder.resolve("explorer.html")).isNotEmptyFile();
    assertThat(folder.resolve("report.html")).isNotEmptyFile();
  }
}
