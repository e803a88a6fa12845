package io.github.autoencoder4j.internal.inference;

import io.github.autoencoder4j.internal.plain.PlainNetwork;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.network.Spec;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads models for the fastest backend that can be used: one on the class path, else plain Java.
 * The system property {@value #PROPERTY}, read at every question, forces the latter with {@code
 * plain}.
 */
public final class Models {

  /**
   * The system property that chooses the backend: {@code plain}, or {@code fastest}, its default.
   */
  public static final String PROPERTY = "autoencoder4j.backend";

  private static final Logger LOG = LoggerFactory.getLogger(Models.class);

  private Models() {}

  /** Found once: what is on the class path stays. */
  private static final class Found {

    static final List<ModelLoader> LOADERS =
        ServiceLoader.load(ModelLoader.class, Models.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
  }

  /**
   * Loads a model, or the half of it that is wanted.
   *
   * @param file a model file
   * @param needed what it must hold
   * @return the model
   */
  public static LoadedModel load(Path file, Part needed) {
    return load(loader -> loader.load(file), needed);
  }

  /**
   * Loads a model, or the half of it that is wanted.
   *
   * @param in one model and nothing after it
   * @param needed what it must hold
   * @return the model
   */
  public static LoadedModel load(InputStream in, Part needed) {
    return load(loader -> loader.load(in), needed);
  }

  /**
   * Makes a part of a model of its weights, in plain Java.
   *
   * @param spec what makes the network
   * @param part which part
   * @param weights those of the part, each of its name and shape
   * @return the model
   * @throws IllegalArgumentException if they do not fit
   */
  public static LoadedModel of(Spec spec, Part part, List<WeightArray> weights) {
    PlainNetwork network = PlainNetwork.blank(spec);
    network.parameterMemory().put(new WeightImport(network.table(), part).numbers(weights));
    return new PlainModel(network, part);
  }

  private static LoadedModel load(Function<ModelLoader, LoadedModel> call, Part needed) {
    LoadedModel model = call.apply(loader());
    try {
      // Whatever is missing says so at the first question.
      model.infer(needed, inference -> needed);
      LOG.info("{} runs on {}", needed, model.runsOn());
      return model;
    } catch (IllegalStateException e) {
      model.close();
      throw e;
    }
  }

  private static ModelLoader loader() {
    String wanted = System.getProperty(PROPERTY, "fastest").strip().toLowerCase(Locale.ROOT);
    if (!wanted.equals("plain") && !wanted.equals("fastest")) {
      throw new IllegalArgumentException(
          "the system property %s must be plain or fastest, but was \"%s\""
              .formatted(PROPERTY, wanted));
    }
    if (wanted.equals("fastest")) {
      for (ModelLoader loader : Found.LOADERS) {
        Optional<String> problem = loader.problem();
        if (problem.isEmpty()) {
          return loader;
        }
        LOG.warn("models run in plain Java, for {}", problem.get());
      }
    }
    return new PlainLoader();
  }
}
