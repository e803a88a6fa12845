package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.study.Difference;

/**
 * What dog.1 shows.
 *
 * @param overLine mean PSNR, from the linear twin's to the autoencoder's, by test picture
 * @param pooled the autoencoder's PSNR of all errors together, in dB
 * @param ssim its mean SSIM
 * @param oneColor mean PSNR of one colour a picture, in dB
 * @param pictures how many pictures it was judged by
 */
record LineClaim(Difference overLine, double pooled, double ssim, double oneColor, int pictures) {}
