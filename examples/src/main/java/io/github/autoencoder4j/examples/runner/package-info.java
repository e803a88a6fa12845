/**
 * Runs tasks of the lab: gives them data, a seed and a clock, shows progress, and writes what they
 * find to {@code results.json} and {@code report.html}. Tasks import this package; it imports none
 * of them.
 */
@NullMarked
package io.github.autoencoder4j.examples.runner;

import org.jspecify.annotations.NullMarked;
