package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells encoder and decoder the class of each sample, so that codes need not hold it, and samples
 * of a class can be drawn: with {@link Variational} the conditional variational autoencoder of
 * Sohn, Lee and Yan, "Learning structured output representation using deep conditional generative
 * models", NeurIPS 2015.
 *
 * <pre>{@code
 * Autoencoder digits =
 *     Autoencoder.dense().bottleneck(20).variational().conditionedOn(Mnist.train().classNames()).build();
 * digits.fit(Mnist.train(), Training.epochs(10)); // labelled samples
 * float[][] sevens = digits.decode(Gaussian.standard(20).sample(9, 1), "7");
 * }</pre>
 *
 * <p>A class is a vector of zeros with a one at its place. It follows the values of a sample on the
 * way into the encoder, and those of a code on the way into the decoder; where layers see planes,
 * each of its numbers is a plane. It is the last of the stages: what users know as a code comes to
 * it, and the decoder is fed by it.
 *
 * @param classes their names, in the order of their places; 2 to {@value #MOST}, distinct; copied
 */
public record Condition(List<String> classes) implements LatentStage {

  /** As many classes as there may be. */
  public static final int MOST = 1000;

  /** As many characters as a name may have. */
  public static final int LONGEST_NAME = 100;

  /** How many names a message lists. */
  private static final int LISTED = 20;

  /**
   * Checks the names.
   *
   * @param classes their names, in the order of their places
   * @throws IllegalArgumentException if there are fewer than 2 or more than {@value #MOST}, a name
   *     is blank, longer than {@value #LONGEST_NAME} characters, or there twice
   */
  public Condition {
    classes = List.copyOf(classes);
    if (classes.size() < 2 || classes.size() > MOST) {
      throw new IllegalArgumentException(
          "an autoencoder can be conditioned on 2 to %s classes, but there are %s; with one there is nothing to tell apart"
              .formatted(MOST, classes.size()));
    }
    Set<String> seen = new HashSet<>();
    for (String name : classes) {
      if (name.isBlank() || name.length() > LONGEST_NAME) {
        throw new IllegalArgumentException(
            "class %s must have a name of 1 to %s characters, but \"%s\" has %s"
                .formatted(
                    seen.size(),
                    LONGEST_NAME,
                    name.substring(0, Math.min(LONGEST_NAME, name.length())),
                    name.isBlank() ? "nothing to ask for" : name.length()));
      }
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "the class \"%s\" is there twice; names must differ".formatted(name));
      }
    }
  }

  /**
   * Finds a class.
   *
   * @param name as in {@link #classes()}
   * @return its place, from 0
   * @throws IllegalArgumentException if there is none of that name; the message lists those there
   *     are
   */
  public int indexOf(String name) {
    int index = classes.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "\"%s\" is no class of this autoencoder, which is conditioned on %s"
              .formatted(name, listed()));
    }
    return index;
  }

  /**
   * Lists the names for messages.
   *
   * @return all of few, the first of many
   */
  public String listed() {
    String first = classes.stream().limit(LISTED).collect(Collectors.joining(", "));
    return classes.size() > LISTED
        ? "%s and %s others".formatted(first, classes.size() - LISTED)
        : first;
  }

  @Override
  public ImageShape fedBy(ImageShape code) {
    return code.isVector()
        ? ImageShape.vector(code.size() - classes.size())
        : new ImageShape(code.height(), code.width(), code.channels() - classes.size());
  }

  @Override
  public int conditions() {
    return classes.size();
  }

  @Override
  public LatentKernel kernel(ImageShape code) {
    return new ConditionKernel(fedBy(code).size(), classes.size(), code.size());
  }

  @Override
  public String describe() {
    return "condition on %s classes".formatted(classes.size());
  }
}
