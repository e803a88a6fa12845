package io.github.autoencoder4j.benchmarks;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Starts JMH. */
final class Pieces {

  private Pieces() {}

  static void run(String pattern, boolean quick) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder().include(pattern).shouldFailOnError(true).shouldDoGC(true);
    if (quick) {
      TimeValue instant = TimeValue.milliseconds(50);
      options.forks(1).warmupIterations(1).measurementIterations(1);
      options.warmupTime(instant).measurementTime(instant);
    }
    new Runner(options.build()).run();
  }
}
