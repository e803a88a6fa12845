package io.github.autoencoder4j.examples.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of the proofs; {@code lab proofs --help} tells its options. */
@Command(
    name = "lab proofs",
    mixinStandardHelpOptions = true,
    description = "Reproduces published figures and prints them as a table.")
public final class Proofs implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "PROOF",
      description = "Which, such as V1 V2 (default: all that take minutes).")
  private List<String> chosen = new ArrayList<>();

  @Option(
      names = "--seed",
      description = "Chooses weights, order and noise (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "Writes the table there, as a page in Markdown.")
  private @Nullable Path page;

  private Proofs() {}

  /** All proofs, in the order of the page. */
  static List<Proof> all() {
    return List.of(
        new GreyDigitsVae("V1", 400, 20, 10, 105.57),
        new GreyDigitsVae("V2", 600, 100, 15, 103.9),
        ImportanceWeightedDigits.order("iwae", 3),
        ImportanceWeightedDigits.order("iwae.5", 5),
        ImportanceWeightedDigits.full("vae.8", List.of(1)),
        ImportanceWeightedDigits.full("iwae.8", List.of(1, 5, 50)),
        new SparseCodeProof(),
        new CodebookProof(),
        new SamplersProof(),
        new OneClassChoice(),
        new OneClassDigitsProof());
  }

  /**
   * Runs a command line to its end.
   *
   * @param args the command line
   * @return 0 if every figure was reached, 1 if one was not, 2 if the command line is wrong
   */
  public static int execute(String... args) {
    return new CommandLine(new Proofs()).execute(args);
  }

  @Override
  public Integer call() throws IOException {
    List<ProofResult> results = new ArrayList<>();
    for (Proof proof : wanted()) {
      System.err.printf("%s: %s%n", proof.id(), proof.conditions());
      long start = System.nanoTime();
      List<Figure> figures = proof.run(seed);
      ProofResult result = new ProofResult(proof, figures, (System.nanoTime() - start) / 1e9);
      results.add(result);
      System.out.print(result.text());
    }
    if (page != null) {
      Files.writeString(page, ProofPage.of(results, seed));
    }
    return results.stream().allMatch(ProofResult::isReached) ? 0 : 1;
  }

  private List<Proof> wanted() {
    try {
      return named(chosen);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
    }
  }

  /**
   * Finds proofs.
   *
   * @param ids in any case; none for all that are not long
   * @return in the order of the page
   * @throws IllegalArgumentException if there is no proof of that name
   */
  static List<Proof> named(List<String> ids) {
    List<String> known = all().stream().map(Proof::id).toList();
    for (String id : ids) {
      if (known.stream().noneMatch(id::equalsIgnoreCase)) {
        throw new IllegalArgumentException(
            "there is no proof '%s'; the proofs are %s".formatted(id, String.join(", ", known)));
      }
    }
    return all().stream()
        .filter(
            proof ->
                ids.isEmpty()
                    ? !proof.isLong()
                    : ids.stream().anyMatch(proof.id()::equalsIgnoreCase))
        .toList();
  }
}
