/**
 * Pages to look at: one HTML file each, with data, pictures and programs inside, which needs no
 * network and no server. Above the pictures of {@code viz}; reads networks and models of core
 * through its public API.
 */
@NullMarked
package io.github.autoencoder4j.viz.page;

import org.jspecify.annotations.NullMarked;
