package io.github.autoencoder4j.viz.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.viz.Animation;
import io.github.autoencoder4j.viz.ImageGrid;
import io.github.autoencoder4j.viz.Picture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Has Chromium decode an animation, which knows nothing of how it was written. */
class AnimationBrowserTest {

  private static final String DECODE =
      """
      const [base64, done] = arguments;
      (async () => {
        const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
        const decoder = new ImageDecoder({data: bytes, type: "image/png"});
        await decoder.tracks.ready;
        await decoder.completed;
        const track = decoder.tracks.selectedTrack;
        const lines = [`${track.frameCount} ${track.animated} ${track.repetitionCount}`];
        for (let i = 0; i < track.frameCount; i++) {
          const {image} = await decoder.decode({frameIndex: i});
          const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
          const pen = canvas.getContext("2d");
          pen.drawImage(image, 0, 0);
          const data = pen.getImageData(0, 0, canvas.width, canvas.height).data;
          let sum = 0;
          for (let p = 0; p < data.length; p++) {
            sum = (31 * sum + data[p]) % 1000003;
          }
          lines.push(`${image.duration / 1000} ms, ${canvas.width} x ${canvas.height}, sum ${sum}`);
        }
        done(lines.join("\\n"));
      })().catch(e => done(String(e)));
      """;

  @Test
  void decodesToTheFramesThatWereGiven(@TempDir Path folder) {
    List<Picture> frames = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      frames.add(
          ImageGrid.of(TinyPictures.of(1, 9, 3, TinyPictures.NAMES).shape())
              .title("frame " + (i + 1))
              .row("", TinyPictures.of(9, 9, 3, TinyPictures.NAMES).slice(i, i + 3))
              .draw());
    }
    Animation animation =
        Animation.of(frames)
            .every(Duration.ofMillis(70))
            .holdLast(Duration.ofMillis(1_500))
            .plays(3);
    Path page = folder.resolve("page.html");
    Report.titled("Animation").figure(animation.toPng(), Text.of("Five frames.")).save(page);
    try (Chromium browser = Chromium.start()) {
      browser.open(page);
      String decoded =
          (String)
              browser.driver.executeAsyncScript(
                  DECODE, Base64.getEncoder().encodeToString(animation.toPng()));

      // Played three times is repeated twice.
      List<String> expected = new ArrayList<>(List.of("5 true 2"));
      for (int i = 0; i < 5; i++) {
        Picture frame = frames.get(i);
        expected.add(
            "%s ms, %s x %s, sum %s"
                .formatted(i == 4 ? 1_500 : 70, frame.width(), frame.height(), sum(frame)));
      }
      assertThat(decoded.lines()).containsExactlyElementsOf(expected);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** Of all bytes, with their places. */
  private static long sum(Picture picture) {
    long sum = 0;
    for (int rgb :
        picture
            .toImage()
            .getRGB(0, 0, picture.width(), picture.height(), null, 0, picture.width())) {
      for (int shift : new int[] {16, 8, 0, 24}) {
        sum = (31 * sum + (rgb >>> shift & 0xff)) % 1_000_003;
      }
    }
    return sum;
  }
}
