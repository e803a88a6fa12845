package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.exception.UnreadableModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.MLReader;

/** Reads what {@link ModelWriter} wrote. */
final class ModelReader extends MLReader<AutoencoderModel> {

  /** Spark's reader of parameters. */
  private static final class Parameters implements DefaultParamsReadable<AutoencoderModel> {}

  @Override
  public AutoencoderModel load(String path) {
    AutoencoderModel parameters = new Parameters().read().load(path);
    return parameters.copyValues(
        new AutoencoderModel(parameters.uid(), model(path, sc().hadoopConfiguration()), null),
        new ParamMap());
  }

  /** Reads the model file of a folder. */
  static ModelBytes model(String path, Configuration hadoop) {
    Path file = new Path(path, ModelWriter.FILE);
    byte[] bytes;
    try {
      FileSystem system = file.getFileSystem(hadoop);
      try (InputStream in = system.open(file)) {
        bytes = in.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the model in %s cannot be read: %s".formatted(path, e), e);
    }
    ModelBytes model = new ModelBytes(bytes);
    // A damaged one should fail here, not on the executors.
    try {
      model.load().close();
    } catch (UnreadableModelException e) {
      throw new UnreadableModelException(
          java.nio.file.Path.of(file.toString()), e.offset(), e.reason());
    }
    return model;
  }
}
