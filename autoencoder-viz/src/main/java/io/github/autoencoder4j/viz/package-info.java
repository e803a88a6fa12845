/**
 * Pictures of autoencoders and their data: image grids, loss curves, latent scatters and maps, heat
 * maps, written as PNG without ever opening a window. Stands beside the floors of core: it imports
 * core's {@code data} and nothing else of this library. Pages stand above it, in {@code viz.page}.
 *
 * <p>Text needs a font that Java can use. On a system without one, as slim container images are,
 * drawing fails with an {@link IllegalStateException} that says what to install.
 */
@NullMarked
package io.github.autoencoder4j.viz;

import org.jspecify.annotations.NullMarked;
