package io.github.autoencoder4j.datasets.internal.archive;

import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.plain;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.png;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.datasets.ImageFiles;
import io.github.autoencoder4j.datasets.LoadedImages;
import io.github.autoencoder4j.datasets.SkippedFile;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.testing.ChildJvm;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers of archives that would fill the memory, read in a JVM of its own with a small heap. */
class ArchiveHeadersTest {

  private static final int PIECE = 1 << 20;
  private static final int MANY = 200;

  @TempDir private Path folder;

  private final byte[] picture = png(plain(5, 4, 0x123456));

  /** A tar.gz with a good picture, then what {@code headers} are, then the next. */
  private Path tar(String name, byte[]... headers) throws IOException {
    Path file = folder.resolve(name + ".tar.gz");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(gzip(entry("dogs/pug/1.png", picture)));
      byte[] last = new byte[0];
      byte[] packed = last;
      for (byte[] header : headers) {
        // Gzip files may be put one after the other, so one packed piece does for all.
        packed = header == last ? packed : gzip(header);
        last = header;
        out.write(packed);
      }
      out.write(gzip(entry("dogs/pug/2.png", picture)));
      out.write(gzip(new byte[1024]));
    }
    return file;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] entry(String name, byte[] content) {
    return joined(TarGrammar.header(name, content.length, '0', "ustar\00000"), content);
  }

  private static byte[] joined(byte[] header, byte[] content) {
    byte[] whole = new byte[header.length + (content.length + 511) / 512 * 512];
    System.arraycopy(header, 0, whole, 0, header.length);
    System.arraycopy(content, 0, whole, header.length, content.length);
    return whole;
  }

  /** A header and {@link #MANY} megabytes for it. */
  private static byte[][] large(char type, String magic, byte[] first, String rest) {
    List<byte[]> pieces = new ArrayList<>();
    long size = first.length + (long) MANY * PIECE;
    pieces.add(joined(TarGrammar.header("header", size, type, magic), new byte[0]));
    pieces.add(first);
    byte[] piece = rest.repeat(PIECE / rest.length()).getBytes(ISO_8859_1);
    for (int i = 0; i < MANY; i++) {
      pieces.add(piece);
    }
    return pieces.toArray(byte[][]::new);
  }

  private Path sparse() throws IOException {
    byte[] header = TarGrammar.header("sparse", 0, 'S', "ustar  \0");
    header[482] = 1;
    TarGrammar.sum(header);
    byte[] map = new byte[512];
    for (int i = 0; i < 42; i++) {
      System.arraycopy("00000000001".getBytes(ISO_8859_1), 0, map, 12 * i, 11);
    }
    map[504] = 1;
    byte[] maps = new String(map, ISO_8859_1).repeat(2_000).getBytes(ISO_8859_1);
    List<byte[]> blocks = new ArrayList<>(List.of(header));
    for (int i = 0; i < 240; i++) {
      blocks.add(maps);
    }
    return tar("sparse", blocks.toArray(byte[][]::new));
  }

  /** One long name for another, a hundred thousand times. */
  private Path nested() throws IOException {
    byte[] name = joined(TarGrammar.header("name", 1, 'L', "ustar  \0"), new byte[] {'n'});
    byte[] names = new String(name, ISO_8859_1).repeat(1_000).getBytes(ISO_8859_1);
    byte[][] all = new byte[100][];
    Arrays.fill(all, names);
    return tar("nested", all);
  }

  /** Attributes for all entries, of which each gets a copy. */
  private Path global() throws IOException {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      records.append(String.format(Locale.ROOT, "15 k%06d=vvv\n", i));
    }
    byte[] attributes = records.toString().getBytes(UTF_8);
    byte[] header = TarGrammar.header("global", attributes.length, 'g', "ustar\00000");
    List<byte[]> all = new ArrayList<>(List.of(joined(header, attributes)));
    byte[] empty = TarGrammar.header("dogs/pug/none.png", 0, '0', "ustar\00000");
    byte[] many = new String(empty, ISO_8859_1).repeat(1_000).getBytes(ISO_8859_1);
    for (int i = 0; i < 100; i++) {
      all.add(many);
    }
    return tar("global", all.toArray(byte[][]::new));
  }

  /** A million empty entries, each of which is left out and listed. */
  private Path many() throws IOException {
    byte[] empty = TarGrammar.header("dogs/pug/none.png", 0, '0', "ustar\00000");
    byte[] thousand = new String(empty, ISO_8859_1).repeat(1_000).getBytes(ISO_8859_1);
    byte[][] all = new byte[500][];
    Arrays.fill(all, thousand);
    return tar("many", all);
  }

  private interface Change {
    void apply(ZipArchiveEntry entry);
  }

  private Path zip(String name, int entries, Change change) throws IOException {
    Path file = folder.resolve(name + ".zip");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(Files.newOutputStream(file))) {
      zip.setCreateUnicodeExtraFields(ZipArchiveOutputStream.UnicodeExtraFieldPolicy.NEVER);
      for (int i = 0; i < entries; i++) {
        ZipArchiveEntry entry = new ZipArchiveEntry("dogs/pug/" + i + ".png");
        change.apply(entry);
        zip.putArchiveEntry(entry);
        zip.write(i == 0 ? picture : new byte[0]);
        zip.closeArchiveEntry();
      }
    }
    return file;
  }

  @Test
  void noHeaderFillsTheMemory() throws Exception {
    String length = Integer.toString(MANY * PIECE + 20);
    List<Path> tars =
        List.of(
            tar("name", large('L', "ustar  \0", new byte[512], "n")),
            tar("link", large('K', "ustar  \0", new byte[512], "n")),
            tar("comment", large('x', "ustar\00000", padded(length + " comment="), "c")),
            tar("records", large('x', "ustar\00000", new byte[0], "8 kk=vv\n")),
            tar("blanks", large('g', "ustar\00000", new byte[0], "\n")),
            sparse(),
            nested(),
            global(),
            many());
    byte[] fields = new byte[65_532];
    for (int i = 0; i < fields.length; i += 4) {
      fields[i] = (byte) 0xfe;
      fields[i + 1] = (byte) 0xca;
    }
    List<Path> zips =
        List.of(
            zip("extra", 300, entry -> entry.setCentralDirectoryExtra(fields)),
            zip("comments", 600, entry -> entry.setComment("c".repeat(65_535))),
            zip("names", 60_000, entry -> entry.setComment("c".repeat(60))));

    List<String> lines = readInSmallJvm(tars, zips);

    for (Path tar : tars) {
      String line = lines.remove(0);
      assertThat(line).startsWith("read 1 of " + tar).contains("beyond dogs/pug/");
      assertThat(line).containsAnyOf("headers", "attributes").hasSizeLessThan(600);
    }
    for (Path zip : zips) {
      assertThat(lines.remove(0))
          .startsWith("refused: " + zip)
          .containsAnyOf(
              " has a directory of more than", " bytes of extra fields, name or comment");
    }
    assertThat(lines).isEmpty();
  }

  private static byte[] padded(String text) {
    return Arrays.copyOf(text.getBytes(ISO_8859_1), 512);
  }

  private List<String> readInSmallJvm(List<Path> tars, List<Path> zips) throws Exception {
    List<String> files = new ArrayList<>();
    tars.forEach(file -> files.add(file.toString()));
    zips.forEach(file -> files.add(file.toString()));
    Path out = folder.resolve("out.txt");
    Process child =
        ChildJvm.of(Probe.class, List.of("-Xmx128m"), files.toArray(String[]::new))
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    assertThat(ChildJvm.ended(child, 3))
        .as("%s", Files.readString(folder.resolve("err.txt")))
        .isZero();
    return new ArrayList<>(Files.readAllLines(out));
  }

  /** What the child runs. */
  static final class Probe {
    public static void main(String[] files) {
      for (String file : files) {
        try {
          LoadedImages images = ImageFiles.from(Path.of(file)).resize(4, 4).load();
          System.out.println("read " + images.size() + " of " + file + ": " + last(images));
        } catch (UnusableDataException e) {
          System.out.println("refused: " + e.getMessage());
        }
      }
    }

    private static SkippedFile last(LoadedImages images) {
      return images.skipped().get(images.skipped().size() - 1);
    }
  }

  @Test
  void namesAreRepeatedInPart() throws IOException {
    String longest = "dogs/" + "n".repeat(4_000) + "/1.png";
    byte[] bytes = longest.getBytes(ISO_8859_1);
    Path tar =
        tar(
            "names",
            joined(TarGrammar.header("L", bytes.length, 'L', "ustar  \0"), bytes),
            entry("none", "no picture".getBytes(ISO_8859_1)),
            joined(
                TarGrammar.header("L", 9_000, 'L', "ustar  \0"),
                "x".repeat(9_000).getBytes(ISO_8859_1)),
            entry("none", picture),
            joined(TarGrammar.header("K", bytes.length, 'K', "ustar  \0"), bytes),
            TarGrammar.header("link", 0, '2', "ustar  \0"));

    LoadedImages images = ImageFiles.from(tar).resize(4, 4).load();

    assertThat(images.size()).isEqualTo(2);
    assertThat(images.skipped()).hasSize(3);
    assertThat(images.skipped().get(0).file())
        .startsWith("dogs/nnn")
        .contains("n...n")
        .endsWith("nnn/1.png")
        .hasSizeBetween(190, 200);
    assertThat(images.skipped().get(1).file()).hasSizeLessThanOrEqualTo(200);
    assertThat(images.skipped().get(1).reason())
        .isEqualTo("has a name of 9000 characters, and no file has more than 4096");
    assertThat(images.skipped().get(2).reason())
        .startsWith("is a link to dogs/nnn")
        .hasSizeLessThan(220);
  }

  @Test
  void aLongNameIsAName() throws IOException {
    String name = "dogs/" + "n".repeat(1_000) + "/1.png";
    byte[] bytes = name.getBytes(ISO_8859_1);
    Path tar =
        tar(
            "long",
            joined(TarGrammar.header("L", bytes.length, 'L', "ustar  \0"), bytes),
            entry("none", picture));

    LoadedImages images = ImageFiles.from(tar).resize(4, 4).load();

    assertThat(images.size()).isEqualTo(3);
    assertThat(images.classNames()).containsExactly("n".repeat(1_000), "pug");
  }
}
