package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.optimizer.AdaDelta;
import io.github.autoencoder4j.optimizer.AdaGrad;
import io.github.autoencoder4j.optimizer.Adam;
import io.github.autoencoder4j.optimizer.Nesterov;
import io.github.autoencoder4j.optimizer.NoOp;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.RmsProp;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.optimizer.Sgd;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Optimisers and schedules as JSON. A schedule of a user's own has no place in a file that may name
 * no class: its optimiser is kept as a description for people.
 */
final class OptimizerCodec {

  private static final int MAX_DESCRIPTION = 500;

  /** Where a schedule changes. */
  private static final Pattern POINT = Pattern.compile("0|[1-9][0-9]{0,9}");

  private static final String KIND = "kind";
  private static final String CUSTOM = "custom";
  private static final String RATE = "learning_rate";
  private static final String MOMENTUM = "momentum";
  private static final String EPSILON = "epsilon";

  private static final Names<Adam.Variant> ADAMS =
      Names.of(
          Map.of(
              Adam.Variant.ADAM, "adam",
              Adam.Variant.ADA_MAX, "ada_max",
              Adam.Variant.NADAM, "nadam",
              Adam.Variant.AMS_GRAD, "ams_grad"));

  private static final Names<Schedule.Unit> UNITS =
      Names.of(Map.of(Schedule.Unit.STEP, "iteration", Schedule.Unit.EPOCH, "epoch"));

  private OptimizerCodec() {}

  static Map<String, Object> write(@Nullable Optimizer optimizer) {
    if (optimizer == null) {
      return custom("unknown");
    }
    boolean known =
        isKnown(optimizer.schedule())
            && !(optimizer instanceof Nesterov n && !isKnown(Optional.of(n.momentum())));
    return known ? values(optimizer) : custom(optimizer.toString());
  }

  private static boolean isKnown(Optional<Schedule> schedule) {
    return schedule.filter(Schedule.Custom.class::isInstance).isEmpty();
  }

  private static Map<String, Object> custom(String description) {
    Map<String, Object> values = kind(CUSTOM);
    values.put(
        "description", description.substring(0, Math.min(MAX_DESCRIPTION, description.length())));
    return values;
  }

