package io.github.autoencoder4j.docs;

import java.util.HashSet;
import java.util.Set;

/** The artifacts that the build has, and their versions. */
final class KnownArtifacts {

  private static final String GROUP = "io.github.autoencoder4j";
  private static final String BOM = "autoencoder-bom";
  private static final String BOM_POM = BOM + "/pom.xml";

  private final Pom parent;

  KnownArtifacts(Pom parent) {
    this.parent = parent;
  }

  static boolean ours(Pom.Artifact artifact) {
    return artifact.group().equals(GROUP);
  }

  static boolean isBom(Pom.Artifact artifact) {
    return ours(artifact) && artifact.name().equals(BOM);
  }

  /** Empty if an artifact is there in this version, or without one where the BOM has it. */
  String problem(Pom.Artifact artifact) {
    if (ours(artifact)) {
      if (!artifact.version().isEmpty() && !artifact.version().equals(parent.version())) {
        return "%s has version %s, not %s"
            .formatted(artifact.name(), parent.version(), artifact.version());
      }
      return !isBom(artifact)
              && Pom.ofFile(BOM_POM).artifacts().stream()
                  .noneMatch(managed -> managed.key().equals(artifact.key()))
          ? artifact.name() + " is not in the BOM"
          : "";
    }
    Set<String> versions = new HashSet<>();
    for (Pom.Artifact known : parent.artifacts()) {
      if (known.key().equals(artifact.key())) {
        versions.add(known.version());
      }
    }
    return artifact.version().isEmpty() || versions.contains(artifact.version())
        ? ""
        : "the build has %s in versions %s, not %s"
            .formatted(artifact.key(), versions, artifact.version());
  }
}
