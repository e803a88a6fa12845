package io.github.autoencoder4j.examples.proof;

/**
 * A published figure beside the one that was obtained.
 *
 * @param id a short name, such as {@code "sparse-code"}
 * @param claim what is measured, and of what
 * @param source where the figure was published
 * @param expected the published figure
 * @param obtained the figure of this run
 * @param seconds how long it took
 */
public record Proof(
    String id, String claim, String source, String expected, String obtained, double seconds) {}
