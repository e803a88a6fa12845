package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutionResult.Status;
import org.junit.jupiter.api.Test;

class FewDiscardsTest {

  /** How a property ended, and "failed" in words if it is made to. */
  private static PropertyExecutionResult ended(int tries, int checks, Status status) {
    return (PropertyExecutionResult)
        Proxy.newProxyInstance(
            FewDiscardsTest.class.getClassLoader(),
            new Class<?>[] {PropertyExecutionResult.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "countTries" -> tries;
                  case "countChecks" -> checks;
                  case "status" -> status;
                  case "mapToFailed" -> ended(tries, checks, Status.FAILED);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @Test
  void failsAPropertyThatGaveUpMoreThanATenth() {
    assertThat(FewDiscards.judge(ended(80, 71, Status.SUCCESSFUL)).status())
        .isEqualTo(Status.FAILED);
    assertThat(FewDiscards.judge(ended(80, 0, Status.SUCCESSFUL)).status())
        .isEqualTo(Status.FAILED);
  }

  @Test
  void letsAPropertyPassThatLooked() {
    for (int checks : new int[] {72, 80}) {
      PropertyExecutionResult result = ended(80, checks, Status.SUCCESSFUL);
      assertThat(FewDiscards.judge(result)).isSameAs(result);
    }
    PropertyExecutionResult failed = ended(80, 1, Status.FAILED);
    assertThat(FewDiscards.judge(failed)).isSameAs(failed);
  }
}
