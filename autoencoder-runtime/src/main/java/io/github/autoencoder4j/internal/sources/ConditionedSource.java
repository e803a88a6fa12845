package io.github.autoencoder4j.internal.sources;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.latent.Condition;
import io.github.autoencoder4j.table.TableSchema;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Samples with their classes behind their values, as a network that is conditioned on classes is
 * fed them. Held to what {@link CheckedSource} holds sources to.
 */
public final class ConditionedSource implements ImageSource {

  private final ImageSource values;
  private final LabeledImageSource labels;
  private final Condition condition;
  private final ImageShape shape;

  /**
   * Of each class of the source, its place in the condition; -1 for those that it does not have.
   */
  private final int[] places;

  private ConditionedSource(
      ImageSource values, LabeledImageSource labels, Condition condition, ImageShape shape) {
    this.values = values;
    this.labels = labels;
    this.condition = condition;
    this.shape = shape;
    List<String> names = labels.classNames();
    this.places = names.stream().mapToInt(condition.classes()::indexOf).toArray();
  }

  /**
   * Puts the classes of samples behind their values.
   *
   * @param what the samples are called in messages
   * @param source samples with classes, whose names are those of the condition
   * @param condition the classes that the network knows
   * @param shape what the network is fed
   * @return a view of the source
   * @throws IllegalArgumentException if the source has no classes
   */
  public static ConditionedSource of(
      String what, ImageSource source, Condition condition, ImageShape shape) {
    ImageSource given = source instanceof CheckedSource checked ? checked.source() : source;
    if (!(given instanceof LabeledImageSource labels)) {
      throw new IllegalArgumentException(
          "the %s have no classes, but this autoencoder is conditioned on %s; give a LabeledImageSource, such as LabeledImageSource.of(samples, labels, classNames)"
              .formatted(what, condition.listed()));
    }
    return new ConditionedSource(CheckedSource.of(source), labels, condition, shape);
  }

  /**
   * Changes the values of samples, and leaves their classes alone.
   *
   * @param source any
   * @param change makes another view of the values, of the same size and shape
   * @return a view of the source
   */
  public static ImageSource map(ImageSource source, UnaryOperator<ImageSource> change) {
    return source instanceof ConditionedSource conditioned
        ? new ConditionedSource(
            change.apply(conditioned.values),
            conditioned.labels,
            conditioned.condition,
            conditioned.shape)
        : change.apply(source);
  }

  /**
   * Looks at all classes.
   *
   * @return how many samples each class of the condition has
   * @throws UnusableDataException if a sample has another class, or none
   */
  public int[] count() {
    int[] counts = new int[condition.classes().size()];
    int size = values.size();
    for (int i = 0; i < size; i++) {
      counts[place(i)]++;
    }
    return counts;
  }

  private int place(int index) {
    int label;
    try {
      label = labels.label(index);
    } catch (Throwable e) {
      throw UnusableDataException.ofReading("the class of sample " + index, e);
    }
    if (label < 0 || label >= places.length) {
      throw new UnusableDataException(
          "sample %s has label %s, but its source has names for the labels 0 to %s"
              .formatted(index, label, places.length - 1));
    }
    if (places[label] < 0) {
      throw new UnusableDataException(
          "sample %s is of class \"%s\", but this autoencoder is conditioned on %s; leave such samples out, or name their classes alike"
              .formatted(index, labels.classNames().get(label), condition.listed()));
    }
    return places[label];
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public Optional<TableSchema> columns() {
    return values.columns();
  }

  @Override
  public void read(int index, float[] destination, int offset) {
    int place = place(index);
    values.read(index, destination, offset);
    int size = values.shape().size();
    int area = area(size);
    Arrays.fill(destination, offset + size, offset + shape.size(), 0);
    int start = offset + size + place * area;
    Arrays.fill(destination, start, start + area, 1);
  }

  @Override
  public void read(int index, FloatBuffer destination) {
    int place = place(index);
    values.read(index, destination);
    int area = area(values.shape().size());
    for (int k = 0; k < places(); k++) {
      for (int i = 0; i < area; i++) {
        destination.put(k == place ? 1 : 0);
      }
    }
  }

  private int places() {
    return condition.classes().size();
  }

  /** How many values each number of the condition fills. */
  private int area(int size) {
    return (shape.size() - size) / places();
  }
}
