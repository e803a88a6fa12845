/**
 * A network as a table: which arrays of numbers it learns, and where each of them lies. Above the
 * architecture, below whatever computes, stores or exports; knows neither ND4J nor Deeplearning4j.
 */
@NullMarked
package io.github.autoencoder4j.network;

import org.jspecify.annotations.NullMarked;
