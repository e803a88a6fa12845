package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.internal.compute.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The build of ND4J that computes, as the provenance of a model tells it. */
final class NativeBuild {

  private static final Logger LOG = LoggerFactory.getLogger(NativeBuild.class);

  private NativeBuild() {}

  /** Its version and its backend, such as {@code 1.0.0-M2.1, CpuBackend}. */
  static Backend backend() {
    String version = "unknown";
    try (InputStream in =
        Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
      if (in != null) {
        Properties properties = new Properties();
        properties.load(in);
        version = properties.getProperty("version", version);
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("the version of ND4J is not known", e);
    }
    return new Backend(
        version + ", " + Nd4j.getBackend().getClass().getSimpleName(),
        Nd4j.getEnvironment().maxThreads());
  }
}
