package io.github.autoencoder4j.viz.page;

import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModelException;
import freemarker.template.utility.DeepUnwrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets a template ask for a text in the languages of its page: one entry if all say the same, else
 * one a language, of which the page shows that of the reader.
 */
final class Wording implements TemplateMethodModelEx {

  private final String shown;
  private final Set<String> languages;

  Wording(String shown, Set<String> languages) {
    this.shown = shown;
    this.languages = languages;
  }

  @Override
  public Object exec(@SuppressWarnings("rawtypes") List arguments) throws TemplateModelException {
    Text text = (Text) DeepUnwrap.unwrap((freemarker.template.TemplateModel) arguments.get(0));
    boolean same = languages.stream().map(text::in).distinct().count() == 1;
    List<Map<String, Object>> wordings = new ArrayList<>();
    for (String language : same ? Set.of(shown) : languages) {
      wordings.add(
          Map.of(
              "language", same ? "" : language,
              "words", text.in(language),
              "hidden", !language.equals(shown)));
    }
    return wordings;
  }
}
