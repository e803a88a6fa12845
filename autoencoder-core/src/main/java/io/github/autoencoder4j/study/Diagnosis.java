package io.github.autoencoder4j.study;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.latent.CodeDistributions;
import io.github.autoencoder4j.latent.Codebook;
import io.github.autoencoder4j.latent.Quantizer;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.metric.CodebookUsage;
import io.github.autoencoder4j.network.Spec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;

/**
 * What is wrong with a trained autoencoder, each finding in a sentence with its figures and the
 * setting to change. No finding means that nothing of the usual is wrong, not that it is good.
 *
 * <pre>{@code
 * Diagnosis diagnosis = Diagnosis.of(autoencoder, train, held);
 * System.out.println(diagnosis); // "posterior collapse: 3 of 20 numbers of the code ..."
 * }</pre>
 *
 * @param findings the most serious first; immutable
 */
public record Diagnosis(List<Finding> findings) {

  /** What can be found. */
  public enum Kind {
    /** The reconstructions hardly depend on the samples. */
    CONSTANT_OUTPUT,
    /** Most numbers of a variational code are drawn from the prior whatever the sample. */
    POSTERIOR_COLLAPSE,
    /** Many entries of a codebook stand for no sample. */
    DEAD_ENTRIES,
    /** Many numbers of the code are the same for all samples. */
    DEAD_UNITS,
    /** As many principal components reconstruct as well. */
    NO_BETTER_THAN_PCA,
    /** Samples that were trained on are reconstructed far better than others. */
    OVERFITTING
  }

  /**
   * One thing that is wrong.
   *
   * @param kind what it is
   * @param message what was seen, with figures, and what to change
   */
  public record Finding(Kind kind, String message) {}

  /** So many samples tell enough, and are looked at in a second or so. */
  private static final int SAMPLES = 2_000;

  /** Principal components are as good as they get. */
  private static final int PCA_SAMPLES = 4_000;

  private static final double LEAST_VARIANCE_SHARE = 0.01;
  private static final double LEAST_SHARE_IN_USE = 0.5;
  private static final double LEAST_ENTRIES_IN_USE = 0.6;
  private static final double MOST_DEAD_UNITS = 0.1;

  /** Numbers that move by less than this part of the liveliest one do not move. */
  private static final double STILL = 1e-3;

  /** Below it the two errors cannot be told apart by looking. */
  private static final double WORTHWHILE = 0.98;

  private static final double OVERFITTED = 1.5;

  /**
   * Copies the list.
   *
   * @param findings the most serious first
   */
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /**
   * Examines an autoencoder.
   *
   * @param autoencoder trained
   * @param train what it was trained on; at least 2 samples
   * @param held other samples of the same kind; at least 2; of both at most some thousands, from
   *     all over the data, are looked at
   * @return what is wrong
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a shape is not the autoencoder's or there are too few
   *     samples
   */
  public static Diagnosis of(Autoencoder autoencoder, ImageSource train, ImageSource held) {
    for (ImageSource samples : List.of(train, held)) {
      if (samples.size() < 2) {
        throw new IllegalArgumentException(
            "a diagnosis compares samples, so there must be at least 2 of both kinds, but one has %s"
                .formatted(samples.size()));
      }
    }
    float[][] others = spread(held, SAMPLES).toArrays();
    float[][] known = spread(train, SAMPLES).toArrays();
    float[][] outputs = reconstruct(autoencoder, held);
    double[] errors = errors(others, outputs);
    double[] knownErrors = errors(known, reconstruct(autoencoder, train));
    Optional<Finding> constant = constantOutput(others, outputs);
    List<Optional<Finding>> found = new ArrayList<>();
    found.add(constant);
    found.add(code(autoencoder, spread(held, SAMPLES)));
    if (constant.isEmpty()) {
      found.add(pca(autoencoder, train, others, errors));
      found.add(overfitting(knownErrors, errors));
    }
    return new Diagnosis(found.stream().flatMap(Optional::stream).toList());
  }

  private static float[][] reconstruct(Autoencoder autoencoder, ImageSource samples) {
    return autoencoder.reconstruct(spread(samples, SAMPLES));
  }

  /** Some samples from all over the data, which may be sorted. */
  private static ImageSource spread(ImageSource samples, int most) {
    long size = samples.size();
    int count = (int) Math.min(most, size);
    return samples.select(IntStream.range(0, count).map(i -> (int) (i * size / count)).toArray());
  }

  /** The squared error of each sample, a mean over its values. */
  private static double[] errors(float[][] wanted, float[][] outputs) {
    double[] errors = new double[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      for (int j = 0; j < wanted[i].length; j++) {
        double difference = (double) outputs[i][j] - wanted[i][j];
        errors[i] += difference * difference / wanted[i].length;
      }
    }
    return errors;
  }

  /** The variance of each number over the rows. */
  private static double[] variances(float[][] rows) {
    double[] column = new double[rows.length];
    double[] variances = new double[rows[0].length];
    for (int j = 0; j < variances.length; j++) {
      for (int i = 0; i < rows.length; i++) {
        column[i] = rows[i][j];
      }
      variances[j] = StatUtils.populationVariance(column);
    }
    return variances;
  }

