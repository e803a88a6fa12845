package io.github.autoencoder4j.internal.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads which entries a container has. Every byte that is not theirs follows from them, which is
 * demanded, and no size that the file states is believed before it was held against its length.
 */
final class StoredEntries {

  private StoredEntries() {}

  /** All of them, in the order of the file; at least two. */
  static List<StoredEntry> read(UntrustedFile file) throws IOException {
    long size = file.size();
    if (size < StoredEntry.END_RECORD || size > ContainerFormat.MAX_FILE) {
      throw file.unreadable(
          0,
          String.format(Locale.ROOT, "there are %,d bytes, too few or too many for a model", size));
    }
    long endOffset = size - StoredEntry.END_RECORD;
    ByteBuffer end = file.read(endOffset, StoredEntry.END_RECORD);
    int count = Short.toUnsignedInt(end.getShort(10));
    long directorySize = Integer.toUnsignedLong(end.getInt(12));
    long directory = Integer.toUnsignedLong(end.getInt(16));
    file.requireBytes(endOffset, end, StoredEntry.endRecord(count, directorySize, directory));
    if (directory + directorySize != endOffset
        || count < 2
        || count > ContainerFormat.MAX_ENTRIES
        || directorySize > (long) count * (StoredEntry.CENTRAL_HEADER + ContainerFormat.MAX_NAME)) {
      throw file.unreadable(
          endOffset,
          String.format(
              Locale.ROOT,
              "the end of the zip speaks of %,d bytes for %d entries at byte %,d, which are not there",
              directorySize,
              count,
              directory));
    }
    ByteBuffer headers = file.read(directory, (int) directorySize);
    List<StoredEntry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    long next = 0;
    for (int i = 0; i < count; i++) {
      StoredEntry entry = entry(file, headers, directory, next);
      if (!names.add(entry.name())) {
        throw file.unreadable(entry.offset(), "there is a second entry " + entry.name());
      }
      if (entry.end() > directory) {
        throw file.unreadable(
            entry.offset(), "entry %s would reach past the end".formatted(entry.name()));
      }
      byte[] local = entry.localHeader();
      file.requireBytes(entry.offset(), file.read(entry.offset(), local.length), local);
      next = entry.end();
      entries.add(entry);
    }
    if (headers.hasRemaining() || next != directory) {
      throw file.unreadable(next, "there is something that belongs to no entry");
    }
    return entries;
  }

  /** Takes one header off {@code headers}, for an entry that must begin at {@code offset}. */
  private static StoredEntry entry(
      UntrustedFile file, ByteBuffer headers, long directory, long offset) {
    int start = headers.position();
    long place = directory + start;
    if (headers.remaining() < StoredEntry.CENTRAL_HEADER) {
      throw file.unreadable(place, "the directory of the zip ends too early");
    }
    int length = Short.toUnsignedInt(headers.getShort(start + 28));
    if (length > headers.remaining() - StoredEntry.CENTRAL_HEADER) {
      throw file.unreadable(place, "the directory of the zip ends too early");
    }
    String name =
        StandardCharsets.ISO_8859_1
            .decode(headers.slice(start + StoredEntry.CENTRAL_HEADER, length))
            .toString();
    if (!ContainerFormat.isDocumentName(name)) {
      throw file.unreadable(
          place + StoredEntry.CENTRAL_HEADER, "an entry has a name that none of a model has");
    }
    StoredEntry entry =
        new StoredEntry(
            name,
            Integer.toUnsignedLong(headers.getInt(start + 24)),
            headers.getInt(start + 16),
            offset);
    byte[] expected = entry.centralHeader();
    file.requireBytes(place, headers.slice(start, expected.length), expected);
    headers.position(start + expected.length);
    return entry;
  }
}
