package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.training.EpochEnd;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The columns that the named terms of an objective have in tables of epochs: first those of
 * training, then those of validation. A term that an epoch lacks is NaN there.
 *
 * @param names the terms
 */
public record TermColumns(List<String> names) {

  private static final String TRAINING = "training.";
  private static final String VALIDATION = "validation.";

  /** More than any autoencoder has. */
  private static final int MANY = 100;

  /**
   * Collects the terms of some epochs.
   *
   * @param epochs any
   * @return the terms of all of them
   */
  public static TermColumns of(List<EpochEnd> epochs) {
    TreeSet<String> names = new TreeSet<>();
    epochs.forEach(epoch -> names.addAll(epoch.trainingTerms().keySet()));
    return new TermColumns(List.copyOf(names));
  }

  /**
   * Counts the columns.
   *
   * @return two for each term
   */
  public int count() {
    return 2 * names.size();
  }

  /** Names the columns. */
  List<String> columns() {
    List<String> columns = new ArrayList<>();
    names.forEach(name -> columns.add(TRAINING + name));
    names.forEach(name -> columns.add(VALIDATION + name));
    return columns;
  }

  /** Finds the terms that columns stand for. */
  static TermColumns named(Fields fields, String field, List<String> columns) {
    List<String> names =
        columns.stream()
            .filter(column -> column.startsWith(TRAINING))
            .map(column -> column.substring(TRAINING.length()))
            .toList();
    TermColumns terms = new TermColumns(names);
    if (!terms.columns().equals(columns)) {
      throw fields.refuse(field, "has columns that no epoch has");
    }
    return checked(fields, field, terms);
  }

  /**
   * Reads the names of terms.
   *
   * @param fields where they are
   * @param field the list, which may be missing
   * @return the terms; none if there is no such list
   */
  public static TermColumns read(Fields fields, String field) {
    return checked(
        fields, field, new TermColumns(fields.has(field) ? fields.texts(field) : List.of()));
  }

  private static TermColumns checked(Fields fields, String field, TermColumns terms) {
    if (terms.names.size() > MANY || terms.names.stream().distinct().count() < terms.names.size()) {
      throw fields.refuse(field, "names a term twice, or more than %s".formatted(MANY));
    }
    return terms;
  }

  /**
   * Adds what an epoch has.
   *
   * @param row receives a number for each column
   * @param epoch the epoch
   */
  public void put(DoubleBuffer row, EpochEnd epoch) {
    names.forEach(name -> row.put(epoch.trainingTerms().getOrDefault(name, Double.NaN)));
    names.forEach(name -> row.put(epoch.validationTerms().getOrDefault(name, Double.NaN)));
  }

  /**
   * Reads the terms of training.
   *
   * @param table where the numbers are
   * @param at the first of them
   * @return by name
   */
  public Map<String, Double> training(double[] table, int at) {
    Map<String, Double> terms = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (!Double.isNaN(table[at + i])) {
        terms.put(names.get(i), table[at + i]);
      }
    }
    return terms;
  }

  /**
   * Reads the terms of validation.
   *
   * @param table where the numbers are
   * @param at the first of those of training
   * @return by name
   */
  public Map<String, Double> validation(double[] table, int at) {
    return training(table, at + names.size());
  }
}
