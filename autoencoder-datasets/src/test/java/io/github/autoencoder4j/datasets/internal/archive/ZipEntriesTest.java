package io.github.autoencoder4j.datasets.internal.archive;

import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.files;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.plain;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.png;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import io.github.autoencoder4j.datasets.ImageFiles;
import io.github.autoencoder4j.datasets.LoadedImages;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Zips of which one entry is out of the ordinary, between two that are not. */
class ZipEntriesTest {

  private static final byte[] PICTURE = png(plain(8, 8, 0xFF0000));
  private static final String ODD = "odd/it.png";
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int LATER = 1 << 3;

  @TempDir Path folder;

  private static ZipArchiveEntry entry(int method, byte[] packed) {
    ZipArchiveEntry entry = new ZipArchiveEntry(ODD);
    CRC32 crc = new CRC32();
    crc.update(PICTURE);
    entry.setMethod(method);
    entry.setSize(PICTURE.length);
    entry.setCompressedSize(packed.length);
    entry.setCrc(crc.getValue());
    return entry;
  }

  private static byte[] zip(ZipArchiveEntry odd, byte[] packed) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      add(zip, "pug/1.png");
      zip.addRawArchiveEntry(odd, new ByteArrayInputStream(packed));
      add(zip, "pug/2.png");
    }
    return bytes.toByteArray();
  }

  private static void add(ZipArchiveOutputStream zip, String name) throws IOException {
    zip.putArchiveEntry(new ZipArchiveEntry(name));
    zip.write(PICTURE);
    zip.closeArchiveEntry();
  }

  private static byte[] stored() throws IOException {
    return zip(entry(ZipMethod.STORED.getCode(), PICTURE), PICTURE);
  }

  /** The header of the odd entry, to be changed in place. */
  private static ByteBuffer header(byte[] zip, int signature, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; ; at++) {
      if (bytes.getInt(at) == signature
          && new String(zip, at + length, ODD.length(), US_ASCII).equals(ODD)) {
        return ByteBuffer.wrap(zip, at, length).slice().order(ByteOrder.LITTLE_ENDIAN);
      }
    }
  }

  private static ByteBuffer local(byte[] zip) {
    return header(zip, LOCAL, 30);
  }

  private static ByteBuffer central(byte[] zip) {
    return header(zip, CENTRAL, 46);
  }

  private static void setMethod(byte[] zip, int method) {
    local(zip).putShort(8, (short) method);
    central(zip).putShort(10, (short) method);
  }

  private static byte[] packed(OutputStream packer, ByteArrayOutputStream packed)
      throws IOException {
    try (packer) {
      packer.write(PICTURE);
    }
    return packed.toByteArray();
  }

  private LoadedImages load(byte[] zip) throws IOException {
    Path archive = folder.resolve("dogs.zip");
    Files.write(archive, zip);
    return ImageFiles.from(archive).resize(2, 2).load();
  }

  private void assertRead(byte[] zip) throws IOException {
    LoadedImages images = load(zip);
    assertThat(images.skipped()).isEmpty();
    assertThat(images.classNames()).containsExactly("odd", "pug");
    assertThat(images.labels()).containsExactly(1, 0, 1);
    assertThat(images.get(1)[0]).isEqualTo(1f);
  }

  private void assertLeftOut(byte[] zip, String reason) throws IOException {
    LoadedImages images = load(zip);
    assertThat(images.classNames()).containsExactly("pug");
    assertThat(images.size()).isEqualTo(2);
    assertThat(files(images.skipped())).containsExactly(ODD);
    assertThat(images.skipped().get(0).reason()).contains(reason);
  }

  @Test
  void bzip2IsRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] packed = packed(new BZip2CompressorOutputStream(bytes), bytes);
    assertRead(zip(entry(ZipMethod.BZIP2.getCode(), packed), packed));
  }

  @Test
  void deflate64IsRead() throws IOException {
    // Without repetitions both formats are the same.
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setStrategy(Deflater.HUFFMAN_ONLY);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] packed = packed(new DeflaterOutputStream(bytes, deflater), bytes);
    deflater.end();
    assertRead(zip(entry(ZipMethod.ENHANCED_DEFLATED.getCode(), packed), packed));
  }

  @ParameterizedTest
  @CsvSource({
    "14, method 14 (LZMA)",
    "95, method 95 (XZ)",
    "98, method 98 (PPMD)",
    "93, method 93",
    "77, method 77",
    "65535, method 65535",
  })
  void otherMethodsAreLeftOut(int method, String reason) throws IOException {
    byte[] zip = stored();
    setMethod(zip, method);
    assertLeftOut(zip, reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1 | (1 << 6), 1 | LATER})
  void whatIsEncryptedIsLeftOut(int flags) throws IOException {
    byte[] zip = stored();
    local(zip).putShort(6, (short) flags);
    central(zip).putShort(8, (short) flags);
    assertLeftOut(zip, "is encrypted");

    setMethod(zip, 99); // AES
    assertLeftOut(zip, "is encrypted");
  }

  @Test
  void oneThatCannotBeReadGivesItsNameAway() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      zip.addRawArchiveEntry(
          entry(ZipMethod.STORED.getCode(), PICTURE), new ByteArrayInputStream(PICTURE));
      add(zip, "odd/at.png");
    }
    byte[] zip = bytes.toByteArray();
    setMethod(zip, 14);
    // Nobody writes a name twice who is not forced to.
    String twice = new String(zip, ISO_8859_1).replace("odd/at.png", ODD);

    LoadedImages images = load(twice.getBytes(ISO_8859_1));

    assertThat(images.size()).isEqualTo(1);
    assertThat(images.skipped()).hasSize(1);
    assertThat(images.skipped().get(0).reason()).contains("LZMA");
  }

  /** Without a directory files have to be read through, as far as anybody would. */
  @Test
  void aBombWithoutADirectoryEndsTheReading() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      add(zip, "pug/1.png");
      zip.putArchiveEntry(new ZipArchiveEntry("pug/zeros.png"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 260; i++) {
        zip.write(zeros);
      }
      zip.closeArchiveEntry();
      add(zip, "pug/never.png");
    }
    byte[] zip = bytes.toByteArray();

    LoadedImages images = load(Arrays.copyOf(zip, zip.length - 10));

    assertThat(images.size()).isEqualTo(1);
    assertThat(images.skipped().toString())
        .contains("100 times its size", "dogs.zip from pug/zeros.png on");
  }

  @Test
  void aWrongChecksumOrSizeIsDamage() throws IOException {
    ZipArchiveEntry crc = entry(ZipMethod.STORED.getCode(), PICTURE);
    crc.setCrc(crc.getCrc() ^ 1);
    assertLeftOut(zip(crc, PICTURE), "checksum");

    ZipArchiveEntry size = entry(ZipMethod.STORED.getCode(), PICTURE);
    size.setSize(PICTURE.length + 1);
    assertLeftOut(zip(size, PICTURE), "size");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 12, 6, 1})
  void noiseInPlaceOfPackedDataIsDamage(int method) throws IOException {
    byte[] noise = new byte[200];
    new Random(method).nextBytes(noise);
    assertLeftOut(zip(entry(method, noise), noise), "");
  }

  @Test
  void aPlaceThatIsNoneLosesNoOther() throws IOException {
    byte[] zip = stored();
    central(zip).putInt(42, 3);
    assertLeftOut(zip, "");
    central(zip).putInt(20, 1 << 30);
    assertLeftOut(zip, "");
  }

  @Test
  void sizesMayFollowTheDataOfAStoredEntry() throws IOException {
    byte[] zip = stored();
    local(zip).putShort(6, (short) LATER).putInt(14, 0).putInt(18, 0).putInt(22, 0);
    central(zip).putShort(8, (short) LATER);
    assertRead(zip);
  }

  @Test
  void zip64IsRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      zip.setUseZip64(Zip64Mode.Always);
      add(zip, "pug/1.png");
      add(zip, ODD);
      add(zip, "pug/2.png");
    }
    assertRead(bytes.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"#!/bin/sh\nexit 1\n", "MZ program", "PK\7\b", "PK00"})
  void aProgramBeforeTheZipIsPassedOver(String program) throws IOException {
    assertRead(Bytes.concat(program.getBytes(ISO_8859_1), stored()));
  }

  @Test
  void aCommentAfterTheZipIsPassedOver() throws IOException {
    byte[] zip = stored();
    ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putShort(zip.length - 2, (short) 40_000);
    assertRead(Bytes.concat(zip, new byte[40_000]));
  }

  @Test
  void aPartOfASplitZipSaysSo() throws IOException {
    Path last = folder.resolve("split.zip");
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(last, 1 << 16)) {
      add(zip, "pug/1.png");
      zip.putArchiveEntry(new ZipArchiveEntry("pug/noise.png"));
      zip.write(noise);
      zip.closeArchiveEntry();
    }
    for (Path part : new Path[] {last, folder.resolve("split.z01")}) {
      assertThatThrownBy(() -> ImageFiles.from(part).load())
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining(part.toString())
          .hasMessageContaining("part of a split archive");
    }
  }

  @Test
  void foldersAreToldByNameOrByFlag() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      for (String name : new String[] {"plain/", "windows\\", "flagged", "unix"}) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        if (name.equals("flagged")) {
          entry.setExternalAttributes(0x10);
        } else if (name.equals("unix")) {
          entry.setUnixMode(UnixStat.DIR_FLAG | 0755);
        }
        zip.putArchiveEntry(entry);
        zip.closeArchiveEntry();
      }
      ZipArchiveEntry picture = new ZipArchiveEntry("pug/picture.png");
      picture.setExternalAttributes(0x10);
      zip.putArchiveEntry(picture);
      zip.write(PICTURE);
      zip.closeArchiveEntry();
      zip.putArchiveEntry(new ZipArchiveEntry("pug/empty.png"));
      zip.closeArchiveEntry();
    }

    LoadedImages images = load(bytes.toByteArray());

    assertThat(images.size()).isEqualTo(1);
    assertThat(files(images.skipped())).containsExactly("pug/empty.png");
  }

  @Test
  void anEntryBehindTheDirectoryLosesNoOther() throws IOException {
    byte[] zip = stored();
    central(zip).putInt(42, zip.length);
    LoadedImages images = load(zip);
    assertThat(images.size()).isEqualTo(3);
    assertThat(images.skipped().toString()).contains("directory of the archive is damaged");
  }

  @Test
  void whatComesBeforeACutIsKept() throws IOException {
    byte[] zip = stored();
    for (int cut : new int[] {10, 60, 220}) {
      LoadedImages images = load(Arrays.copyOf(zip, zip.length - cut));
      assertThat(images.size()).isBetween(2, 3);
      assertThat(images.skipped().toString()).contains("dogs.zip beyond", "is cut off");
    }
    byte[] bits = zip.clone();
    Arrays.fill(bits, 100, zip.length, (byte) 'x');
    assertThatThrownBy(() -> load(bits))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("dogs.zip");
  }
}
