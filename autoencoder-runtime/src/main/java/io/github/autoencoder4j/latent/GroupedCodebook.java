package io.github.autoencoder4j.latent;

/** What all codebooks do alike: taking codes apart and putting them together. */
abstract class GroupedCodebook implements Codebook {

  private final int entries;
  private final Groups groups;

  GroupedCodebook(int entries, Groups groups) {
    this.entries = entries;
    this.groups = groups;
  }

  /** The index of the vector that is nearest to one. */
  abstract int nearest(float[] vector);

  /** Writes a vector. */
  abstract void write(int index, float[] vector);

  @Override
  public final int entries() {
    return entries;
  }

  @Override
  public final int dimension() {
    return groups.dimension();
  }

  @Override
  public final int length() {
    return groups.vectors();
  }

  @Override
  public final float[] entry(int index) {
    float[] vector = new float[dimension()];
    write(requireIndex(index), vector);
    return vector;
  }

  private int requireIndex(int index) {
    if (index < 0 || index >= entries) {
      throw new IllegalArgumentException(
          "the codebook has the indices 0 to %s, but was asked for %s"
              .formatted(entries - 1, index));
    }
    return index;
  }

  @Override
  public final int[] indices(float[] code) {
    if (code.length != groups.size()) {
      throw new IllegalArgumentException(
          "a code has %s values, but this one has %s".formatted(groups.size(), code.length));
    }
    for (int i = 0; i < code.length; i++) {
      if (!Float.isFinite(code[i])) {
        throw new IllegalArgumentException(
            "value " + i + " of the code is " + code[i] + "; codes must be finite");
      }
    }
    int[] indices = new int[length()];
    float[] vector = new float[dimension()];
    for (int v = 0; v < indices.length; v++) {
      int start = groups.start(v);
      for (int d = 0; d < vector.length; d++) {
        vector[d] = code[start + d * groups.stride()];
      }
      indices[v] = nearest(vector);
    }
    return indices;
  }

  @Override
  public final float[] code(int[] indices) {
    if (indices.length != length()) {
      throw new IllegalArgumentException(
          "a code has %s indices, but %s were given".formatted(length(), indices.length));
    }
    float[] code = new float[groups.size()];
    for (int v = 0; v < indices.length; v++) {
      float[] vector = entry(indices[v]);
      int start = groups.start(v);
      for (int d = 0; d < vector.length; d++) {
        code[start + d * groups.stride()] = vector[d];
      }
    }
    return code;
  }
}
