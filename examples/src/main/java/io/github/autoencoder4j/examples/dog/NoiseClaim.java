package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.study.Difference;
import java.util.List;

/**
 * What dog.4 shows, over the nine pictures.
 *
 * @param levels standard deviations of the noise as shares of the latents' own, from small to large
 * @param costs mean PSNR for each level, from that without noise to that with it
 * @param overOneColor mean PSNR, from that of one colour a picture to that of the largest level
 * @param contrast mean local contrast, from that without noise to that of the largest level
 */
record NoiseClaim(
    List<Double> levels, List<Difference> costs, Difference overOneColor, Difference contrast) {}
