// Loads the page anew while a run goes on, unless the reader says stop, and keeps what was chosen.

/** What survives a reload; where the browser keeps nothing, choices are lost and no more. */
const kept = {
  name: key => `${location.pathname} ${key}`,
  get(key) {
    try {
      return sessionStorage.getItem(this.name(key));
    } catch (e) {
      return null;
    }
  },
  set(key, value) {
    try {
      sessionStorage.setItem(this.name(key), value);
    } catch (e) {
      // Nothing to be done.
    }
  },
};

function keepFresh() {
  const live = document.querySelector(".live");
  const written = Number(live.dataset.written);
  const seconds = Number(live.dataset.refresh);
  const pause = document.getElementById("pause");
  const age = document.getElementById("age");
  const select = document.getElementById("language");
  let timer = 0;
  let paused = Boolean(pause) && kept.get("paused") === "yes";

  const tellAge = () => {
    const time = new Date(written).toLocaleTimeString(language.current);
    const past = Math.max(0, Math.round((Date.now() - written) / 1000));
    if (!seconds) {
      age.textContent = say("live.ended", time);
    } else if (paused) {
      age.textContent = say("live.paused", time);
    } else if (past > Math.max(60, 10 * seconds)) {
      age.textContent = say("live.stale", time, Math.round(past / 60));
    } else {
      age.textContent = say("live.age", time, past, seconds);
    }
  };
  const schedule = () => {
    clearTimeout(timer);
    if (seconds && !paused) {
      timer = setTimeout(() => location.reload(), 1000 * seconds);
    }
  };
  const showPause = () => {
    if (pause) {
      pause.textContent = say(paused ? "live.resume" : "live.pause");
    }
    tellAge();
  };

  if (pause) {
    pause.addEventListener("click", () => {
      paused = !paused;
      kept.set("paused", paused ? "yes" : "no");
      if (paused) {
        showPause();
        schedule();
      } else {
        location.reload();
      }
    });
  }
  language.listeners.push(showPause);
  select.addEventListener("change", () => kept.set("language", select.value));
  if (language.messages[kept.get("language")]) {
    select.value = kept.get("language");
    select.dispatchEvent(new Event("change"));
  }
  showPause();
  schedule();
  setInterval(tellAge, 1000);
}

keepFresh();
