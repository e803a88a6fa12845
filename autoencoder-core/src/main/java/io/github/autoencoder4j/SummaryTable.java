package io.github.autoencoder4j;

import com.google.common.base.Strings;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.network.StagePlan;
import io.github.autoencoder4j.output.OutputKernel.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints an autoencoder as a table, one layer a line. */
final class SummaryTable {

  private SummaryTable() {}

  static String of(Spec spec) {
    Architecture architecture = spec.architecture();
    Network network = Network.of(spec);
    List<String[]> lines = new ArrayList<>();
    lines.add(new String[] {"layer", "kind", "output", "activation", "parameters"});
    lines.add(new String[] {"input", "", architecture.input().toString(), "", ""});
    network.encoder().forEach(layer -> lines.add(line(layer)));
    for (StagePlan stage : network.stages()) {
      lines.add(
          new String[] {
            "latent",
            stage.kind(),
            stage.output().toString(),
            "",
            stage.parameters() == 0 ? "" : String.format(Locale.ROOT, "%,d", stage.parameters())
          });
    }
    network.decoder().forEach(layer -> lines.add(line(layer)));
    lines.add(
        new String[] {
          "reconstruction",
          "",
          architecture.input().toString(),
          spec.output().kernel().link() == Link.SIGMOID ? "sigmoid" : "",
          ""
        });
    int[] widths = new int[lines.get(0).length];
    for (String[] line : lines) {
      for (int i = 0; i < line.length; i++) {
        widths[i] = Math.max(widths[i], line[i].length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (String[] line : lines) {
      for (int i = 0; i < line.length; i++) {
        boolean number = i == line.length - 1;
        table
            .append(
                number
                    ? Strings.padStart(line[i], widths[i], ' ')
                    : Strings.padEnd(line[i], widths[i], ' '))
            .append(i < line.length - 1 ? "  " : System.lineSeparator());
      }
    }
    double ratio = (double) architecture.latent().size() / architecture.input().size();
    String field =
        architecture.match(
            new Architecture.Cases<>() {

              @Override
              public String dense(DenseArchitecture layers) {
                return "";
              }

              @Override
              public String conv(ConvArchitecture layers) {
                return String.format(
                    Locale.ROOT,
                    "receptive field of a code value %d x %d pixels; as complex symbols 1/%.4g of"
                        + " the input%n",
                    layers.axes().height(layers.receptiveField()),
                    layers.receptiveField(),
                    2 / ratio);
              }
            });
    return table
        + field
        + String.format(
            Locale.ROOT,
            "%,d parameters; code %s of %d values, 1/%.4g of the input; %s; l1 %s, l2 %s%n",
            network.size(),
            architecture.latent(),
            architecture.latent().size(),
            1 / ratio,
            spec.output().describe(),
            spec.penalty().l1(),
            spec.penalty().l2());
  }

  private static String[] line(LayerPlan layer) {
    return new String[] {
      layer.name(),
      layer.kind(),
      layer.output().toString(),
      layer.activation() == Activation.IDENTITY
          ? ""
          : layer.activation().name().toLowerCase(Locale.ROOT),
      String.format(Locale.ROOT, "%,d", layer.parameters())
    };
  }
}
