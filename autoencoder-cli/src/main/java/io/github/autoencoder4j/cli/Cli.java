package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.exception.AutoencoderException;
import java.io.UncheckedIOException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code autoencoder} command; each of its subcommands is a class of its own. */
@Command(
    name = "autoencoder",
    mixinStandardHelpOptions = true,
    version = "Autoencoder4J",
    description = "Trains and uses autoencoders on folders of pictures, IDX files and CSV files.",
    subcommands = {
      TrainCommand.class,
      EncodeCommand.class,
      DecodeCommand.class,
      ReconstructCommand.class,
      ScoreCommand.class,
      ExploreCommand.class,
      InspectCommand.class,
      ExportCommand.class,
      GenerateCompletion.class
    },
    footer = {
      "",
      "DATA is a folder or archive of pictures, a folder of IDX files, or a CSV file, gzipped or not.",
      "Exit codes: 0 done, 1 failed, 2 wrong command line, 130 stopped by Ctrl-C."
    })
public final class Cli {

  static final int FAILED = 1;
  static final int STOPPED = 130;

  private Cli() {}

  /**
   * Runs a command line and ends the JVM.
   *
   * @param args the command line
   */
  public static void main(String... args) {
    System.exit(command().execute(args));
  }

  /** What was asked for goes to its out; progress, warnings and what was wrong to its err. */
  static CommandLine command() {
    return new CommandLine(new Cli())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Cli::explain);
  }

  /** What a user can cause has a message that says all; what he cannot is shown whole. */
  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    boolean foreseen =
        failure instanceof AutoencoderException
            || failure instanceof UncheckedIOException
            || failure instanceof IllegalArgumentException
            || failure instanceof IllegalStateException
            || failure instanceof UnsupportedOperationException;
    command.getErr().println("autoencoder: " + (foreseen ? failure.getMessage() : failure));
    if (!foreseen) {
      failure.printStackTrace(command.getErr());
    }
    return FAILED;
  }
}
