package io.github.autoencoder4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.internal.inference.Models;
import io.github.autoencoder4j.runtime.Decoder;
import io.github.autoencoder4j.runtime.Encoder;
import io.github.autoencoder4j.testing.FuzzInputs;
import io.github.autoencoder4j.testing.FuzzTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Models as a sender and a receiver load and use them, in plain Java. */
final class RuntimeTarget implements FuzzTarget {

  private static final Path FILE = FuzzInputs.file();

  private final ModelInputs inputs = new ModelInputs();
  private byte[] file = {};

  RuntimeTarget() throws IOException {}

  @Override
  public List<byte[]> seeds() {
    return inputs.seeds();
  }

  @Override
  public long prepare(byte[] input) throws IOException {
    file = inputs.file(input);
    Files.write(FILE, file);
    return FuzzInputs.isBuilt(input) ? file.length : input.length;
  }

  @Override
  public void read(byte[] input, boolean thorough) {
    System.setProperty(Models.PROPERTY, "plain");
    try {
      boolean encodes = encodes();
      boolean decodes = decodes();
      if (inputs.isForged(input)) {
        assertThat(encodes || decodes).as("only a file that was saved loads").isFalse();
      }
    } finally {
      System.clearProperty(Models.PROPERTY);
    }
  }

  /** Whether the file has an encoder, which then encodes a sample. */
  private boolean encodes() {
    try (Encoder encoder = Encoder.load(FILE)) {
      assertThat(encoder.runsOn()).startsWith("plain Java");
      float[] sample = new float[encoder.inputShape().size()];
      float[] code = new float[encoder.latentShape().size()];
      List<String> classes = encoder.classes();
      if (classes.isEmpty()) {
        encoder.encode(sample, code);
      } else {
        code = encoder.encode(new float[][] {sample}, classes.subList(0, 1))[0];
      }
      assertThat(code).hasSize(encoder.latentShape().size());
      return true;
    } catch (UnreadableModelException e) {
      ModelFiles.check(e, FILE, file.length);
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("holds the decoder only");
    }
    return false;
  }

  /** Whether the file has a decoder, which then decodes a code. */
  private boolean decodes() {
    try (Decoder decoder = Decoder.load(FILE)) {
      float[] code = new float[decoder.latentShape().size()];
      Arrays.fill(code, 0.25f);
      float[] sample = new float[decoder.outputShape().size()];
      List<String> classes = decoder.classes();
      if (classes.isEmpty()) {
        decoder.decode(code, sample);
      } else {
        sample = decoder.decode(new float[][] {code}, classes.get(0))[0];
      }
      assertThat(sample).hasSize(decoder.outputShape().size());
      return true;
    } catch (UnreadableModelException e) {
      ModelFiles.check(e, FILE, file.length);
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("holds the encoder only");
    }
    return false;
  }
}
