package io.github.autoencoder4j.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.table.NumberColumn;
import io.github.autoencoder4j.table.Scaling;
import io.github.autoencoder4j.table.Schemas;
import io.github.autoencoder4j.table.TableSchema;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns in files: what is written is read, and nothing else. */
class TableCodecTest {

  @TempDir private Path folder;

  private static TableSchema read(String text) {
    return TableCodec.read(
        text.getBytes(StandardCharsets.UTF_8),
        (at, reason) -> new UnreadableModelException(Path.of("file"), at, reason));
  }

  private static String reason(String text) {
    UnreadableModelException refusal =
        catchThrowableOfType(UnreadableModelException.class, () -> read(text));
    assertThat(refusal).as(text).isNotNull();
    return refusal.reason();
  }

  @Test
  void whatIsWrittenIsRead() {
    TableSchema schema = Schemas.ofAllKinds();
    String text = new String(TableCodec.write(schema), StandardCharsets.UTF_8);
    assertThat(read(text)).isEqualTo(schema);
    assertThat(text.lines()).hasSize(22);
    assertThat(TableCodec.write(read(text))).isEqualTo(TableCodec.write(schema));
  }

  @Test
  void everyTruncationIsRefused() {
    String text = new String(TableCodec.write(Schemas.ofAllKinds()), StandardCharsets.UTF_8);
    for (int i = 0; i < text.length(); i++) {
      assertThat(reason(text.substring(0, i))).isNotEmpty();
    }
    String last = text.lines().skip(21).findFirst().orElseThrow();
    assertThat(reason(text + last + "\n")).contains("22 columns in place of 21");
  }

  @Test
  void whatCannotBeIsRefused() {
    String start = "{\"columns\":1,\"missing\":[\"\"]}\n";
    String scaling = "\"scaling\":{\"kind\":\"standard\",\"mean\":0.0,\"spread\":1.0}";
    String number =
        "{\"kind\":\"number\",\"name\":\"x\",\"decimal_comma\":false,%s,\"missing\":false}\n"
            .formatted(scaling);
    assertThat(read(start + number).width()).isEqualTo(1);
    assertThat(reason(start + number.replace("spread\":1", "spread\":0"))).contains("above 0");
    assertThat(reason(start + number.replace("spread\":1.0", "spread\":1e999"))).contains("finite");
    assertThat(reason(start + number.replace("\"x\"", "\"\""))).contains("1 to 1000 characters");
    assertThat(reason(start + number.replace("\"number\"", "\"java.lang.Runtime\"")))
        .contains("no known one");
    assertThat(reason(start + number.replace("missing", "lacking"))).contains("missing is missing");
    assertThat(
            reason(start + number.replace("{\"kind\":\"number\"", "{\"kind\":\"number\",\"y\":1")))
        .contains("y is not known");
    assertThat(reason(start.replace("1", "100001") + number)).contains("from 1 to 100000");
    assertThat(reason(start.replace("\"\"", "\"NA\"") + number)).contains("small letters");
    assertThat(reason(start.replace("1", "2") + number + number)).contains("two columns");
    assertThat(reason(start + "\n")).contains("JSON");
    assertThat(reason(start + "{\"kind\":\"left_out\",\"name\":\"x\",\"reason\":\"empty\"}\n"))
        .contains("no column is left");
    assertThat(
            reason(
                start
                    + "{\"kind\":\"date\",\"name\":\"x\",\"pattern\":\"%s\",%s,\"missing\":true}\n"
                        .formatted("[".repeat(60), scaling)))
        .contains("pattern");
  }

  private RawModel model() throws IOException {
    TableSchema schema = Schemas.ofAllKinds();
    Autoencoder autoencoder = Autoencoder.dense().columns(schema).hidden().bottleneck(1).build();
    autoencoder.fit(
        ImageSource.of(ImageShape.vector(32), ValueRange.REALS, new float[2][32]),
        Training.epochs(1));
    Path file = folder.resolve("model.aemodel");
    autoencoder.save(file);
    return RawModel.of(file);
  }

  private String refusal(RawModel model) throws IOException {
    Path file = Files.write(folder.resolve("hostile.aemodel"), model.zip());
    UnreadableModelException loading =
        catchThrowableOfType(UnreadableModelException.class, () -> Autoencoder.load(file));
    UnreadableModelException inspecting =
        catchThrowableOfType(UnreadableModelException.class, () -> Autoencoder.inspect(file));
    assertThat(inspecting.reason()).isEqualTo(loading.reason());
    return loading.reason();
  }

  @Test
  void columnsOfAnotherModelAreRefused() throws IOException {
    TableSchema other =
        new TableSchema(
            List.of(new NumberColumn("x", false, Scaling.standard(0, 1), false)),
            TableSchema.MISSING);
    String digest = TableCodec.digest(TableCodec.write(other));
    assertThat(
            refusal(
                model()
                    .edit(
                        "config.json",
                        config -> ((ObjectNode) config.get("output")).put("sha256", digest))
                    .seal()))
        .contains("output.sha256", "other columns");
    assertThat(
            refusal(
                model()
                    .edit(
                        "config.json", config -> config.putObject("output").put("kind", "columns"))
                    .seal()))
        .contains("output.sha256 is missing");
  }

  @Test
  void aModelWithoutItsColumnsIsRefused() throws IOException {
    Path file = folder.resolve("small.aemodel");
    RawModel.small().save(file);
    RawModel small = RawModel.of(file);
    assertThat(
            refusal(
                small
                    .edit(
                        "config.json",
                        config -> {
                          config.remove("loss");
                          config.putObject("output").put("kind", "columns").put("sha256", "");
                        })
                    .seal()))
        .contains("there is no tensor table.columns");
  }
}
