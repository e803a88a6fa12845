package io.github.autoencoder4j;

import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.files.AtomicFile;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.internal.files.Uninterrupted;
import io.github.autoencoder4j.internal.model.ContainerReader;
import io.github.autoencoder4j.internal.model.Model;
import io.github.autoencoder4j.internal.model.ModelFile;
import io.github.autoencoder4j.internal.model.ModelStream;
import io.github.autoencoder4j.internal.onednn.JavaCpp;
import io.github.autoencoder4j.internal.training.CheckpointFolder;
import io.github.autoencoder4j.model.ModelDescription;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.model.Saving;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** Models on their way to files and back, and what is said where a file cannot be used. */
final class ModelFiles {

  private ModelFiles() {}

  /** A folder of checkpoints stands for the newest of them that is whole. */
  static LiveModel load(Path file) {
    if (Files.isDirectory(file)) {
      // None of them is a folder in its turn, which might be this one again.
      return CheckpointFolder.newest(file, ModelFiles::loadFile);
    }
    return loadFile(file);
  }

  private static LiveModel loadFile(Path file) {
    try {
      return new LiveModel(read(file, ModelFiles::model));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** What is read from an open file. */
  @FunctionalInterface
  private interface Content<T> {
    T of(ContainerReader reader) throws IOException;
  }

  private static <T> T read(Path file, Content<T> content) throws IOException {
    try {
      return Uninterrupted.read(
          () -> {
            try (ContainerReader reader = ContainerReader.open(file)) {
              return content.of(reader);
            }
          });
    } catch (OutOfMemoryError e) {
      throw JavaCpp.explained(e);
    }
  }

  private static Model<Engine> model(ContainerReader reader) throws IOException {
    return ModelFile.read(reader, Engine::blank);
  }

  static LiveModel load(InputStream in) {
    try (ModelStream file = ModelStream.of(Objects.requireNonNull(in, "in"))) {
      return new LiveModel(read(file.path(), ModelFiles::model));
    } catch (UnreadableModelException e) {
      throw new UnreadableModelException(ModelStream.NAME, e.offset(), e.reason());
    } catch (IOException e) {
      throw new UncheckedIOException("the model cannot be read from its stream: " + e, e);
    }
  }

  /** The same model, if a half is in it. */
  static LiveModel half(LiveModel loaded, Part half) {
    try {
      loaded.requirePart(half);
      return loaded;
    } catch (IllegalStateException e) {
      loaded.close();
      throw e;
    }
  }

  static ModelDescription inspect(Path file) {
    try {
      return read(file, ModelFile::inspect);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static UncheckedIOException unreadable(Path file, IOException e) {
    return new UncheckedIOException(
        e instanceof NoSuchFileException
            ? "there is no model file %s (looked for at %s)".formatted(file, file.toAbsolutePath())
            : "the model %s cannot be read: %s".formatted(file, e),
        e);
  }

  static void save(LiveModel live, Path file, Saving saving, Disk disk) {
    Objects.requireNonNull(file, "file");
    live.requireTrained(saving.part());
    AtomicFile.requireFolder("the model", file);
    live.save(saving, model -> write(model, file, saving, disk));
  }

  static void save(LiveModel live, OutputStream out, Saving saving) {
    Objects.requireNonNull(out, "out");
    live.requireTrained(saving.part());
    live.save(saving, model -> write(model, out, saving));
  }

  private static void write(Model<Engine> model, OutputStream out, Saving saving) {
    try {
      ModelFile.write(model, saving).writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("the model could not be written to its stream: " + e, e);
    }
  }

  /** A model in memory, trained or not. */
  static byte[] bytes(Model<Engine> model) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(model, out, Saving.whole());
    return out.toByteArray();
  }

  private static void write(Model<Engine> model, Path file, Saving saving, Disk disk) {
    try {
      AtomicFile.write(file, disk, ModelFile.write(model, saving)::writeTo);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the model could not be saved as %s (%s); a file that was there before is unharmed"
              .formatted(file, e),
          e);
    }
  }
}
