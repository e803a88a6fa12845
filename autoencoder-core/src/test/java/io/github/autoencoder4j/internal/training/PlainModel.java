package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.model.ContainerReader;
import io.github.autoencoder4j.internal.model.ContainerWriter;
import io.github.autoencoder4j.internal.model.TensorInfo;
import io.github.autoencoder4j.internal.model.TensorType;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;

/** A model that says nothing of itself in files but its weights. */
final class PlainModel implements ModelPart {

  @Override
  public ContainerWriter write(Engine engine) {
    FloatBuffer weights = engine.store().parameterMemory();
    return new ContainerWriter().tensor("weights", List.of(weights.remaining()), weights);
  }

  @Override
  public float[] read(ContainerReader file) throws IOException {
    TensorInfo weights = file.tensor("weights", TensorType.FLOAT32);
    float[] values = new float[weights.count()];
    file.read(weights, FloatBuffer.wrap(values));
    return values;
  }
}