  private static Optional<Finding> constantOutput(float[][] samples, float[][] outputs) {
    double in = StatUtils.mean(variances(samples));
    double out = StatUtils.mean(variances(outputs));
    return out >= LEAST_VARIANCE_SHARE * in
        ? Optional.empty()
        : finding(
            Kind.CONSTANT_OUTPUT,
            "constant output: the variance of the reconstructions is %.2g, that of the samples"
                + " %.2g; try a tenth of the learning rate, a weaker penalty, or longer training",
            out,
            in);
  }

  private static Optional<Finding> code(Autoencoder autoencoder, ImageSource samples) {
    Spec spec = autoencoder.spec().orElseThrow();
    Optional<Variational> variational = spec.stage(Variational.class);
    if (variational.isPresent()) {
      return collapse(variational.get(), autoencoder.encodeDistribution(samples));
    }
    float[][] codes = autoencoder.encode(samples);
    return spec.stage(Quantizer.class).isPresent()
        ? deadEntries(autoencoder.codebook(), codes)
        : deadUnits(codes);
  }

  private static Optional<Finding> collapse(Variational stage, CodeDistributions codes) {
    int active = codes.activeUnits();
    if (active >= LEAST_SHARE_IN_USE * codes.size()) {
      return Optional.empty();
    }
    return finding(
        Kind.POSTERIOR_COLLAPSE,
        "posterior collapse: %d of %d numbers of the code follow the samples, and the code costs"
            + " %.3g nats; %s, or keep numbers in use by freeNats(0.1)",
        active,
        codes.size(),
        StatUtils.sum(codes.divergences()),
        advice(stage, active));
  }

  private static String advice(Variational stage, int active) {
    if (stage.capacity() > 0) {
      return "raise the capacity, which is %s nats".formatted(stage.capacity());
    }
    if (stage.beta() > 1) {
      return "lower beta, which is " + stage.beta();
    }
    return stage.warmupSteps() == 0 && stage.draws() == 1
        ? "let beta rise from 0 by warmup(...) over some epochs"
        : "a code of %s numbers does as well".formatted(Math.max(1, active));
  }

  private static Optional<Finding> deadEntries(Codebook codebook, float[][] codes) {
    CodebookUsage usage = new CodebookUsage(codebook.entries());
    for (float[] code : codes) {
      usage.add(codebook.indices(code));
    }
    // There cannot be more in use than there are indices to use them.
    double possible = Math.min(1, (double) codes.length * codebook.length() / codebook.entries());
    return usage.usedShare() >= LEAST_ENTRIES_IN_USE * possible
        ? Optional.empty()
        : finding(
            Kind.DEAD_ENTRIES,
            "dead entries: %d of %d entries of the codebook stand for %d samples, as good as %.1f"
                + " used alike; take fewer entries, restart dead ones sooner, or train longer",
            usage.used(),
            codebook.entries(),
            codes.length,
            usage.perplexity());
  }

  private static Optional<Finding> deadUnits(float[][] codes) {
    double[] variances = variances(codes);
    double least = STILL * STILL * StatUtils.max(variances);
    long dead = Arrays.stream(variances).filter(variance -> !(variance > least)).count();
    return dead < Math.max(1, MOST_DEAD_UNITS * variances.length)
        ? Optional.empty()
        : finding(
            Kind.DEAD_UNITS,
            "dead units: %d of %d numbers of the code are the same for all samples; take a smaller"
                + " code, a lower learning rate, or a weaker penalty on codes",
            dead,
            variances.length);
  }

  private static Optional<Finding> pca(
      Autoencoder autoencoder, ImageSource train, float[][] others, double[] errors) {
    ImageSource some = spread(train, PCA_SAMPLES);
    int size = autoencoder.latentShape().size();
    boolean quantised = autoencoder.spec().orElseThrow().stage(Quantizer.class).isPresent();
    // A code with room for the sample, or of whole numbers, is not what components are.
    if (quantised || size >= train.shape().size() || size > some.size() - 1) {
      return Optional.empty();
    }
    double[] linear = errors(others, Pca.fit(some, size).reconstruct(others));
    double ours = StatUtils.mean(errors);
    double theirs = StatUtils.mean(linear);
    return ours < WORTHWHILE * theirs
        ? Optional.empty()
        : finding(
            Kind.NO_BETTER_THAN_PCA,
            "no better than PCA: the squared error is %.4g, that of %d principal components %.4g;"
                + " the correlation of the two over the samples is %.2f; train longer, take more or"
                + " wider hidden layers, or take Pca, which costs less",
            ours,
            size,
            theirs,
            new PearsonsCorrelation().correlation(errors, linear));
  }

  private static Optional<Finding> overfitting(double[] known, double[] others) {
    Difference difference = Difference.independent(known, others);
    return difference.change() != Change.HIGHER
            || difference.after() < OVERFITTED * difference.before()
        ? Optional.empty()
        : finding(
            Kind.OVERFITTING,
            "overfitting: the squared error is %.4g on training samples and %.4g on others; take"
                + " more samples, a smaller network, l2(1e-4), a corruption, or early stopping",
            difference.before(),
            difference.after());
  }

  private static Optional<Finding> finding(Kind kind, String pattern, Object... figures) {
    return Optional.of(new Finding(kind, String.format(Locale.ROOT, pattern, figures)));
  }

  /**
   * The findings, one a line.
   *
   * @return {@code "nothing of the usual is wrong"} if there is none
   */
  @Override
  public String toString() {
    return findings.isEmpty()
        ? "nothing of the usual is wrong"
        : String.join("\n", findings.stream().map(Finding::message).toList());
  }
}
