package io.github.autoencoder4j.internal.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.training.Training;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A model file taken apart, to be put together as no writer of ours would. */
public final class RawModel {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  /** The smallest model there is, trained for two steps. */
  public static Autoencoder small() {
    Autoencoder autoencoder = Autoencoder.dense().input(2, 2).hidden().bottleneck(1).build();
    autoencoder.fit(TinyData.rows(4, 4), Training.epochs(1).batchSize(2));
    return autoencoder;
  }

  public static RawModel of(Path file) throws IOException {
    return of(Files.readAllBytes(file));
  }

  public static RawModel of(byte[] file) throws IOException {
    RawModel model = new RawModel();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        model.entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return model;
  }

  /** Another one with the same contents. */
  public RawModel copy() {
    RawModel copy = new RawModel();
    copy.entries.putAll(entries);
    return copy;
  }

  public byte[] content(String name) {
    return entries.get(name).clone();
  }

  /** Replaces an entry, which stays at its place. */
  public RawModel content(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  /** Replaces a document and its digest in the manifest: {@link #seal()} for one, only faster. */
  public RawModel document(String name, byte[] content) {
    String before = sha256(entries.get(name));
    entries.put(name, content);
    return text("manifest.json", text("manifest.json").replace(before, sha256(content)));
  }

  public String text(String name) {
    return new String(entries.get(name), StandardCharsets.UTF_8);
  }

  public RawModel text(String name, String text) {
    entries.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Puts an entry before the manifest. */
  public RawModel add(String name, byte[] content) {
    byte[] manifest = entries.remove("manifest.json");
    byte[] tensors = entries.remove("tensors.bin");
    entries.put(name, content);
    entries.put("manifest.json", manifest);
    entries.put("tensors.bin", tensors);
    return this;
  }

  public RawModel remove(String name) {
    entries.remove(name);
    return this;
  }

  public ObjectNode json(String name) throws IOException {
    return (ObjectNode) MAPPER.readTree(entries.get(name));
  }

  public RawModel json(String name, ObjectNode json) {
    return text(name, json.toString());
  }

  public RawModel edit(String name, Consumer<ObjectNode> change) throws IOException {
    ObjectNode json = json(name);
    change.accept(json);
    return json(name, json);
  }

  /** The line of the manifest on a tensor. */
  public static ObjectNode line(ObjectNode manifest, String tensor) {
    for (JsonNode line : manifest.get("tensors")) {
      if (line.get("name").textValue().equals(tensor)) {
        return (ObjectNode) line;
      }
    }
    throw new AssertionError("no tensor " + tensor);
  }

  /** Sets one number of a tensor of 32-bit floats. */
  public RawModel set(String tensor, int index, float value) throws IOException {
    int offset = line(json("manifest.json"), tensor).get("offset").intValue();
    bytes("tensors.bin").putFloat(offset + 4 * index, value);
    return this;
  }

  private ByteBuffer bytes(String name) {
    return ByteBuffer.wrap(entries.get(name)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Makes the manifest right for what documents and tensors hold now. */
  public RawModel seal() throws IOException {
    return edit(
        "manifest.json",
        manifest -> {
          ObjectNode digests = manifest.putObject("documents");
          entries.forEach(
              (name, content) -> {
                if (!name.equals("manifest.json") && !name.equals("tensors.bin")) {
                  digests.put(name, sha256(content));
                }
              });
          byte[] tensors = entries.get("tensors.bin");
          List<Integer> offsets = new ArrayList<>();
          manifest.get("tensors").forEach(line -> offsets.add(line.get("offset").intValue()));
          offsets.add(tensors.length);
          for (int i = 0; i < offsets.size() - 1; i++) {
            ((ObjectNode) manifest.get("tensors").get(i))
                .put(
                    "sha256",
                    sha256(Arrays.copyOfRange(tensors, offsets.get(i), offsets.get(i + 1))));
          }
        });
  }

  public static String sha256(byte[] content) {
    return ContainerWriter.hexadecimal(ContainerFormat.sha256().digest(content));
  }

  /** The headers, to be tampered with. */
  List<StoredEntry> headers() {
    List<StoredEntry> headers = new ArrayList<>();
    long offset = 0;
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      CRC32 crc = new CRC32();
      crc.update(entry.getValue());
      StoredEntry header =
          new StoredEntry(entry.getKey(), entry.getValue().length, (int) crc.getValue(), offset);
      headers.add(header);
      offset = header.end();
    }
    return headers;
  }

  public byte[] zip() throws IOException {
    return zip(headers());
  }

  /** Writes contents one after the other under headers that may lie. */
  byte[] zip(List<StoredEntry> headers) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int i = 0;
    for (byte[] content : entries.values()) {
      out.write(headers.get(i++).localHeader());
      out.write(content);
    }
    int directory = out.size();
    for (StoredEntry header : headers) {
      out.write(header.centralHeader());
    }
    out.write(StoredEntry.endRecord(headers.size(), out.size() - directory, directory));
    return out.toByteArray();
  }
}
