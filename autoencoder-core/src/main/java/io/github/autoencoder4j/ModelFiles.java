package io.github.autoencoder4j;

import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.files.AtomicFile;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.internal.model.ContainerReader;
import io.github.autoencoder4j.internal.model.Model;
import io.github.autoencoder4j.internal.model.ModelFile;
import io.github.autoencoder4j.internal.model.ModelReading;
import io.github.autoencoder4j.internal.onednn.JavaCpp;
import io.github.autoencoder4j.internal.training.CheckpointFolder;
import io.github.autoencoder4j.model.ModelDescription;
import io.github.autoencoder4j.model.Saving;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;

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
    return explained(() -> ModelReading.of(file, ModelFiles::model));
  }

  static LiveModel load(InputStream in) {
    return explained(() -> ModelReading.of(in, ModelFiles::model));
  }

  private static LiveModel model(ContainerReader reader) throws IOException {
    return new LiveModel(ModelFile.read(reader, Engine::blank));
  }

  private static <T> T explained(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (OutOfMemoryError e) {
      throw JavaCpp.explained(e);
    }
  }

  static ModelDescription inspect(Path file) {
    return explained(() -> ModelReading.of(file, ModelFile::inspect));
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
