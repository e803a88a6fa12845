package io.github.autoencoder4j.datasets;

import static io.github.autoencoder4j.datasets.internal.download.LoopbackServer.send;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.plain;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.hash.Hashing;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.internal.download.LoopbackServer;
import io.github.autoencoder4j.datasets.internal.items.Pixels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DogsTest {

  private static final Path PHOTOS = Path.of("..", "..", "shared", "data", "dog64");

  @Test
  void readsRealPhotos() {
    assumeTrue(Files.isDirectory(PHOTOS), "the photos of dogs are not at " + PHOTOS);

    LoadedImages dogs = Dogs.from(PHOTOS);

    assertThat(dogs.size()).isEqualTo(3_000);
    assertThat(dogs.shape()).isEqualTo(new ImageShape(64, 64, 3));
    assertThat(dogs.skipped()).isEmpty();
    assertThat(dogs.classNames())
        .containsExactly(
            "chihuahua",
            "german-shepherd",
            "golden-retriever",
            "labrador-retriever",
            "standard-poodle",
            "yorkshire-terrier");
    int[] counts = new int[6];
    Arrays.stream(dogs.labels()).forEach(label -> counts[label]++);
    assertThat(counts).containsOnly(500);
    // About one in fifty has one channel; they must be as bright as they were stored.
    long grey = IntStream.range(0, 3_000).filter(i -> isGrey(dogs.get(i))).count();
    assertThat(grey).isBetween(20L, 150L);
  }

  @Property(tries = 30)
  void drawsTheSameDogForTheSameSeedAndIndex(
      @ForAll long seed, @ForAll @IntRange(max = 999) int index) {
    float[] dog = Dogs.synthetic(1_000, seed).get(index);

    assertThat(Dogs.synthetic(1_000_000, seed).get(index)).isEqualTo(dog);
    assertThat(Dogs.synthetic(1_000, seed + 1).get(index)).isNotEqualTo(dog);
    assertThat(Dogs.synthetic(1_001, seed).get(index + 1)).isNotEqualTo(dog);
    for (float value : dog) {
      assertThat(value).isBetween(0f, 1f);
    }
  }

  @Test
  void drawsTheSameDogsOnEveryMachine() {
    // Changes only with the drawing itself; results on drawn dogs refer to it.
    ByteBuffer bytes = ByteBuffer.allocate(20 * 64 * 64 * 3);
    for (int i = 0; i < 20; i++) {
      bytes.put(Pixels.toBytes(Dogs.synthetic(20, 7).get(i)));
    }
    assertThat(Hashing.crc32c().hashBytes(bytes.array()).toString()).isEqualTo("99f8ded9");
  }

  @Test
  void drawsAnyNumberOfDogs() {
    LabeledImageSource dogs = Dogs.synthetic(Integer.MAX_VALUE, 7);

    assertThat(dogs.size()).isEqualTo(Integer.MAX_VALUE);
    assertThat(dogs.get(Integer.MAX_VALUE - 1)).hasSize(64 * 64 * 3);
    assertThatThrownBy(() -> Dogs.synthetic(0, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
    assertThatThrownBy(() -> Dogs.synthetic(5, 7).get(5))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Dogs.synthetic(5, 7).label(-1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void labelsDrawnDogsAsSynthetic() {
    LabeledImageSource dogs = Dogs.synthetic(800, 7);

    assertThat(dogs.classNames()).hasSize(8).allMatch(name -> name.startsWith("synthetic "));
    int[] counts = new int[8];
    Arrays.stream(dogs.labels()).forEach(label -> counts[label]++);
    // 100 expected of each; five standard deviations.
    for (int count : counts) {
      assertThat(count).isBetween(53, 147);
    }
  }

  @Test
  void drawnDogsDifferInEveryPartOfThePicture() {
    LabeledImageSource dogs = Dogs.synthetic(300, 7);
    float[][] pictures = dogs.toArrays();
    Set<Integer> seen = new HashSet<>();
    double[] mean = new double[pictures[0].length];
    double[] square = new double[mean.length];
    for (float[] picture : pictures) {
      seen.add(Arrays.hashCode(picture));
      for (int i = 0; i < mean.length; i++) {
        mean[i] += picture[i] / 300.0;
        square[i] += picture[i] * picture[i] / 300.0;
      }
    }
    assertThat(seen).hasSize(300);
    for (int i = 0; i < mean.length; i++) {
      assertThat(mean[i]).isBetween(0.2, 0.8);
      assertThat(Math.sqrt(square[i] - mean[i] * mean[i])).isGreaterThan(0.1);
    }
  }

  @Test
  void drawnDogsAreNotTrivialToCompress() {
    // The mean of each 8x8 block and colour: three of the sixteen values of a patch's code. Photos
    // of dogs reach about 18 dB so.
    double sum = 0;
    for (float[] dog : Dogs.synthetic(200, 7).toArrays()) {
      sum += -10 * Math.log10(blockError(dog));
    }
    assertThat(sum / 200).isBetween(15.0, 21.0);
  }

  @Test
  void readsDogsFromManyThreads() {
    float[][] expected = Dogs.synthetic(50, 7).toArrays();
    LabeledImageSource dogs = Dogs.synthetic(50, 7);

    assertThat(
            IntStream.range(0, 500)
                .parallel()
                .allMatch(i -> Arrays.equals(dogs.get(i % 50), expected[i % 50])))
        .isTrue();
  }

  @Test
  void packsTheStanfordDogs(@TempDir Path cache) throws Exception {
    byte[] archive =
        tar(
            "Images/n02085620-Chihuahua/n02085620_1.jpg",
            "Images/n02085620-Chihuahua/n02085620_2.jpg",
            "Images/n02113799-standard_poodle/n02113799_1.jpg",
            "Images/README");
    try (LoopbackServer server =
        new LoopbackServer((request, out) -> send(archive, request, out))) {
      RemoteDataset dataset = dataset(server, archive, "/images.tar", "MD5");
      try (PackedImages dogs = Dogs.stanford(dataset, cache, Progress.NONE)) {
        assertThat(dogs.size()).isEqualTo(3);
        assertThat(dogs.shape()).isEqualTo(new ImageShape(64, 64, 3));
        assertThat(dogs.classNames()).containsExactly("Chihuahua", "standard_poodle");
        assertThat(dogs.labels()).containsExactly(0, 0, 1);
        assertThat(dogs.skipped()).isEmpty();
      }
      // What is packed needs neither the network nor the archive.
      Files.delete(cache.resolve("local/local-images.tar"));
      try (PackedImages dogs = Dogs.stanford(dataset, cache, Progress.NONE)) {
        assertThat(dogs.size()).isEqualTo(3);
      }
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void packsTheOxfordDogsWithoutTheCats(@TempDir Path cache) throws Exception {
    byte[] archive =
        tar(
            "images/Abyssinian_100.jpg",
            "images/american_bulldog_7.jpg",
            "images/american_bulldog_107.jpg",
            "images/pug_1.jpg",
            "images/pug_1.mat",
            "images/._pug_1.jpg");
    try (LoopbackServer server =
        new LoopbackServer((request, out) -> send(archive, request, out))) {
      RemoteDataset dataset = dataset(server, archive, "/images.tar.gz", "SHA-256");
      try (PackedImages dogs = Dogs.oxfordPets(dataset, cache, Progress.NONE)) {
        assertThat(dogs.classNames()).containsExactly("american_bulldog", "pug");
        assertThat(dogs.labels()).containsExactly(0, 0, 1);
        assertThat(dogs.skipped()).isEmpty();
      }
    }
  }

  @Test
  void describesThePublishedCollections() {
    assertThat(Dogs.STANFORD.uri())
        .isEqualTo(URI.create("http://vision.stanford.edu/aditya86/ImageNetDogs/images.tar"));
    assertThat(Dogs.OXFORD_PETS.bytes()).isEqualTo(791_918_971L);
    assertThat(Dogs.OXFORD_PETS.checksum()).hasSize(64);
    assertThat(Dogs.STANFORD.checksum()).hasSize(64);
    assertThat(Dogs.STANFORD.file().isWeaklyChecked()).isFalse();
    assertThat(Dogs.OXFORD_PETS.file().fileName()).isEqualTo("oxford-pets-images.tar.gz");
  }

  @Test
  void cacheFollowsTheSystemProperty() {
    String before = System.getProperty("autoencoder4j.cache");
    try {
      System.setProperty("autoencoder4j.cache", "/somewhere/else");
      assertThat(DatasetCache.folder()).isEqualTo(Path.of("/somewhere/else"));
    } finally {
      if (before == null) {
        System.clearProperty("autoencoder4j.cache");
      } else {
        System.setProperty("autoencoder4j.cache", before);
      }
    }
    assertThat(DatasetCache.folder().toString()).contains("autoencoder4j");
  }

  private static RemoteDataset dataset(
      LoopbackServer server, byte[] archive, String path, String algorithm) throws Exception {
    byte[] digest = MessageDigest.getInstance(algorithm).digest(archive);
    return new RemoteDataset(
        "local",
        server.uri(path),
        archive.length,
        algorithm,
        HexFormat.of().formatHex(digest),
        "free",
        "none");
  }

  private static byte[] tar(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String name : names) {
        byte[] picture = png(plain(80, 70, name.hashCode() & 0xFFFFFF));
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(picture.length);
        tar.putArchiveEntry(entry);
        tar.write(picture);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static boolean isGrey(float[] image) {
    for (int i = 0; i < 4_096; i++) {
      if (image[i] != image[4_096 + i] || image[i] != image[8_192 + i]) {
        return false;
      }
    }
    return true;
  }

  private static double blockError(float[] image) {
    double error = 0;
    for (int block = 0; block < 192; block++) {
      int start = block / 64 * 4_096 + block / 8 % 8 * 512 + block % 8 * 8;
      double sum = 0;
      double square = 0;
      for (int i = 0; i < 64; i++) {
        double value = image[start + i / 8 * 64 + i % 8];
        sum += value;
        square += value * value;
      }
      error += square - sum * sum / 64;
    }
    return error / image.length;
  }
}
