/**
 * Pictures of autoencoders and their data: image grids, loss curves, latent scatters and maps, heat
 * maps, written as PNG without ever opening a window. Stands beside the floors of core: it imports
 * core's {@code data} and nothing else of this library.
 */
@NullMarked
package io.github.autoencoder4j.viz;

import org.jspecify.annotations.NullMarked;
