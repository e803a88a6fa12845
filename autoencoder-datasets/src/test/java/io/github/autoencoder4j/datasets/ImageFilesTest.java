package io.github.autoencoder4j.datasets;

import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.encode;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.files;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.jpeg;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.oriented;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.plain;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.png;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.internal.picture.PngFixture;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {

  @TempDir Path folder;

  @Test
  void readsAFolderOfAnyDepth() {
    write(folder, "beagle/a.png", png(plain(10, 20, 0xFF0000)));
    write(folder, "more/pug/b.jpg", jpeg(plain(30, 10, 0x00FF00)));
    write(folder, "more/pug/c.jpeg", jpeg(plain(5, 5, 0x0000FF)));
    write(folder, "top.png", png(plain(1, 1, 0xFFFFFF)));

    LoadedImages images = ImageFiles.from(folder).resize(4, 4).load();

    assertThat(images.size()).isEqualTo(4);
    assertThat(images.shape()).isEqualTo(new ImageShape(4, 4, 3));
    assertThat(images.skipped()).isEmpty();
    String top = folder.getFileName().toString();
    assertThat(images.classNames()).containsExactlyInAnyOrder("beagle", "pug", top).isSorted();
    assertThat(Arrays.stream(images.labels()).mapToObj(images.classNames()::get))
        .containsExactly("beagle", "pug", "pug", top);
    assertThat(images.get(0)[0]).isEqualTo(1f);
    assertThat(images.get(0)[16]).isEqualTo(0f);
    assertThat(images.get(1)[16]).isGreaterThan(0.98f);
  }

  @Test
  void keepsTheOneSizeThatAllPicturesHave() {
    write(folder, "a.png", png(plain(10, 20, 0xFF0000)));
    write(folder, "b.jpg", jpeg(plain(10, 20, 0xFF0000)));
    // Stored 20 wide and 10 high, and turned by Exif.
    write(folder, "c.jpg", oriented(jpeg(plain(20, 10, 0xFF0000)), 6));
    write(
        folder,
        "d.png",
        PngFixture.plain(20, 10, 9, 9, 9).after("eXIf", PngFixture.exif(8)).bytes());
    write(folder, "e.gif", encode("gif", plain(10, 20, 0)));
    write(folder, "notes.txt", "no picture, of no size".getBytes(UTF_8));

    LoadedImages images = ImageFiles.from(folder).load();

    assertThat(images.shape()).isEqualTo(new ImageShape(20, 10, 3));
    assertThat(images.size()).isEqualTo(5);
    assertThat(files(images.skipped())).containsExactly("notes.txt");
    assertThat(ImageFiles.from(folder).grey().load().shape()).isEqualTo(ImageShape.grey(20, 10));
  }

  @Test
  void resizesToHeightAndThenWidth() {
    write(folder, "a.png", png(plain(100, 80, 0xFF0000)));

    assertThat(ImageFiles.from(folder).resize(28, 20).load().shape())
        .isEqualTo(new ImageShape(28, 20, 3));
    assertThat(ImageFiles.from(folder).resize(28, 20).grey().load().shape())
        .isEqualTo(ImageShape.grey(28, 20));
    assertThat(ImageFiles.from(folder).grey().resize(28, 20).load().shape())
        .isEqualTo(ImageShape.grey(28, 20));
  }

  @Test
  void asksForASizeWherePicturesDifferOrAreLarge() {
    write(folder, "a.png", png(plain(10, 20, 0)));
    write(folder, "cats/b.png", png(plain(20, 10, 0)));

    for (ThrowingCallable call : calls(ImageFiles.from(folder))) {
      assertThatThrownBy(call)
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining("a.png is 20 high and 10 wide")
          .hasMessageContaining("cats/b.png is 10 high and 20 wide")
          .hasMessageContaining("resize(height, width)");
    }
    for (ThrowingCallable call :
        calls(
            ImageFiles.from(
                write(folder, "large/c.png", png(plain(1_025, 1_024, 0))).getParent()))) {
      assertThatThrownBy(call)
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining("c.png is 1024 high and 1025 wide")
          .hasMessageContaining("resize(height, width)");
    }
  }

  private List<ThrowingCallable> calls(ImageFiles images) {
    return List.of(images::load, () -> images.pack(folder.resolve("packed")));
  }

  @Test
  void packsAtTheOneSizeThatAllPicturesHave(@TempDir Path target) throws IOException {
    Path picture = write(folder, "a.png", png(plain(10, 20, 0)));
    try (PackedImages packed = ImageFiles.from(folder).pack(target)) {
      assertThat(packed.shape()).isEqualTo(new ImageShape(20, 10, 3));
    }
    // What is packed is opened as it is, whatever became of the files.
    Files.delete(picture);
    try (PackedImages packed = ImageFiles.from(folder).pack(target)) {
      assertThat(packed.shape()).isEqualTo(new ImageShape(20, 10, 3));
    }
  }

  @Test
  void tellsWhatDoesNotExist() {
    Path gone = folder.resolve("gone");

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> ImageFiles.from(gone).load(),
            () -> ImageFiles.from(gone).resize(2, 2).load(),
            () -> ImageFiles.from(gone).resize(2, 2).pack(folder.resolve("packed")),
            () -> ImageFiles.from(gone).pack(folder.resolve("packed")),
            () -> Dogs.from(gone),
            () -> Mnist.from(gone),
            () -> Mnist.from(gone, "emnist-letters"),
            () -> PackedImages.open(gone))) {
      assertThatThrownBy(call)
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining(gone + " does not exist; looked for");
    }
  }

  @Test
  void listsEveryFileThatGivesNoPicture() throws Exception {
    byte[] jpeg = jpeg(plain(40, 40, 0x123456));
    write(folder, "dog/good.jpg", jpeg);
    write(folder, "dog/cut.jpg", Arrays.copyOf(jpeg, jpeg.length / 2));
    write(folder, "dog/empty.jpg", new byte[0]);
    write(folder, "dog/text.jpg", "no picture".getBytes(UTF_8));
    write(folder, "labels.csv", "a,b,c,d,e,f".getBytes(UTF_8));
    Files.createSymbolicLink(folder.resolve("dog/nowhere.jpg"), folder.resolve("gone"));

    LoadedImages images = ImageFiles.from(folder).load();

    assertThat(images.size()).isEqualTo(1);
    assertThat(files(images.skipped()))
        .containsExactly(
            "dog/cut.jpg", "dog/empty.jpg", "dog/nowhere.jpg", "dog/text.jpg", "labels.csv");
    assertThat(images.skipped().get(3).reason()).contains("not a JPEG, PNG or GIF");
    assertThat(images.skipped().get(2).reason()).contains("broken link");
    assertThat(images.classNames()).containsExactly("dog");
  }

  @Test
  void listsFilesThatMayNotBeRead() throws Exception {
    write(folder, "a.png", png(plain(4, 4, 0)));
    Path secret = write(folder, "b.png", png(plain(4, 4, 0)));
    Path closed = write(folder, "closed/c.png", png(plain(4, 4, 0))).getParent();
    assumeTrue(secret.toFile().setReadable(false), "needs file permissions");
    assumeTrue(closed.toFile().setReadable(false), "needs file permissions");
    boolean superuser = Files.isReadable(secret);

    LoadedImages images = ImageFiles.from(folder).load();

    if (superuser) {
      assertThat(images.size()).isEqualTo(3);
      assertThat(images.skipped()).isEmpty();
    } else {
      assertThat(images.size()).isEqualTo(1);
      assertThat(files(images.skipped())).containsExactly("b.png", "closed");
    }
    assertThat(closed.toFile().setReadable(true)).isTrue();
  }

  @Test
  void listsFilesThatVanishWhileReading() {
    write(folder, "a.png", png(plain(4, 4, 0)));
    Path second = write(folder, "b.png", png(plain(4, 4, 0)));

    LoadedImages images =
        ImageFiles.from(folder)
            .classBy(
                file -> {
                  // Called when the file was found and before it is opened.
                  if (file.equals("b.png")) {
                    assertThat(second.toFile().delete()).isTrue();
                  }
                  return "dog";
                })
            .load();

    assertThat(images.size()).isEqualTo(1);
    assertThat(images.skipped()).hasSize(1);
    assertThat(images.skipped().get(0).toString()).contains("b.png").contains("NoSuchFile");
  }

  @Test
  void followsLinksButNotInCircles() throws Exception {
    write(folder, "real/dog/a.png", png(plain(4, 4, 0)));
    Files.createSymbolicLink(folder.resolve("real/dog/up"), folder);
    Files.createSymbolicLink(folder.resolve("real/dog/self"), folder.resolve("real/dog"));
    Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("real/dog"));

    LoadedImages images = ImageFiles.from(folder).load();

    assertThat(images.classNames()).containsExactly("dog", "linked");
    assertThat(images.size()).isEqualTo(2);
    assertThat(files(images.skipped()))
        .containsExactly("linked/self", "linked/up", "real/dog/self", "real/dog/up");
    assertThat(images.skipped()).allMatch(skip -> skip.reason().contains("leads back"));
  }

  @Test
  void looksOnlyAtWantedFiles() throws IOException {
    Files.createSymbolicLink(folder.resolve("c_2.png"), folder.resolve("gone"));
    write(folder, "a_1.png", png(plain(4, 4, 0)));
    write(folder, "a_2.png", png(plain(4, 4, 0)));
    write(folder, "b_1.png", png(plain(4, 4, 0)));
    write(folder, "notes.txt", "some notes".getBytes(UTF_8));

    LoadedImages images =
        ImageFiles.from(folder)
            .only(file -> file.endsWith("_1.png"))
            .classBy(file -> file.substring(0, 1))
            .load();

    assertThat(images.size()).isEqualTo(2);
    assertThat(images.classNames()).containsExactly("a", "b");
    assertThat(images.skipped()).isEmpty();
  }

  @Test
  void tellsItsProgress() {
    for (int i = 0; i < 30; i++) {
      write(folder, i + ".png", png(plain(4, 4, 0)));
    }
    List<Long> done = new ArrayList<>();
    ImageFiles.from(folder).progress((count, total) -> done.add(count)).load();

    assertThat(done).hasSize(30).isSorted().endsWith(30L);
  }

  @Test
  void keepsTheOrderOfTheFilesWhateverTheThreadsDo() {
    for (int i = 100; i < 200; i++) {
      // Sizes differ, so that decoding times do.
      write(folder, i + ".png", png(plain(1 + (i * 37) % 300, 50, (i - 100) * 0x010101)));
    }
    LoadedImages images = ImageFiles.from(folder).resize(2, 2).load();

    for (int i = 0; i < 100; i++) {
      assertThat(Math.round(images.get(i)[0] * 255)).isEqualTo(i);
    }
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    write(folder, "a.png", png(plain(4, 4, 0)));
    ImageFiles.from(folder).load();

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("autoencoder4j")) {
        thread.join(5_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  void passesOnWhatTheCallersOwnCodeThrows() {
    write(folder, "a.png", png(plain(4, 4, 0)));
    assertThatThrownBy(
            () ->
                ImageFiles.from(folder)
                    .classBy(
                        file -> {
                          throw new IllegalStateException("mine");
                        })
                    .load())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("mine");
  }

  @Test
  void rejectsAFolderWithoutPictures() {
    assertThatThrownBy(() -> ImageFiles.from(folder).load())
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("0 files were looked at");

    write(folder, "notes.txt", "some notes".getBytes(UTF_8));
    assertThatThrownBy(() -> ImageFiles.from(folder).load())
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("1 files were looked at, such as [notes.txt");
  }

  @Test
  void rejectsWhatIsNeitherFolderNorArchive() {
    Path file = write(folder, "a.png", png(plain(4, 4, 0)));
    assertThatThrownBy(() -> ImageFiles.from(file).load())
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("neither a folder nor a zip, tar or tar.gz");
    assertThatThrownBy(() -> ImageFiles.from(folder).resize(0, 4))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
