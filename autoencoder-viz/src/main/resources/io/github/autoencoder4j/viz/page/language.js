// Says things in the language that the reader chose. Elements name their message in data-say, or in
// data-label for what only screen readers read out.

const language = {
  current: document.documentElement.lang,
  messages: {},
  /** Called when the language changes. */
  listeners: [],
};

/** A message with {0}, {1} ... replaced. */
function say(name, ...values) {
  const text = (language.messages[language.current] || {})[name] ?? name;
  return text.replace(/\{(\d)\}/g, (unused, i) => values[i]).replace(/''/g, "'");
}

/** A number by the rules of the language. */
function number(value, digits = 2) {
  if (!Number.isFinite(value)) {
    return value > 0 ? "\u221e" : value < 0 ? "\u2212\u221e" : "\u2013";
  }
  return value.toLocaleString(language.current, {
    minimumFractionDigits: digits, maximumFractionDigits: digits,
  });
}

function translate() {
  document.documentElement.lang = language.current;
  for (const element of document.querySelectorAll("[data-say]")) {
    element.textContent = say(element.dataset.say, ...JSON.parse(element.dataset.values || "[]"));
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label));
  }
  for (const element of document.querySelectorAll("[lang]:not(html)")) {
    element.hidden = element.matches("[data-only]") && element.lang !== language.current;
  }
  language.listeners.forEach(listener => listener());
}

/** Fills the choice of languages, and hides it if there is none. */
function offerLanguages(select) {
  for (const [code, messages] of Object.entries(language.messages)) {
    const option = new Option(messages.language, code, false, code === language.current);
    option.lang = code;
    select.add(option);
  }
  select.addEventListener("change", () => {
    language.current = select.value;
    translate();
  });
}
