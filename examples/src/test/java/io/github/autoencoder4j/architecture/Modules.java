package io.github.autoencoder4j.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which module, and in the runtime and core which floor, a class stands on. Told by its package
 * alone.
 */
final class Modules {

  static final String ROOT = "io.github.autoencoder4j";
  static final String RUNTIME = "runtime";
  static final String CORE = "core";
  static final String DATASETS = "datasets";
  static final String VIZ = "viz";
  static final String EXAMPLES = "examples";

  /**
   * The floors of the runtime by the package below the root. A package imports none above its own.
   */
  private static final Map<String, Integer> RUNTIME_FLOORS =
      Map.ofEntries(
          Map.entry("exception", 0),
          Map.entry("random", 0),
          Map.entry("data", 0),
          Map.entry("internal.arithmetic", 0),
          Map.entry("internal.files", 0),
          Map.entry("internal.samples", 0),
          Map.entry("internal.sources", 1),
          Map.entry("architecture", 1),
          Map.entry("latent", 1),
          Map.entry("corruption", 1),
          Map.entry("loss", 1),
          Map.entry("optimizer", 1),
          Map.entry("output", 1),
          Map.entry("table", 0),
          Map.entry("network", 2),
          Map.entry("internal.compute", 2),
          Map.entry("internal.plain", 2),
          Map.entry("training", 3),
          Map.entry("model", 3),
          Map.entry("internal.model", 3),
          Map.entry("internal.inference", 3),
          Map.entry("runtime", 4));

  /** The floors of core, which stands on the runtime: a package of either sees those below. */
  private static final Map<String, Integer> CORE_FLOORS =
      Map.ofEntries(
          Map.entry("internal.numerics", 0),
          Map.entry("metric", 1),
          Map.entry("internal.onednn", 2),
          Map.entry("internal.engine", 2),
          Map.entry("internal.training", 3),
          Map.entry("", 4),
          Map.entry("sampling", 5),
          Map.entry("baseline", 5),
          Map.entry("anomaly", 5),
          Map.entry("study", 5));

  /**
   * The one internal package of core that a sibling uses: locks and safe files are too easily done
   * wrong to have them twice, and are nobody's business outside.
   */
  private static final String SHARED = ROOT + ".internal.files";

  private static final String DATASET_ROOMS = ROOT + "." + DATASETS + ".internal";

  /**
   * The rooms of the data sets, and which others each of them may see. The public package is none.
   */
  private static final Map<String, Set<String>> SIGHTS =
      Map.ofEntries(
          Map.entry("items", Set.of()),
          Map.entry("picture", Set.of("items")),
          Map.entry("archive", Set.of("items", "picture")),
          Map.entry("pack", Set.of("items")),
          Map.entry("idx", Set.of("archive")),
          Map.entry("download", Set.of()),
          Map.entry("drawing", Set.of("items")),
          Map.entry("table", Set.of("archive")));

  private Modules() {}

  static boolean isOurs(JavaClass type) {
    return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
  }

  /** The module of one of our classes; whatever is no other module's is core's. */
  static String moduleOf(JavaClass type) {
    String below = belowRoot(type);
    for (String module : new String[] {DATASETS, VIZ, EXAMPLES}) {
      if (below.equals(module) || below.startsWith(module + ".")) {
        return module;
      }
    }
    return floorIn(RUNTIME_FLOORS, below).isPresent() ? RUNTIME : CORE;
  }

  /** The floor of a class of the runtime or core, by the longest package that holds it. */
  static Optional<Integer> floorOf(JavaClass type) {
    String below = belowRoot(type);
    return below.isEmpty()
        ? Optional.of(CORE_FLOORS.get(""))
        : floorIn(RUNTIME_FLOORS, below).or(() -> floorIn(CORE_FLOORS, below));
  }

  private static Optional<Integer> floorIn(Map<String, Integer> floors, String packageName) {
    String longest = packageName;
    while (!longest.isEmpty()) {
      Integer floor = floors.get(longest);
      if (floor != null) {
        return Optional.of(floor);
      }
      longest = longest.substring(0, Math.max(0, longest.lastIndexOf('.')));
    }
    return Optional.empty();
  }

  static boolean isInternal(JavaClass type) {
    return ("." + belowRoot(type) + ".").contains(".internal.");
  }

  /** Whether a class of core uses the rooms of the runtime, which are cut off from it. */
  static boolean isBuiltOnTheRuntime(Dependency dependency) {
    return moduleOf(dependency.getOriginClass()).equals(CORE)
        && moduleOf(dependency.getTargetClass()).equals(RUNTIME);
  }

  /** Whether a class of the data sets uses what core shares with them. */
  static boolean isShared(Dependency dependency) {
    return moduleOf(dependency.getOriginClass()).equals(DATASETS)
        && dependency.getTargetClass().getPackageName().equals(SHARED);
  }

  static DescribedPredicate<JavaClass> of(String module) {
    return DescribedPredicate.describe(
        "are in " + module, type -> isOurs(type) && moduleOf(type).equals(module));
  }

  static DescribedPredicate<JavaClass> libraries() {
    return DescribedPredicate.describe(
        "are in a library module", type -> isOurs(type) && !moduleOf(type).equals(EXAMPLES));
  }

  /** Whether a class of the data sets is public API or in a room of the plan. */
  static boolean hasItsRoom(JavaClass type) {
    return type.getPackageName().equals(ROOT + "." + DATASETS)
        || SIGHTS.containsKey(datasetRoomOf(type));
  }

  /** Whether a room of the data sets may see what it sees of them. */
  static boolean maySee(Dependency dependency) {
    JavaClass target = dependency.getTargetClass();
    if (!dependency.getOriginClass().getPackageName().startsWith(DATASET_ROOMS)
        || !moduleOf(target).equals(DATASETS)) {
      return true;
    }
    String from = datasetRoomOf(dependency.getOriginClass());
    String to = datasetRoomOf(target);
    return from.equals(to) || SIGHTS.getOrDefault(from, Set.of()).contains(to);
  }

  /** The name of the room; whatever stands outside has that of its package. */
  private static String datasetRoomOf(JavaClass type) {
    return type.getPackageName().replace(DATASET_ROOMS + ".", "");
  }

  private static String belowRoot(JavaClass type) {
    String packageName = type.getPackageName();
    return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
  }
}
