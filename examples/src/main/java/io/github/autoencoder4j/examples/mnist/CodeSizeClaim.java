package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.study.Difference;

/**
 * What mnist.7 shows. Errors are means over the seeds.
 *
 * @param seeds how many there were
 * @param smallest the size that others are measured from
 * @param knee the smallest size with 95 % of what the best gains over the smallest, by squared
 *     error
 * @param errorOfSmallest its mean squared error
 * @param errorOfKnee that of the knee
 * @param best the size with the least squared error
 * @param errorOfBest its squared error
 * @param linearAtKnee that of PCA with as many numbers as the knee
 * @param before the largest size but one
 * @param largest the largest size
 * @param lastStep squared error from one to the other, seed by seed
 * @param kneeOfNeighbors the knee by the error of the ten nearest neighbours
 * @param neighborsOfSmallest that error with the smallest size
 * @param neighborsAtKnee that error at its knee
 */
record CodeSizeClaim(
    int seeds,
    int smallest,
    int knee,
    double errorOfSmallest,
    double errorOfKnee,
    int best,
    double errorOfBest,
    double linearAtKnee,
    int before,
    int largest,
    Difference lastStep,
    int kneeOfNeighbors,
    double neighborsOfSmallest,
    double neighborsAtKnee) {}
