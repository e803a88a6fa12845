package io.github.autoencoder4j.benchmarks;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the figures come from. */
final class Machine {

  /** What native libraries and the JVM listen to. */
  private static final Pattern VARIABLES =
      Pattern.compile(
          "(OMP|GOMP|KMP|MKL|OPENBLAS|DNNL|ONEDNN|ATEN|ND4J|SD)_.*|JAVA_OPTS|JAVA_TOOL_OPTIONS");

  private static final Pattern LIBRARIES =
      Pattern.compile(
          "(nd4j-native|deeplearning4j-nn|openblas|dnnl|api|pytorch-native-cpu)-[0-9].*\\.jar");

  private Machine() {}

  static Map<String, Object> describe() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("cpu", cpu());
    facts.put("instruction_set", instructionSet());
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    facts.put("jvm_options", jvmOptions());
    facts.put("libraries", libraries());
    facts.put("environment", environment());
    facts.put(
        "load_average_at_start",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    return facts;
  }

  /** Those of this JVM, which the workers get too. */
  static List<String> jvmOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  /** In a line, as a table of figures is headed. */
  static String summary() {
    return "%s, %s, %s cores, Java %s"
        .formatted(
            cpu(),
            instructionSet(),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().feature());
  }

  private static String cpu() {
    return cpuInfo("model name").orElse(System.getProperty("os.arch"));
  }

  /** The widest vectors of 32-bit numbers that the processor has, on which most figures depend. */
  private static String instructionSet() {
    List<String> flags =
        Splitter.on(' ').splitToList(cpuInfo("flags").or(() -> cpuInfo("Features")).orElse(""));
    return Stream.of("avx512f", "avx2", "avx", "sve", "asimd")
        .filter(flags::contains)
        .findFirst()
        .orElse("unknown");
  }

  /** What Linux says of the first processor. */
  private static Optional<String> cpuInfo(String name) {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return Optional.empty();
    }
    try {
      return Files.readString(info)
          .lines()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<String> libraries() {
    String path = System.getProperty("java.class.path");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .map(entry -> entry.substring(entry.lastIndexOf(File.separatorChar) + 1))
        .filter(LIBRARIES.asMatchPredicate())
        .sorted()
        .toList();
  }

  private static Map<String, String> environment() {
    Map<String, String> variables = new TreeMap<>(System.getenv());
    variables.keySet().removeIf(VARIABLES.asMatchPredicate().negate());
    return variables;
  }
}
