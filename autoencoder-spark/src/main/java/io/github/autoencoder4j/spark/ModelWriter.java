package io.github.autoencoder4j.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.MLWriter;

/** Writes a folder: Spark's own description of the parameters, and beside it one model file. */
final class ModelWriter extends MLWriter {

  /** What the model file is called. */
  static final String FILE = "model.aemodel";

  private final ModelBytes model;
  private final MLWriter parameters;

  ModelWriter(ModelBytes model, MLWriter parameters) {
    this.model = model;
    this.parameters = parameters;
  }

  @Override
  public void saveImpl(String path) {
    try {
      parameters.save(path);
      Path file = new Path(path, FILE);
      FileSystem system = file.getFileSystem(sc().hadoopConfiguration());
      try (OutputStream out = system.create(file, true)) {
        out.write(model.bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the model could not be written into %s: %s".formatted(path, e), e);
    }
  }
}
