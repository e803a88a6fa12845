package io.github.autoencoder4j.examples.runner;

import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.claim.Words;
import io.github.autoencoder4j.study.Study;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.viz.Picture;
import io.github.autoencoder4j.viz.page.LatentExplorer;
import io.github.autoencoder4j.viz.page.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A task's view of the run it belongs to: what it may use and where it puts what it finds. In a
 * quick run the data are few and the epochs short, so that the whole lab can be tried in a minute;
 * bars do not count then.
 */
public final class TaskRun {

  /** What is left to train on of the 3,000 photos that the settings of the dog tasks are for. */
  static final int PHOTOS_AN_EPOCH = 2_700;

  private final LabContext context;
  private final TaskResult result;

  TaskRun(LabContext context, TaskResult result) {
    this.context = context;
    this.result = result;
  }

  /**
   * The digits to train on: 60,000, or 6,000 in a quick run.
   *
   * @return images {@code [n, 1, 28, 28]} with labels
   */
  public LabeledImageSource train() {
    return context.mnistTrain();
  }

  /**
   * The digits to judge by: 10,000, or 2,000 in a quick run. Nothing is trained on them.
   *
   * @return images {@code [n, 1, 28, 28]} with labels
   */
  public LabeledImageSource test() {
    return context.mnistTest();
  }

  /**
   * The dogs to train on: about nine in ten of all, chosen by their content.
   *
   * @return pictures {@code [n, 3, 64, 64]} with labels
   */
  public LabeledImageSource trainDogs() {
    return context.dogs().train();
  }

  /**
   * The dogs to judge by: about one in ten. Nothing is trained on them.
   *
   * @return pictures {@code [n, 3, 64, 64]} with labels
   */
  public LabeledImageSource testDogs() {
    return context.dogs().test();
  }

  /**
   * How many views of each dog an epoch of training takes. A fixed number of epochs is a fixed
   * number of steps only with as many photos: of few, each has to be looked at more often, and
   * shifted, so that it is not learnt by heart.
   *
   * @return so many that there are about {@value #PHOTOS_AN_EPOCH} photos an epoch, at least 1; 1
   *     in a quick run
   */
  public int dogViews() {
    return context.quick() ? 1 : viewsOf(trainDogs().size());
  }

  static int viewsOf(int photos) {
    return Math.max(1, Math.round((float) PHOTOS_AN_EPOCH / photos));
  }

  /**
   * The seed of the whole run.
   *
   * @return any number
   */
  public long seed() {
    return context.seed();
  }

  /**
   * Settings for a training run that shows its progress and stops when the lab is asked to.
   *
   * @param what what is trained, for the progress bar
   * @param epochs how often to go through the data; a third of it, at least 2, in a quick run
   * @return settings to build on
   */
  public Training training(String what, int epochs) {
    int count = context.quick() ? Math.max(2, epochs / 3) : epochs;
    return Training.epochs(count)
        .listener(
            new TrainingProgress(
                result.task.id() + " " + what, history -> result.histories.put(what, history)))
        .cancelWhen(context::cancelled);
  }

  /**
   * Whether the lab was asked to stop, so that long work of a task's own can end early.
   *
   * @return true after Ctrl-C
   */
  public boolean cancelled() {
    return context.cancelled();
  }

  /**
   * Something several tasks need, such as a trained model: made by the first that asks.
   *
   * @param name its name
   * @param maker makes it
   * @param <T> what it is
   * @return the same object for the same name
   */
  public <T> T shared(String name, Supplier<T> maker) {
    return context.shared(name, maker);
  }

  /**
   * Takes a figure.
   *
   * @param name its name in {@code results.json}
   * @param value a number, a text or an array of numbers
   */
  public void metric(String name, Object value) {
    result.metrics.put(name, value);
  }

  /**
   * Takes a figure that should reach a bar, the more the better.
   *
   * @param name its name in {@code results.json}
   * @param value what was measured
   * @param bar the least it should be
   */
  public void atLeast(String name, double value, double bar) {
    bar(name, new TaskResult.Bar(value, bar, true, value >= bar));
  }

