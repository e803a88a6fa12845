package io.github.autoencoder4j.internal.compute;

/**
 * What computes, as the provenance of a model tells it.
 *
 * @param name for people, such as {@code 1.0.0-M2.1, CpuBackend}
 * @param threads how many threads it uses at most
 */
public record Backend(String name, int threads) {}
