package io.github.autoencoder4j.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.PackageVersion;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JSON of a file may ask for, whichever Jackson an application brings. */
class JsonTest {

  private static void assertRefused(String text, String reason) {
    assertThatThrownBy(() -> Json.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
  }

  private static int size(String text) throws IOException {
    Object first = Json.read(text.getBytes(StandardCharsets.UTF_8)).values().iterator().next();
    return ((List<?>) first).size();
  }

  /** The build runs these tests with the oldest and the newest Jackson, too, and says which. */
  @Test
  void theJacksonHereIsTheOneThatTheBuildMeant() {
    String meant = System.getProperty("tested.jackson");
    assertThat(meant).as("what the build says").matches("2\\.\\d+\\.\\d+");
    assertThat(PackageVersion.VERSION).hasToString(meant);
    assertThat(new ObjectMapper().version()).hasToString(meant);
  }

  @Test
  void asManyTokensAsAreAllowedAreRead() throws IOException {
    // The object and its list begin and end, and the list has a name.
    int most = Json.MAX_TOKENS - 5;
    assertThat(size("{\"a\":[" + "1,".repeat(most - 1) + "1]}")).isEqualTo(most);
    assertRefused("{\"a\":[" + "1,".repeat(most) + "1]}", "more than 18000 tokens");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "\"\"", "null", "0.5", "[[1]]"})
  void tokensOfEveryKindAreCounted(String item) {
    assertRefused("{\"a\":[" + (item + ",").repeat(18_000) + item + "]}", "18000 tokens");
  }

  @Test
  void fieldsAreCounted() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < 9_000; i++) {
      text.append('"').append(i).append("\":1,");
    }
    assertRefused(text + "\"a\":1}", "18000 tokens");
  }

  @Test
  void aLongNameIsRefused() throws IOException {
    assertThat(size("{\"" + "n".repeat(200) + "\":[1]}")).isEqualTo(1);
    assertRefused("{\"" + "n".repeat(201) + "\":[1]}", "more than 200 characters");
    assertRefused("{\"a\":{\"" + "n".repeat(60_000) + "\":1}}", "ame");
  }

  @Test
  void aLongTextIsRefused() throws IOException {
    String text = "{\"a\":[\"%s\"]}";
    int room = ContainerFormat.MAX_MANIFEST - text.length() + 2;
    assertThat(size(text.formatted("x".repeat(room)))).isEqualTo(1);
    assertRefused(text.formatted("x".repeat(room + 1)), "more than 262144 bytes");
  }

  @Test
  void deepNestingAndLongNumbersAreRefused() {
    assertRefused("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}", "depth");
    assertRefused("{\"a\":" + "{\"a\":".repeat(10_000), "depth");
    assertRefused("{\"a\":" + "9".repeat(41) + "}", "length");
    assertRefused("{\"a\":0." + "9".repeat(41) + "}", "length");
  }

  @Test
  void aFieldThatIsThereTwiceAndWhatFollowsTheObjectAreRefused() {
    assertRefused("{\"a\":1,\"a\":1}", "uplicate");
    assertRefused("{\"a\":1} {}", "railing");
    assertRefused("[]", "should be an object");
    assertRefused("", "should be an object");
  }

  /** Bytes of files follow from their contents, so they must be those of every Jackson. */
  @Test
  void writesTheSameBytesWithEveryJackson() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", "\u00e4 \"b\"\n\u2028");
    object.put("numbers", new ArrayList<>(List.of(1, -2L, 0.1, 1e300)));
    object.put("none", Map.of());
    object.put("empty", List.of());
    object.put("inner", Map.of("flag", true));
    assertThat(new String(Json.write(object), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {
              "text": "\u00e4 \\"b\\"\\nLINE",
              "numbers": [ 1, -2, 0.1, 1.0E300 ],
              "none": { },
              "empty": [ ],
              "inner": {
                "flag": true
              }
            }
            """
                .replace("LINE", "\u2028"));
  }
}
