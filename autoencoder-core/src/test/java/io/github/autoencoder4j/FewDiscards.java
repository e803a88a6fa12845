package io.github.autoencoder4j;

import java.util.Locale;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Lets a property fail that gave up more than a tenth of its tries: it may have passed without
 * having looked.
 */
public final class FewDiscards implements AroundPropertyHook {

  private static final double MOST = 0.1;

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    return judge(property.execute());
  }

  static PropertyExecutionResult judge(PropertyExecutionResult result) {
    int discarded = result.countTries() - result.countChecks();
    boolean passed = result.status() == PropertyExecutionResult.Status.SUCCESSFUL;
    return passed && discarded > MOST * result.countTries()
        ? result.mapToFailed(
            String.format(
                Locale.ROOT,
                "%d of %d tries were given up, but at most a tenth may be",
                discarded,
                result.countTries()))
        : result;
  }
}
