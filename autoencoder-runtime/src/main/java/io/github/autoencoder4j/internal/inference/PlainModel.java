package io.github.autoencoder4j.internal.inference;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.internal.plain.PlainNetwork;
import io.github.autoencoder4j.model.Part;
import java.util.function.Function;

/** A model that runs in plain Java, and stays as it is. */
final class PlainModel implements LoadedModel {

  private final PlainNetwork network;
  private final Part part;
  private final Inference inference;
  private volatile boolean closed;

  PlainModel(PlainNetwork network, Part part) {
    this.network = network;
    this.part = part;
    this.inference = new Inference(network);
  }

  private Inference open(Part needed) {
    Parts.require(part, needed);
    if (closed) {
      throw new IllegalStateException("this model was closed; load it again from its file");
    }
    return inference;
  }

  @Override
  public <T> T infer(Part needed, Function<Inference, T> question) {
    return question.apply(open(needed));
  }

  @Override
  public void encode(float[] sample, float[] code) {
    open(Part.ENCODER).encode(sample, code);
  }

  @Override
  public void decode(float[] code, float[] sample) {
    open(Part.DECODER).decode(code, sample);
  }

  @Override
  public Architecture requireArchitecture() {
    return network.spec().architecture();
  }

  @Override
  public ValueRange range(ImageShape shape) {
    return network.spec().output().range();
  }

  @Override
  public String runsOn() {
    return "%s, at most %s threads"
        .formatted(network.backend().name(), network.backend().threads());
  }

  @Override
  public void close() {
    closed = true;
  }
}
