package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.internal.engine.LearningRates;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.SigmoidSchedule;
import org.nd4j.linalg.schedule.StepSchedule;

/**
 * Optimisers and schedules of ND4J as JSON. What users wrote themselves has no place in a file that
 * may name no class: it is kept as a description for people.
 */
final class OptimizerCodec {

  private static final int MAX_DESCRIPTION = 500;

  /** What {@link Object#toString} appends to the name of the class. */
  private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]{1,8}\\b");

  /** Where a schedule changes. */
  private static final Pattern POINT = Pattern.compile("0|[1-9][0-9]{0,9}");

  private static final String KIND = "kind";
  private static final String CUSTOM = "custom";
  private static final String RATE = "learning_rate";
  private static final String MOMENTUM = "momentum";
  private static final String EPSILON = "epsilon";

  private static final Set<String> ADAMS = Set.of("adam", "ada_max", "nadam", "ams_grad");

  private static final Names<ScheduleType> UNITS =
      Names.of(Map.of(ScheduleType.ITERATION, "iteration", ScheduleType.EPOCH, "epoch"));

  private OptimizerCodec() {}

  static Map<String, Object> write(@Nullable IUpdater optimizer) {
    if (optimizer == null) {
      return custom("unknown");
    }
    try {
      Map<String, Object> known = values(optimizer);
      IUpdater copy = known.isEmpty() ? null : read(Json.fields(known));
      // Whatever the values leave out shows here, and nothing is lost in silence.
      if (copy != null && copy.getClass() == optimizer.getClass() && copy.equals(optimizer)) {
        return known;
      }
    } catch (IllegalArgumentException e) {
      // A value that JSON has no number for, such as an infinite rate: described in words, too.
    }
    return custom(optimizer.toString());
  }

  private static Map<String, Object> custom(String description) {
    Map<String, Object> values = kind(CUSTOM);
    // Where an object lies says nothing of it, and is another place in the next process.
    String lasting = IDENTITY.matcher(description).replaceAll("");
    values.put("description", lasting.substring(0, Math.min(MAX_DESCRIPTION, lasting.length())));
    return values;
  }

  private static Map<String, Object> kind(String kind) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(KIND, kind);
    return values;
  }

  /** In words. */
  static String describe(@Nullable IUpdater optimizer) {
    return describe(Json.fields(write(optimizer)));
  }

  /** In words. */
  static String describe(Fields fields) {
    return fields.describe().replace("{" + KIND + " ", "").replace("{", "").replace("}", "");
  }

  /** Empty if the optimiser is none that is known. */
  private static Map<String, Object> values(IUpdater optimizer) {
    if (optimizer instanceof Adam a) {
      return adam(
          "adam",
          rate(a.getLearningRate(), a.getLearningRateSchedule()),
          a.getBeta1(),
          a.getBeta2(),
          a.getEpsilon());
    }
    if (optimizer instanceof AdaMax a) {
      return adam(
          "ada_max",
          rate(a.getLearningRate(), a.getLearningRateSchedule()),
          a.getBeta1(),
          a.getBeta2(),
          a.getEpsilon());
    }
    if (optimizer instanceof Nadam a) {
      return adam(
          "nadam",
          rate(a.getLearningRate(), a.getLearningRateSchedule()),
          a.getBeta1(),
          a.getBeta2(),
          a.getEpsilon());
    }
    if (optimizer instanceof AMSGrad a) {
      return adam(
          "ams_grad",
          rate(a.getLearningRate(), a.getLearningRateSchedule()),
          a.getBeta1(),
          a.getBeta2(),
          a.getEpsilon());
    }
    return simpler(optimizer);
  }

  private static Map<String, Object> adam(
      String kind, Object rate, double beta1, double beta2, double epsilon) {
    Map<String, Object> values = kind(kind);
    values.put(RATE, rate);
    values.put("beta1", beta1);
    values.put("beta2", beta2);
    values.put(EPSILON, epsilon);
    return values;
  }

  private static Map<String, Object> simpler(IUpdater optimizer) {
    Map<String, Object> values;
    if (optimizer instanceof Sgd sgd) {
      values = kind("sgd");
      values.put(RATE, rate(sgd.getLearningRate(), sgd.getLearningRateSchedule()));
    } else if (optimizer instanceof Nesterovs nesterovs) {
      values = kind("nesterovs");
      values.put(RATE, rate(nesterovs.getLearningRate(), nesterovs.getLearningRateSchedule()));
      values.put(MOMENTUM, rate(nesterovs.getMomentum(), nesterovs.getMomentumISchedule()));
    } else if (optimizer instanceof AdaGrad grad) {
      values = kind("ada_grad");
      values.put(RATE, rate(grad.getLearningRate(), grad.getLearningRateSchedule()));
      values.put(EPSILON, grad.getEpsilon());
    } else if (optimizer instanceof RmsProp prop) {
      values = kind("rms_prop");
      values.put(RATE, rate(prop.getLearningRate(), prop.getLearningRateSchedule()));
      values.put("decay", prop.getRmsDecay());
      values.put(EPSILON, prop.getEpsilon());
    } else if (optimizer instanceof AdaDelta delta) {
      values = kind("ada_delta");
      values.put("rho", delta.getRho());
      values.put(EPSILON, delta.getEpsilon());
    } else if (optimizer instanceof NoOp) {
      values = kind("none");
    } else {
      values = Map.of();
    }
    return values;
  }

  /** Null if the optimiser was one that files cannot hold. */
  static @Nullable IUpdater read(Fields fields) {
    String kind = fields.text(KIND);
    IUpdater optimizer =
        switch (kind) {
          case CUSTOM -> {
            fields.text("description");
            yield null;
          }
          case "none" -> new NoOp();
          case "ada_delta" -> new AdaDelta(fields.number("rho"), fields.number(EPSILON));
          default -> {
            IUpdater rated = rated(kind, fields);
            ISchedule schedule = schedule(fields, RATE);
            rated.setLrAndSchedule(schedule == null ? fields.number(RATE) : Double.NaN, schedule);
            yield rated;
          }
        };
    fields.end();
    if (optimizer != null) {
      // Or it would be refused only when it is trained.
      LearningRates.requireUsable(optimizer);
    }
    return optimizer;
  }

  /** With a learning rate that is still to be set. */
  private static IUpdater rated(String kind, Fields fields) {
    return switch (kind) {
      case "sgd" -> new Sgd(0);
      case "nesterovs" -> {
        ISchedule momenta = schedule(fields, MOMENTUM);
        Nesterovs.Builder builder = Nesterovs.builder().momentumISchedule(momenta);
        yield builder.momentum(momenta == null ? fields.number(MOMENTUM) : Double.NaN).build();
      }
      case "ada_grad" -> new AdaGrad(0, fields.number(EPSILON));
      case "rms_prop" -> new RmsProp(0, fields.number("decay"), fields.number(EPSILON));
      default -> adam(kind, fields);
    };
  }

  private static IUpdater adam(String kind, Fields fields) {
    if (!ADAMS.contains(kind)) {
      throw fields.refuse(KIND, "is \"%s\", which is no known one".formatted(kind));
    }
    double beta1 = fields.number("beta1");
    double beta2 = fields.number("beta2");
    double epsilon = fields.number(EPSILON);
    return switch (kind) {
      case "adam" -> new Adam(0, beta1, beta2, epsilon);
      case "ada_max" -> new AdaMax(0, beta1, beta2, epsilon);
      case "nadam" -> new Nadam(0, beta1, beta2, epsilon);
      default -> new AMSGrad(0, beta1, beta2, epsilon);
    };
  }

  /** A number, or a schedule as an object. */
  private static Object rate(double value, @Nullable ISchedule schedule) {
    return schedule == null ? value : values(schedule);
  }

  private static Map<String, Object> values(ISchedule schedule) {
    Map<String, Object> values;
    if (schedule instanceof FixedSchedule fixed) {
      values = kind("fixed");
      values.put("value", fixed.getValue());
    } else if (schedule instanceof StepSchedule step) {
      values = scheduled("step", step.getScheduleType(), step.getInitialValue());
      values.put("decay_rate", step.getDecayRate());
      values.put("step", step.getStep());
    } else if (schedule instanceof ExponentialSchedule exponential) {
      values =
          scheduled("exponential", exponential.getScheduleType(), exponential.getInitialValue());
      values.put("gamma", exponential.getGamma());
    } else if (schedule instanceof InverseSchedule inverse) {
      values = scheduled("inverse", inverse.getScheduleType(), inverse.getInitialValue());
      values.put("gamma", inverse.getGamma());
      values.put("power", inverse.getPower());
    } else if (schedule instanceof PolySchedule poly) {
      values = scheduled("poly", poly.getScheduleType(), poly.getInitialValue());
      values.put("power", poly.getPower());
      values.put("steps", poly.getMaxIter());
    } else if (schedule instanceof SigmoidSchedule sigmoid) {
      values = scheduled("sigmoid", sigmoid.getScheduleType(), sigmoid.getInitialValue());
      values.put("gamma", sigmoid.getGamma());
      values.put("steps", sigmoid.getStepSize());
    } else if (schedule instanceof CycleSchedule cycle) {
      values = scheduled("cycle", cycle.getScheduleType(), cycle.getInitialLearningRate());
      values.put("greatest", cycle.getMaxLearningRate());
      values.put("length", cycle.getCycleLength());
      values.put("annealing", cycle.getAnnealingLength());
      values.put("annealing_decay", cycle.getAnnealingDecay());
    } else if (schedule instanceof MapSchedule map) {
      values = kind("map");
      values.put("unit", UNITS.of(map.getScheduleType()));
      Map<String, Object> points = new LinkedHashMap<>();
      new TreeMap<>(map.getValues()).forEach((at, value) -> points.put(at.toString(), value));
      values.put("values", points);
    } else {
      throw new IllegalArgumentException("no schedule that is known: " + schedule);
    }
    return values;
  }

  private static Map<String, Object> scheduled(String kind, ScheduleType unit, double initial) {
    Map<String, Object> values = kind(kind);
    values.put("unit", UNITS.of(unit));
    values.put("initial", initial);
    return values;
  }

  /** Null if there is a number. */
  private static @Nullable ISchedule schedule(Fields outer, String name) {
    if (!outer.isObject(name)) {
      return null;
    }
    Fields fields = outer.object(name);
    String kind = fields.text(KIND);
    ISchedule schedule =
        switch (kind) {
          case "fixed" -> new FixedSchedule(fields.number("value"));
          case "map" -> new MapSchedule(unit(fields), points(fields.object("values")));
          default -> schedule(kind, unit(fields), fields.number("initial"), fields);
        };
    fields.end();
    return schedule;
  }

  private static ISchedule schedule(String kind, ScheduleType unit, double initial, Fields fields) {
    return switch (kind) {
      case "step" ->
          new StepSchedule(unit, initial, fields.number("decay_rate"), fields.number("step"));
      case "exponential" -> new ExponentialSchedule(unit, initial, fields.number("gamma"));
      case "inverse" ->
          new InverseSchedule(unit, initial, fields.number("gamma"), fields.number("power"));
      case "poly" ->
          new PolySchedule(unit, initial, fields.number("power"), steps(fields, "steps"));
      case "sigmoid" ->
          new SigmoidSchedule(unit, initial, fields.number("gamma"), steps(fields, "steps"));
      case "cycle" ->
          new CycleSchedule(
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

  private static ScheduleType unit(Fields fields) {
    return fields.constant("unit", UNITS);
  }

  private static Map<Integer, Double> points(Fields fields) {
    Map<Integer, Double> points = new HashMap<>();
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
