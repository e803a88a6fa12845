package io.github.autoencoder4j.datasets.internal.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.autoencoder4j.datasets.internal.items.Item;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipExtraField;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the names in one archive, most of which do not say what charset they are of: that which the
 * user names, else UTF-8, and Latin-1 for what is not valid in it, since there any bytes are a name
 * and no two become the same.
 */
final class EntryNames {

  private static final Logger log = LoggerFactory.getLogger(EntryNames.class);

  private final Path archive;
  private final @Nullable Charset charset;
  private boolean warned;

  /**
   * Starts on an archive.
   *
   * @param charset of names that are not marked as UTF-8; null if nobody knows
   */
  EntryNames(Path archive, @Nullable Charset charset) {
    this.archive = archive;
    this.charset = charset;
  }

  /** The path of an entry, with {@code /} between names even if Windows wrote it otherwise. */
  String of(ZipArchiveEntry entry) {
    byte[] raw = entry.getRawName();
    byte[] unicode = unicodeName(entry, raw);
    boolean marked = unicode != null || entry.getGeneralPurposeBit().usesUTF8ForNames();
    String name = decoded(unicode == null ? raw : unicode, marked ? UTF_8 : charset());
    return name == null ? pairs(guessed(raw)) : name.replace('\\', '/');
  }

  /**
   * The path of an entry. A backslash is a character like any other here.
   *
   * @param entry of an archive that was opened with Latin-1
   */
  String of(TarArchiveEntry entry) {
    String name = entry.getName();
    if (name.length() > ArchiveGuard.LONGEST_NAME) {
      return name; // which is left out whatever it says
    }
    if (!ISO_8859_1.newEncoder().canEncode(name)) {
      return name; // from a header of Unicode
    }
    byte[] raw = name.getBytes(ISO_8859_1);
    String decoded = decoded(raw, charset());
    return decoded == null ? guessed(raw) : decoded;
  }

  private Charset charset() {
    return charset == null ? UTF_8 : charset;
  }

  /** What Info-ZIP adds to a name that is not UTF-8, unless the name was changed since. */
  private static byte @Nullable [] unicodeName(ZipArchiveEntry entry, byte[] raw) {
    ZipExtraField field = entry.getExtraField(UnicodePathExtraField.UPATH_ID);
    if (field instanceof UnicodePathExtraField path) {
      CRC32 crc = new CRC32();
      crc.update(raw);
      return crc.getValue() == path.getNameCRC32() ? path.getUnicodeName() : null;
    }
    return null;
  }

  private static @Nullable String decoded(byte[] name, Charset charset) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private String guessed(byte[] raw) {
    String name = new String(raw, ISO_8859_1);
    if (!warned) {
      warned = true;
      log.warn(
          "names in {}, such as {}, are not {} and were read as Latin-1; name their charset with"
              + " archiveNames(Charset)",
          archive,
          Item.excerpt(name),
          charset());
    }
    return name;
  }

  /** In Shift-JIS and GBK the second half of a character may be the byte of a backslash. */
  private static String pairs(String name) {
    StringBuilder path = new StringBuilder(name);
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) > 0x80) {
        i++;
      } else if (path.charAt(i) == '\\') {
        path.setCharAt(i, '/');
      }
    }
    return path.toString();
  }
}
