/**
 * What the tests of the published modules share. Stands below core, so it sees nothing of ours, and
 * is never published.
 */
@NullMarked
package io.github.autoencoder4j.testing;

import org.jspecify.annotations.NullMarked;
