package io.github.autoencoder4j.examples.runner;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;

/** Where a run took place, so that its figures can be judged and repeated. */
final class Environment {

  private Environment() {}

  static Map<String, Object> describe(long seed, @Nullable Integer seeds, boolean quick) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("seed", seed);
    if (seeds != null) {
      facts.put("seeds", seeds);
    }
    facts.put("quick", quick);
    facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("heap_mb", Runtime.getRuntime().maxMemory() >> 20);
    facts.put("omp_wait_policy", System.getenv().getOrDefault("OMP_WAIT_POLICY", "default"));
    facts.put("nd4j", nd4jVersion());
    return facts;
  }

  private static String nd4jVersion() {
    String record = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";
    try (InputStream in = Nd4j.class.getResourceAsStream(record)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
