package io.github.autoencoder4j.datasets;

import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.files;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.plain;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.png;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Floats;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.internal.archive.FileFeed;
import io.github.autoencoder4j.datasets.internal.items.ItemFeed;
import io.github.autoencoder4j.datasets.internal.items.SourceFeed;
import io.github.autoencoder4j.datasets.internal.pack.PackIndex;
import io.github.autoencoder4j.datasets.internal.picture.PictureFixture;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.internal.files.FolderLock;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.testing.ChildJvm;
import io.github.autoencoder4j.testing.DiskFaults;
import io.github.autoencoder4j.testing.DiskFaults.Fault;
import io.github.autoencoder4j.testing.SecondClassLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackedImagesTest {

  private static final int SHARD = 7;

  @TempDir Path folder;

  @Test
  void readsBackWhatWasPacked() {
    LabeledImageSource source = noise(100, 1);
    try (PackedImages packed = pack(source)) {
      assertSame(packed, source);
      assertThat(packed.verify()).isEmpty();
      assertThat(packed.skipped()).isEmpty();
    }
    try (PackedImages again = PackedImages.open(target())) {
      assertSame(again, source);
    }
    assertThat(target().resolve("shard-00014.ae4j")).exists();
    assertThat(target().resolve("shard-00015.ae4j")).doesNotExist();
  }

  @Test
  void tellsPicturesFromOthersWithoutReadingThem() throws IOException {
    try (PackedImages packed = pack(noise(20, 1));
        PackedImages same = pack(noise(20, 1), folder.resolve("same"), Disk.SYSTEM);
        PackedImages other = pack(noise(20, 2), folder.resolve("other"), Disk.SYSTEM)) {
      assertThat(same.digest(3, 17)).isEqualTo(packed.digest(3, 17));
      assertThat(packed.digest(3, 18)).isNotEqualTo(packed.digest(3, 17));
      assertThat(packed.digest(2, 17)).isNotEqualTo(packed.digest(3, 17));
      assertThat(other.digest(3, 17)).isNotEqualTo(packed.digest(3, 17));
      assertThatThrownBy(() -> packed.digest(3, 21)).isInstanceOf(IndexOutOfBoundsException.class);
    }
    Files.delete(target().resolve("shard-00001.ae4j"));
    try (PackedImages packed = PackedImages.open(target())) {
      assertThat(packed.digest(0, SHARD)).isNotEmpty();
      assertThatThrownBy(() -> packed.digest(0, SHARD + 1))
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining("shard-00001.ae4j");
    }
  }

  @Test
  void packsThroughThePublicDoor() {
    LabeledImageSource source = noise(20, 1);
    List<Long> done = new ArrayList<>();
    try (PackedImages packed =
        PackedImages.pack(
            source,
            target(),
            (count, total) -> {
              assertThat(total).isEqualTo(20);
              done.add(count);
            })) {
      assertSame(packed, source);
    }
    assertThat(done).isSorted().startsWith(0L).endsWith(20L);
    try (PackedImages packed = PackedImages.pack(source, target())) {
      assertSame(packed, source);
    }
  }

  @Test
  void packsTheSameWhateverDigitsTheMachineWrites() throws IOException {
    LabeledImageSource source = noise(10, 1);
    Path usual = folder.resolve("usual");
    pack(source, usual, Disk.SYSTEM).close();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      pack(source).close();
      try (PackedImages packed = pack(source, usual, Disk.SYSTEM)) {
        assertSame(packed, source);
      }
    } finally {
      Locale.setDefault(before);
    }
    assertThat(contents(target())).isEqualTo(contents(usual));
    try (PackedImages packed = pack(source)) {
      assertSame(packed, source);
    }
  }

  @Test
  void leavesNothingOfAPackWithoutPictures() {
    Path photos = folder.resolve("photos");
    PictureFixture.write(photos, "dog/b.png", "no picture".getBytes(UTF_8));
    ImageFiles small = ImageFiles.from(photos).resize(2, 2);
    assertThatThrownBy(() -> small.pack(target()))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("no picture to pack");

    PictureFixture.write(photos, "dog/a.png", png(plain(4, 4, 0)));
    try (PackedImages packed = small.pack(target())) {
      assertThat(packed.size()).isEqualTo(1);
      assertThat(files(packed.skipped())).containsExactly("dog/b.png");
    }
  }

  @Test
  void packsFilesAndListsTheBrokenOnes() {
    Path photos = folder.resolve("photos");
    for (int i = 10; i < 40; i++) {
      PictureFixture.write(photos, "dog/" + i + ".png", png(plain(4, 4, i * 0x010101)));
      if (i % 10 == 3) {
        PictureFixture.write(photos, "dog/" + i + "-broken.png", "no picture".getBytes(UTF_8));
      }
    }
    PictureFixture.write(photos, "wolf/99.png", png(plain(4, 4, 0)));

    try (PackedImages packed = ImageFiles.from(photos).resize(2, 2).pack(target())) {
      assertSame(packed, ImageFiles.from(photos).resize(2, 2).load());
      assertThat(files(packed.skipped()))
          .containsExactly("dog/13-broken.png", "dog/23-broken.png", "dog/33-broken.png");
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void holdsWholeShardsAndGoesOnAfterThemWhateverFailsAndWhenever(Fault fault) throws IOException {
    LabeledImageSource source = noise(25, 1);
    pack(source).close();
    Map<String, ByteBuffer> whole = contents(target());

    int tried = 0;
    for (boolean lasting : new boolean[] {false, true}) {
      for (boolean namesToo : new boolean[] {false, true}) {
        boolean struck = true;
        for (int operation = 0; struck; operation++) {
          Path directory = folder.resolve("failing-" + tried++);
          String when =
              "%s at %d, lasting %s, names lost %s".formatted(fault, operation, lasting, namesToo);
          DiskFaults faults = new DiskFaults(fault, operation, lasting);
          try (PackedImages packed = pack(source, directory, new FaultyDisk(faults))) {
            assertSame(packed, source);
            // Only a short write is no failure. Otherwise there are no more operations to fail.
            assertThat(faults.struck() && (fault != Fault.SHORT_WRITE || lasting)).isFalse();
          } catch (UncheckedIOException e) {
            assertThat(e)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("packed so far are kept")
                .hasMessageContaining("pack again");
          }
          struck = faults.struck();
          assertAllWhole(directory, whole, when);
          faults.losePower(namesToo);
          assertAllWhole(directory, whole, when + ", without power");

          int kept = contents(directory, name -> name.endsWith(".ae4j")).size();
          CountingDisk counting = new CountingDisk();
          try (PackedImages packed = pack(source, directory, counting)) {
            assertSame(packed, source);
          }
          assertThat(counting.created).as("files written again, " + when).isEqualTo(5 - kept);
          assertThat(contents(directory)).as(when).isEqualTo(whole);
        }
      }
    }
    assertThat(tried).as("moments tried").isGreaterThan(4 * 5);
  }

  /** What has its own name is as it should be; an index says that nothing is missing. */
  private static void assertAllWhole(Path directory, Map<String, ByteBuffer> whole, String when)
      throws IOException {
    Map<String, ByteBuffer> found = contents(directory, name -> name.endsWith(".ae4j"));
    assertThat(whole).as(when).containsAllEntriesOf(found);
    if (found.containsKey("index.ae4j")) {
      assertThat(found).as(when).isEqualTo(whole);
    } else {
      assertThatThrownBy(() -> PackedImages.open(directory))
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining("no finished packed pictures");
    }
  }

  @Test
  void removesWhatRunsThatWereEndedLeftHalfDone() throws IOException {
    Files.createDirectories(target());
    Files.write(target().resolve("shard-00007.ae4j.part"), new byte[5]);
    Files.write(target().resolve("notes.part"), new byte[5]);
    pack(noise(25, 1)).close();
    assertThat(contents(target()).keySet())
        .contains("notes.part")
        .doesNotContain("shard-00007.ae4j.part");
  }

  @Test
  void findsAndNamesTenThousandFlippedRecordsEachByVerifyAndOnRead() throws IOException {
    int shard = 1_000;
    int count = 10_000;
    LabeledImageSource source = noise(count, 1);
    PackedImages.pack(new SourceFeed(source), target(), shard, Disk.SYSTEM, Progress.NONE).close();
    RandomStream random = RandomStream.of(3, "flips");
    int size = source.shape().size();
    for (int i = 0; i < count / shard; i++) {
      Path file = PackIndex.shardFile(target(), i);
      byte[] bytes = Files.readAllBytes(file);
      for (int record = 0; record < shard; record++) {
        bytes[record * size + random.nextInt(size)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, bytes);
    }

    try (PackedImages packed = PackedImages.open(target())) {
      List<String> damages = packed.verify();
      assertThat(damages).hasSize(count);
      float[] sample = new float[size];
      for (int i = 0; i < count; i++) {
        String name =
            "record %s of shard %s ".formatted(i % shard, PackIndex.shardFile(target(), i / shard));
        assertThat(damages.get(i)).startsWith(name).contains("checksum");
        int index = i;
        assertThatThrownBy(() -> packed.read(index, sample, 0))
            .isInstanceOf(UnusableDataException.class)
            .hasMessageStartingWith(name);
      }
    }
  }

  @Test
  void goesOnAmongBrokenFilesToo() throws IOException {
    Path photos = folder.resolve("photos");
    for (int i = 10; i < 60; i++) {
      byte[] bytes = i % 3 == 0 ? "no picture".getBytes(UTF_8) : png(plain(3, 3, i));
      PictureFixture.write(photos, "class" + i / 20 + "/" + i + ".png", bytes);
    }
    ItemFeed feed =
        new FileFeed(
            photos, new ImageShape(2, 2, 3), file -> true, file -> file.substring(0, 6), null);
    PackedImages.pack(feed, target(), SHARD, Disk.SYSTEM, Progress.NONE).close();
    Map<String, ByteBuffer> whole = contents(target());

    Path directory = folder.resolve("failing");
    assertThatThrownBy(
            () ->
                PackedImages.pack(
                    feed,
                    directory,
                    SHARD,
                    new FaultyDisk(new DiskFaults(Fault.NO_SPACE, 30, false)),
                    Progress.NONE))
        .isInstanceOf(UncheckedIOException.class);
    PackedImages.pack(feed, directory, SHARD, Disk.SYSTEM, Progress.NONE).close();

    assertThat(contents(directory)).isEqualTo(whole);
  }

  @Test
  void survivesBeingKilled() throws Exception {
    Process packer = start("pack", target());
    while (packer.isAlive() && !Files.exists(target().resolve("shard-00003.ae4j"))) {
      Thread.onSpinWait();
    }
    packer.destroyForcibly().waitFor();

    LabeledImageSource source = Packer.source();
    try (PackedImages packed = pack(source)) {
      assertSame(packed, source);
      assertThat(packed.verify()).isEmpty();
    }
    assertNoParts(target());
  }

  @Test
  void tellsASecondProcessThatTheFolderIsTaken() throws Exception {
    Process holder = start("hold", target());
    assertThat(holder.getInputStream().read()).isEqualTo('!');

    assertThatThrownBy(() -> pack(noise(10, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(target().toString())
        .hasMessageContaining("somebody else");

    holder.destroyForcibly().waitFor();
    pack(noise(10, 1)).close();
  }

  @Test
  void tellsASecondThreadThatTheFolderIsTaken() {
    LabeledImageSource source = noise(10, 1);
    Progress second =
        (done, total) ->
            assertThatThrownBy(() -> pack(source))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("somebody else");

    PackedImages.pack(new SourceFeed(source), target(), SHARD, Disk.SYSTEM, second).close();
  }

  /** Two web applications in one server, each of which brings this library. */
  @Test
  void tellsAnotherClassLoaderThatTheFolderIsTakenAndKeepsTheLock() throws Exception {
    Files.createDirectories(target());
    String directory = target().toString();
    try (SecondClassLoader other = new SecondClassLoader();
        FolderLock lock = FolderLock.take(target(), "pack.lock").orElseThrow()) {
      assertThat(other.call(Packer.class, "lock", directory)).isEqualTo(false);
      assertThat(ChildJvm.ended(start("pack", target()), 1)).isEqualTo(1);
      lock.close();
      assertThat(other.call(Packer.class, "lock", directory)).isEqualTo(true);
      assertThat(ChildJvm.ended(start("pack", target()), 1)).isZero();
    }
  }

  @Test
  void createsAFolderWhoseNameIsOnTheDisk() {
    Path directory = folder.resolve("new").resolve("deep");
    List<Path> forced = new ArrayList<>();
    Disk disk =
        new Disk() {
          @Override
          public void forceFolder(Path path) throws IOException {
            forced.add(path);
            super.forceFolder(path);
          }
        };
    pack(noise(3, 1), directory, disk).close();
    assertThat(forced).startsWith(folder, folder.resolve("new"), directory);
  }

  @Test
  void namesShardAndRecordOfAFlippedByteAndReadsTheOthers() throws IOException {
    LabeledImageSource source = noise(30, 1);
    pack(source).close();
    Path shard = target().resolve("shard-00002.ae4j");
    flip(shard, 3L * source.shape().size() + 5);

    try (PackedImages packed = PackedImages.open(target())) {
      for (int i = 0; i < 30; i++) {
        if (i != 2 * SHARD + 3) {
          assertThat(packed.get(i)).isEqualTo(source.get(i));
        }
      }
      assertThatThrownBy(() -> packed.get(2 * SHARD + 3))
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining("record 3 of shard " + shard);
      assertThat(packed.verify())
          .hasSize(1)
          .first()
          .asString()
          .contains("record 3 of shard " + shard);
    }
  }

  @Test
  void findsAFlipOfAnyByte() throws IOException {
    LabeledImageSource source = noise(SHARD + 2, 1);
    pack(source).close();
    for (String name : List.of("shard-00000.ae4j", "shard-00001.ae4j", "index.ae4j")) {
      Path file = target().resolve(name);
      long size = Files.size(file);
      for (long position = 0; position < size; position += 1 + size / 80) {
        flip(file, position);
        if (name.startsWith("index")) {
          assertThatThrownBy(() -> PackedImages.open(target()))
              .isInstanceOf(UnusableDataException.class)
              .hasMessageContaining(file.toString())
              .hasMessageContaining("pack again");
        } else {
          try (PackedImages packed = PackedImages.open(target())) {
            assertThat(packed.size()).isEqualTo(source.size());
            assertThat(packed.verify()).isNotEmpty().allMatch(text -> text.contains(name));
            // The other shard is as good as ever.
            int other = name.contains("00000") ? SHARD : 0;
            assertThat(packed.get(other)).isEqualTo(source.get(other));
            assertThat(packed.label(other)).isEqualTo(source.label(other));
          }
        }
        flip(file, position);
      }
    }
    try (PackedImages packed = PackedImages.open(target())) {
      assertThat(packed.verify()).isEmpty();
    }
  }

  @Test
  void repairsAsItsMessagesSay() throws IOException {
    LabeledImageSource source = noise(30, 1);
    pack(source).close();
    Map<String, ByteBuffer> whole = contents(target());

    // A damaged index: delete it and pack again.
    flip(PackIndex.file(target()), 3);
    Files.delete(PackIndex.file(target()));
    pack(source).close();
    assertThat(contents(target())).isEqualTo(whole);

    // A damaged shard: delete it and the index and pack again.
    Files.delete(target().resolve("shard-00002.ae4j"));
    Files.delete(PackIndex.file(target()));
    pack(source).close();
    assertThat(contents(target())).isEqualTo(whole);
  }

  @Test
  void readsTheOtherShardsWhenOneIsCutOrGone() throws IOException {
    LabeledImageSource source = noise(30, 1);
    pack(source).close();
    Path cut = target().resolve("shard-00001.ae4j");
    try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
      channel.truncate(100);
    }
    Files.delete(target().resolve("shard-00003.ae4j"));

    try (PackedImages packed = PackedImages.open(target())) {
      assertThat(packed.get(0)).isEqualTo(source.get(0));
      assertThat(packed.get(2 * SHARD)).isEqualTo(source.get(2 * SHARD));
      assertThat(packed.label(29)).isEqualTo(source.label(29));
      assertThatThrownBy(() -> packed.get(SHARD))
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining("shard-00001")
          .hasMessageContaining("cut off");
      assertThatThrownBy(() -> packed.label(3 * SHARD))
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining("shard-00003");
      assertThat(packed.verify()).hasSize(2 * SHARD);
    }
  }

  /** In a loop that is compiled, where the JVM would tell late of a mapped file that shrank. */
  @Test
  void namesAShardThatIsCutWhileItIsRead() throws IOException {
    LabeledImageSource source = noise(new ImageShape(64, 64, 3), 40, 1);
    pack(source).close();
    Path cut = target().resolve("shard-00001.ae4j");
    try (PackedImages packed = PackedImages.open(target())) {
      float[] sample = new float[source.shape().size()];
      for (int i = 0; i < 20_000; i++) {
        packed.read(i % source.size(), sample, 0);
      }
      try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
        channel.truncate(100);
      }
      for (int round = 0; round < 100; round++) {
        for (int i = 0; i < source.size(); i++) {
          boolean there = i / SHARD != 1;
          try {
            packed.read(i, sample, 0);
            assertThat(there).isTrue();
          } catch (UnusableDataException e) {
            assertThat(there).isFalse();
            assertThat(e).hasMessageContaining("of shard " + cut);
          }
        }
      }
      assertThat(packed.verify()).hasSize(SHARD).allMatch(text -> text.contains(cut.toString()));
    }
  }

  @Test
  void refusesToMixTwoSources() {
    pack(noise(30, 1)).close();

    assertThatThrownBy(() -> pack(noise(30, 2)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("already holds")
        .hasMessageContaining("another folder");
    try (PackedImages packed = PackedImages.open(target())) {
      assertSame(packed, noise(30, 1));
    }
  }

  @Test
  void keepsLabelsAndNamesOfClassesWithoutSamples() {
    LabeledImageSource source =
        LabeledImageSource.ofBytes(
            ImageShape.vector(1),
            new byte[] {1, 2, 3},
            new int[] {2, 0, 2},
            List.of("a", "never seen", "c", "nor this"));

    try (PackedImages packed = pack(source)) {
      assertThat(packed.classNames()).isEqualTo(source.classNames());
      assertThat(packed.labels()).containsExactly(2, 0, 2);
    }
  }

  @Test
  void rejectsSourcesThatCannotBePacked() {
    assertThatThrownBy(() -> pack(noise(0, 1)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("no picture to pack");
    LabeledImageSource twins =
        LabeledImageSource.ofBytes(
            ImageShape.vector(1), new byte[1], new int[1], List.of("a", "a"));
    assertThatThrownBy(() -> PackedImages.pack(twins, target()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same name");
    assertThatThrownBy(() -> PackedImages.open(folder.resolve("nowhere")))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void refusesToReadOnceClosedAndCanBeClosedTwice() {
    PackedImages packed = pack(noise(10, 1));
    packed.close();
    packed.close();

    assertThatThrownBy(() -> packed.get(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> packed.label(0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(packed::verify).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anInterruptedThreadReadsLikeAnyOtherAndClosesNothing() {
    LabeledImageSource source = noise(10, 1);
    try (PackedImages packed = pack(source)) {
      Thread.currentThread().interrupt();
      assertThat(packed.get(3)).isEqualTo(source.get(3));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(packed.get(4)).isEqualTo(source.get(4));
    }
  }

  @Test
  void rejectsSamplesThatAreNotThereAndShortBuffers() {
    try (PackedImages packed = pack(noise(10, 1))) {
      assertThatThrownBy(() -> packed.get(10)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> packed.label(-1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> packed.read(0, new float[11], 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void readsFromManyThreads() {
    LabeledImageSource source = noise(200, 1);
    try (PackedImages packed = pack(source)) {
      assertThat(
              IntStream.range(0, 20_000)
                  .parallel()
                  .allMatch(i -> Arrays.equals(packed.get(i % 200), source.get(i % 200))))
          .isTrue();
    }
  }

  private Path target() {
    return folder.resolve("packed");
  }

  private PackedImages pack(LabeledImageSource source) {
    return pack(source, target(), Disk.SYSTEM);
  }

  private static PackedImages pack(LabeledImageSource source, Path directory, Disk disk) {
    return PackedImages.pack(new SourceFeed(source), directory, SHARD, disk, Progress.NONE);
  }

  private static LabeledImageSource noise(int count, long seed) {
    return noise(new ImageShape(2, 2, 3), count, seed);
  }

  private static LabeledImageSource noise(ImageShape shape, int count, long seed) {
    byte[] pixels = new byte[count * shape.size()];
    RandomStream.of(seed, "pixels").nextBytes(pixels);
    int[] labels = IntStream.range(0, count).map(i -> i % 3).toArray();
    return LabeledImageSource.ofBytes(shape, pixels, labels, List.of("a", "b", "c"));
  }

  private static void assertSame(LabeledImageSource found, LabeledImageSource expected) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    assertThat(found.classNames()).isEqualTo(expected.classNames());
    assertThat(found.labels()).isEqualTo(expected.labels());
    assertThat(found.toArrays()).isDeepEqualTo(expected.toArrays());
    // Training reads through another door, which gives the same.
    FloatBuffer buffer = FloatBuffer.allocate(found.size() * found.shape().size());
    for (int i = 0; i < found.size(); i++) {
      found.read(i, buffer);
    }
    assertThat(buffer.hasRemaining()).isFalse();
    assertThat(buffer.array()).isEqualTo(Floats.concat(expected.toArrays()));
  }

  private static void assertNoParts(Path directory) throws IOException {
    assertThat(contents(directory).keySet())
        .noneMatch(name -> name.endsWith(".part") || name.endsWith(".tmp"));
  }

  private static Map<String, ByteBuffer> contents(Path directory) throws IOException {
    return contents(directory, name -> true);
  }

  private static Map<String, ByteBuffer> contents(Path directory, Predicate<String> wanted)
      throws IOException {
    Map<String, ByteBuffer> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.equals("pack.lock") && wanted.test(name)) {
          contents.put(name, ByteBuffer.wrap(Files.readAllBytes(file)));
        }
      }
    }
    return ImmutableMap.copyOf(contents);
  }

  private static void flip(Path file, long position) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) position] ^= 0x10;
    Files.write(file, bytes);
  }

  private static Process start(String what, Path directory) throws IOException {
    return ChildJvm.of(Packer.class, List.of(), what, directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** The other process. */
  static final class Packer {

    static LabeledImageSource source() {
      return noise(3_000, 5);
    }

    static boolean lock(String directory) throws IOException {
      Optional<FolderLock> lock = FolderLock.take(Path.of(directory), "pack.lock");
      lock.ifPresent(FolderLock::close);
      return lock.isPresent();
    }

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[1]);
      if (arguments[0].equals("pack")) {
        pack(source(), directory, Disk.SYSTEM).close();
      } else {
        pack(
            source(),
            directory,
            new Disk() {
              @Override
              public FileChannel create(Path file, FileAttribute<?>... attributes)
                  throws IOException {
                System.out.write('!');
                System.out.flush();
                try {
                  TimeUnit.MINUTES.sleep(2); // until killed
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                return super.create(file, attributes);
              }
            });
      }
    }
  }

  /** Counts the files that are written. */
  private static final class CountingDisk extends Disk {

    private int created;

    @Override
    public FileChannel create(Path file, FileAttribute<?>... attributes) throws IOException {
      created++;
      return super.create(file, attributes);
    }
  }
}