  /**
   * Takes a figure that should stay below a bar, the less the better.
   *
   * @param name its name in {@code results.json}
   * @param value what was measured
   * @param bar the most it should be
   */
  public void atMost(String name, double value, double bar) {
    bar(name, new TaskResult.Bar(value, bar, false, value <= bar));
  }

  private void bar(String name, TaskResult.Bar bar) {
    result.metrics.put(name, bar.value());
    if (!context.quick()) {
      result.bars.put(name, bar);
    }
  }

  /**
   * Takes a picture and saves it. What it shows says the message {@code <task>.picture.<name>}.
   *
   * @param name its file name without ending
   * @param picture the picture
   */
  public void picture(String name, Picture picture) {
    String path = result.task.id() + "/" + name + ".png";
    picture.save(context.out().resolve(Path.of(result.task.id(), name + ".png")));
    result.pictures.add(new TaskResult.Shown(path, caption(name)));
  }

  /**
   * Takes two pictures of equal size that the report lays over each other, with an edge to move.
   * What they show say the messages {@code <task>.picture.<name>}, {@code <name>.before} and {@code
   * <name>.after}.
   *
   * @param name what is compared
   * @param before on the left of the edge
   * @param after on the right of it
   */
  public void comparison(String name, Picture before, Picture after) {
    result.comparisons.add(
        new TaskResult.Compared(
            caption(name + ".before"), before, caption(name + ".after"), after, caption(name)));
  }

  private Text caption(String name) {
    return Words.text(result.task.id() + ".picture." + name);
  }

  /**
   * Writes a page in which the codes of a model can be walked. What it shows says the message
   * {@code <task>.picture.<name>}.
   *
   * @param name its file name without ending
   * @param explorer the page
   */
  public void explorer(String name, LatentExplorer explorer) {
    String file = name + ".html";
    explorer
        .title(result.task.id() + " \u00b7 " + result.task.title().in(context.language()))
        .language(context.language())
        .save(context.out().resolve(file));
    result.explorers.add(new TaskResult.Shown(file, caption(name)));
  }

  /**
   * Takes something the reader should know about how the figures came about.
   *
   * @param name the name of the message that says it
   * @param figures what goes into its places
   */
  public void note(String name, Object... figures) {
    result.notes.add(Words.text(name, figures));
  }

  /**
   * Trains settings over the same seeds, as many as the user asked for.
   *
   * @param <S> what is varied
   * @param what it is, in a word or two
   * @param settings from the cheapest to the most expensive
   * @param usual how many seeds if the user did not say
   * @param key the name of a setting behind the @ of a figure's name
   * @param comparedWith the setting that each is compared with; itself for none
   * @param experiment trains one of them with one seed
   * @return what came of it
   */
  public <S> TaskStudy<S> study(
      String what,
      List<S> settings,
      int usual,
      Function<S, String> key,
      UnaryOperator<S> comparedWith,
      Study.Experiment<S> experiment) {
    String id = result.task.id();
    String name =
        "%s of %s on %s%s"
            .formatted(what, id, context.describe(id), context.quick() ? ", quick" : "");
    Path journal = context.out().resolve(Path.of(id, "study.json"));
    return new TaskStudy.Plan<>(
            this, name, journal, context.resumes(), settings, context.seeds(usual))
        .run(key, comparedWith, experiment);
  }

  /** Takes a figure of a study for the report. */
  void studied(TaskResult.Studied<?> studied) {
    result.studies.add(studied);
  }

  /**
   * Takes text that is laid out in lines and columns, such as a table of layers.
   *
   * @param text shown as it is
   */
  public void listing(String text) {
    result.listings.add(text);
  }

  /**
   * Answers what the task asks, from the run's own figures.
   *
   * @param sentences says it in one language
   */
  public void observe(Function<Words, String> sentences) {
    result.observation = Words.text(sentences);
  }

  /**
   * Answers what the task asks, from the run's own figures.
   *
   * @param sentences says a claim in one language
   * @param claim what the figures show
   * @param <C> the kind of claim
   */
  public <C> void observe(BiFunction<Words, C, String> sentences, C claim) {
    observe(words -> sentences.apply(words, claim));
  }
}