  private static Map<String, Object> kind(String kind) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(KIND, kind);
    return values;
  }

  /** In words. */
  static String describe(@Nullable Optimizer optimizer) {
    return describe(Json.fields(write(optimizer)));
  }

  /** In words. */
  static String describe(Fields fields) {
    return fields.describe().replace("{" + KIND + " ", "").replace("{", "").replace("}", "");
  }

  private static Map<String, Object> values(Optimizer optimizer) {
    Map<String, Object> values;
    if (optimizer instanceof Adam adam) {
      values = kind(ADAMS.of(adam.variant()));
      values.put(RATE, rate(adam.learningRate()));
      values.put("beta1", adam.beta1());
      values.put("beta2", adam.beta2());
      values.put(EPSILON, adam.epsilon());
    } else if (optimizer instanceof Sgd sgd) {
      values = kind("sgd");
      values.put(RATE, rate(sgd.learningRate()));
    } else if (optimizer instanceof Nesterov nesterov) {
      values = kind("nesterovs");
      values.put(RATE, rate(nesterov.learningRate()));
      values.put(MOMENTUM, rate(nesterov.momentum()));
    } else if (optimizer instanceof AdaGrad grad) {
      values = kind("ada_grad");
      values.put(RATE, rate(grad.learningRate()));
      values.put(EPSILON, grad.epsilon());
    } else if (optimizer instanceof RmsProp prop) {
      values = kind("rms_prop");
      values.put(RATE, rate(prop.learningRate()));
      values.put("decay", prop.decay());
      values.put(EPSILON, prop.epsilon());
    } else if (optimizer instanceof AdaDelta delta) {
      values = kind("ada_delta");
      values.put("rho", delta.rho());
      values.put(EPSILON, delta.epsilon());
    } else {
      values = kind("none");
    }
    return values;
  }

  /** Null if the optimiser was one that files cannot hold. */
  static @Nullable Optimizer read(Fields fields) {
    String kind = fields.text(KIND);
    Optimizer optimizer =
        switch (kind) {
          case CUSTOM -> {
            fields.text("description");
            yield null;
          }
          case "none" -> new NoOp();
          case "ada_delta" -> new AdaDelta(fields.number("rho"), fields.number(EPSILON));
          case "sgd" -> new Sgd(rate(fields, RATE));
          case "nesterovs" -> new Nesterov(rate(fields, RATE), rate(fields, MOMENTUM));
          case "ada_grad" -> new AdaGrad(rate(fields, RATE), fields.number(EPSILON));
          case "rms_prop" ->
              new RmsProp(rate(fields, RATE), fields.number("decay"), fields.number(EPSILON));
          default ->
              new Adam(
                  fields.constant(KIND, ADAMS),
                  rate(fields, RATE),
                  fields.number("beta1"),
                  fields.number("beta2"),
                  fields.number(EPSILON));
        };
    fields.end();
    return optimizer;
  }

  /** A number, or a schedule as an object. */
  private static Object rate(Schedule schedule) {
    return schedule instanceof Schedule.Constant constant ? constant.value() : values(schedule);
  }

  private static Map<String, Object> values(Schedule schedule) {
    Map<String, Object> values;
    if (schedule instanceof Schedule.Step step) {
      values = scheduled("step", step.unit(), step.initial());
      values.put("decay_rate", step.decayRate());
      values.put("step", step.step());
    } else if (schedule instanceof Schedule.Exponential exponential) {
      values = scheduled("exponential", exponential.unit(), exponential.initial());
      values.put("gamma", exponential.gamma());
    } else if (schedule instanceof Schedule.Inverse inverse) {
      values = scheduled("inverse", inverse.unit(), inverse.initial());
      values.put("gamma", inverse.gamma());
      values.put("power", inverse.power());
    } else if (schedule instanceof Schedule.Polynomial polynomial) {
      values = scheduled("poly", polynomial.unit(), polynomial.initial());
      values.put("power", polynomial.power());
      values.put("steps", polynomial.steps());
    } else if (schedule instanceof Schedule.Sigmoid sigmoid) {
      values = scheduled("sigmoid", sigmoid.unit(), sigmoid.initial());
      values.put("gamma", sigmoid.gamma());
      values.put("steps", sigmoid.steps());
    } else if (schedule instanceof Schedule.Cycle cycle) {
      values = scheduled("cycle", cycle.unit(), cycle.initial());
      values.put("greatest", cycle.greatest());
      values.put("length", cycle.length());
      values.put("annealing", cycle.annealing());
      values.put("annealing_decay", cycle.annealingDecay());
    } else if (schedule instanceof Schedule.Points map) {
      values = kind("map");
      values.put("unit", UNITS.of(map.unit()));
      Map<String, Object> points = new LinkedHashMap<>();
      map.values().forEach((at, value) -> points.put(at.toString(), value));
      values.put("values", points);
    } else {
      throw new IllegalArgumentException("no schedule that is known: " + schedule);
    }
    return values;
  }

  private static Map<String, Object> scheduled(String kind, Schedule.Unit unit, double initial) {
    Map<String, Object> values = kind(kind);
    values.put("unit", UNITS.of(unit));
    values.put("initial", initial);
    return values;
  }

  private static Schedule rate(Fields outer, String name) {
    if (!outer.isObject(name)) {
      return new Schedule.Constant(outer.number(name));
    }
    Fields fields = outer.object(name);
    String kind = fields.text(KIND);
    Schedule schedule =
        switch (kind) {
          // What a fixed rate used to be called where ND4J had a schedule of it.
          case "fixed" -> new Schedule.Constant(fields.number("value"));
          case "map" -> new Schedule.Points(unit(fields), points(fields.object("values")));
          default -> schedule(kind, unit(fields), fields.number("initial"), fields);
        };
    fields.end();
    return schedule;
  }

  private static Schedule schedule(String kind, Schedule.Unit unit, double initial, Fields fields) {
    return switch (kind) {
      case "step" ->
          new Schedule.Step(unit, initial, fields.number("decay_rate"), fields.number("step"));
      case "exponential" -> new Schedule.Exponential(unit, initial, fields.number("gamma"));
      case "inverse" ->
          new Schedule.Inverse(unit, initial, fields.number("gamma"), fields.number("power"));
      case "poly" ->
          new Schedule.Polynomial(unit, initial, fields.number("power"), steps(fields, "steps"));
      case "sigmoid" ->
          new Schedule.Sigmoid(unit, initial, fields.number("gamma"), steps(fields, "steps"));
      case "cycle" ->
          new Schedule.Cycle(
              unit,
              initial,
              fields.number("greatest"),
              fields.integer("length", 1, Integer.MAX_VALUE),
              fields.integer("annealing", 0, Integer.MAX_VALUE),
              fields.number("annealing_decay"));
      default -> throw fields.refuse(KIND, "is \"%s\", which is no known one".formatted(kind));
    };
  }

  private static int steps(Fields fields, String name) {
    return fields.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static Schedule.Unit unit(Fields fields) {
    return fields.constant("unit", UNITS);
  }

  private static Map<Integer, Double> points(Fields fields) {
    Map<Integer, Double> points = new TreeMap<>();
    for (String name : fields.names()) {
      // One spelling of each number, so that no two points are one.
      if (!POINT.matcher(name).matches() || Long.parseLong(name) > Integer.MAX_VALUE) {
        throw fields.refuse(name, "should be a whole number from 0 on, in digits and no others");
      }
      points.put(Integer.valueOf(name), fields.number(name));
    }
    return points;
  }
}
