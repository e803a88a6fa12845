package io.github.autoencoder4j.datasets;

import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.plain;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.internal.download.Download;
import io.github.autoencoder4j.datasets.internal.download.LoopbackServer;
import io.github.autoencoder4j.datasets.internal.picture.PictureFixture;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.testing.SideEffects;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What data sets do to the process and the machine, besides what they were asked. */
class SideEffectsTest {

  @TempDir Path folder;

  @Test
  void leavesNothingBehindButTheFilesItWasAskedFor() throws Exception {
    assertThat(SideEffects.of(Bystander.class, folder))
        .containsExactly(
            "given/broken.zip",
            "given/cache/lies-data.tar.lock",
            "given/cache/truth-data.tar",
            "given/cache/truth-data.tar.lock",
            "given/digits/t10k-images-idx3-ubyte",
            "given/digits/t10k-labels-idx1-ubyte",
            "given/digits/train-images-idx3-ubyte",
            "given/digits/train-labels-idx1-ubyte",
            "given/dogs.zip",
            "given/dogs/pug/1.png",
            "given/dogs/pug/2.jpg",
            "given/dogs/pug/broken.png",
            "given/dogs/pug/turned.jpg",
            "given/packed/index.ae4j",
            "given/packed/pack.lock",
            "given/packed/shard-00000.ae4j");
  }

  static final class Bystander implements SideEffects.Program {

    @Override
    public Map<String, Object> settings() {
      return Map.of(
          "the cache of ImageIO", ImageIO.getUseCache(),
          "the folder of ImageIO", String.valueOf(ImageIO.getCacheDirectory()));
    }

    @Override
    public void run(Path given) throws Exception {
      readDigits(given.resolve("digits"));
      Path dogs = given.resolve("dogs");
      readDogs(dogs);
      readArchives(dogs, given);
      pack(given);
      download(given.resolve("cache"));
    }

    private static void readDigits(Path digits) throws IOException {
      read(Mnist.train());
      read(Mnist.test());
      Files.createDirectory(digits);
      for (String part : new String[] {"train", "t10k"}) {
        Files.write(
            digits.resolve(part + "-images-idx3-ubyte"), IdxFixture.images(1, 2, 2, new byte[4]));
        Files.write(digits.resolve(part + "-labels-idx1-ubyte"), IdxFixture.labels(1, (byte) 0));
      }
      read(Mnist.from(digits).train());
      Files.write(digits.resolve("t10k-images-idx3-ubyte"), new byte[7]);
      assertThatExceptionOfType(UnusableDataException.class)
          .isThrownBy(() -> Mnist.from(digits).test());
    }

    private static void readDogs(Path dogs) throws IOException {
      BufferedImage picture = plain(90, 80, 0x123456);
      byte[] jpeg = PictureFixture.jpeg(picture);
      PictureFixture.write(dogs, "pug/1.png", PictureFixture.png(picture));
      PictureFixture.write(dogs, "pug/2.jpg", jpeg);
      PictureFixture.write(dogs, "pug/turned.jpg", PictureFixture.oriented(jpeg, 6));
      PictureFixture.write(dogs, "pug/broken.png", "no picture".getBytes(UTF_8));
      LoadedImages loaded = Dogs.from(dogs);
      read(loaded);
      assertThat(loaded.skipped()).hasSize(1);
      read(Dogs.synthetic(3, 1));
    }

    private static void readArchives(Path dogs, Path given) throws IOException {
      Path zip = given.resolve("dogs.zip");
      try (OutputStream out = Files.newOutputStream(zip);
          ZipOutputStream zipped = new ZipOutputStream(out)) {
        zipped.putNextEntry(new ZipEntry("pug/1.png"));
        Files.copy(dogs.resolve("pug/1.png"), zipped);
      }
      read(Dogs.from(zip));
      Path broken = given.resolve("broken.zip");
      Files.write(broken, Arrays.copyOf(Files.readAllBytes(zip), 60));
      assertThatExceptionOfType(UnusableDataException.class).isThrownBy(() -> Dogs.from(broken));
      assertThatExceptionOfType(UnusableDataException.class)
          .isThrownBy(() -> Dogs.from(given.resolve("nowhere")));
    }

    private static void pack(Path given) {
      Path packed = given.resolve("packed");
      try (PackedImages images = ImageFiles.from(given.resolve("dogs")).resize(8, 8).pack(packed)) {
        read(images);
      }
      try (PackedImages images = PackedImages.open(packed)) {
        assertThat(images.verify()).isEmpty();
      }
      assertThatExceptionOfType(UnusableDataException.class)
          .isThrownBy(() -> PackedImages.open(given));
    }

    private static void download(Path cache) throws Exception {
      byte[] content = "dogs".getBytes(UTF_8);
      try (LoopbackServer server =
          new LoopbackServer((request, out) -> LoopbackServer.send(content, request, out))) {
        assertThat(download("truth", server, Hashing.sha256().hashBytes(content), cache))
            .hasBinaryContent(content);
        assertThatExceptionOfType(UnusableDataException.class)
            .isThrownBy(
                () -> download("lies", server, Hashing.sha256().hashBytes(new byte[4]), cache));
      }
    }

    private static Path download(String name, LoopbackServer server, HashCode digest, Path cache) {
      RemoteDataset dataset =
          new RemoteDataset(
              name, server.uri("/data.tar"), 4, "SHA-256", digest.toString(), "free", "none");
      return Download.fetch(dataset.file(), cache, Progress.NONE::update);
    }

    private static void read(LabeledImageSource source) {
      assertThat(source.get(source.size() - 1)).hasSize(source.shape().size());
    }
  }
}
