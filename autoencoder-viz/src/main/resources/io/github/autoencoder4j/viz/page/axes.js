// Codes of one number, or of more than two: moved along their principal axes, shown channel by
// channel, and sent through noise.

const THUMBS = 24;

/** Which pictures are small buttons: spread evenly, since data are often in the order of their classes. */
function thumbsOf(pictures) {
  const count = Math.min(THUMBS, pictures);
  return Array.from({length: count}, (unused, i) => Math.floor(i * pictures / count));
}

function openAxes(model) {
  const $ = id => document.getElementById(id);
  const state = {picked: 0, base: model.codeOf(0), variance: 0, seed: 1, code: null, original: model.original(0)};
  const sliders = [];
  const thumbs = thumbsOf(model.pictures);
  const onSphere = code => model.unitPower ? unitPower(code) : code;

  /** How far a code lies along an axis, in standard deviations. */
  const coordinate = (code, axis) => code.reduce(
    (sum, v, j) => sum + (v - model.mean[j]) * axis.direction[j], 0) / axis.deviation;

  /** The code that the sliders make of the one they start from. */
  function moved() {
    const code = Float32Array.from(state.base);
    sliders.forEach(({axis, input, start}) => {
      const shift = (Number(input.value) - start) * axis.deviation;
      for (let j = 0; shift !== 0 && j < code.length; j++) {
        code[j] += shift * axis.direction[j];
      }
    });
    return onSphere(code);
  }

  const showReceived = model.service.place((picture, code, rough) => {
    const canvas = $("received");
    const [channels, height, width] = model.sample;
    show(canvas, picture, rough ? [channels, height / 2, width / 2] : model.sample);
    canvas.dataset.code = [...code].join();
    canvas.dataset.rough = rough;
    if (!rough) {
      $("psnr").textContent = state.original
        ? say("explorer.psnr", number(psnr(state.original, picture), 2))
        : say("explorer.no_original");
    }
  }, model.code);

  function update() {
    const clean = moved();
    const normal = gaussians(state.seed);
    const deviation = Math.sqrt(state.variance);
    state.code = state.variance > 0 ? clean.map(v => v + deviation * normal()) : clean;
    const signal = 10 * Math.log10(power(clean) / state.variance);
    $("noise-value").textContent = say(
      "explorer.noise_value", number(state.variance, 3), state.variance > 0 ? number(signal, 1) : "\u221e");
    $("noise").setAttribute("aria-valuetext", $("noise-value").textContent);
    sliders.forEach(({input, words}) => {
      words.textContent = number(Number(input.value), 1) + " \u03c3";
      input.setAttribute("aria-valuetext", say("explorer.deviations", number(Number(input.value), 1)));
    });
    const largest = showChannels($("channels"), state.code, model.code);
    $("channels-range").textContent = say("explorer.range", number(largest, 2));
    showReceived(state.code);
  }

  /** Starts from a code: a picture's, or a draw that has none. */
  function startFrom(code, original, words) {
    state.base = Float32Array.from(code);
    state.original = original;
    $("original-figure").classList.toggle("absent", !original);
    if (original) {
      show($("original"), original, model.sample);
    } else {
      const canvas = $("original");
      canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
    }
    $("picked-name").textContent = words;
    sliders.forEach(slider => {
      slider.start = coordinate(state.base, slider.axis);
      // The browser rounds to its steps, and what it holds is where the slider starts.
      slider.input.value = slider.start;
      slider.start = Number(slider.input.value);
    });
    update();
  }

  function pick(i) {
    state.picked = i;
    model.choose(model.conditionOf(i));
    const name = model.className(i);
    startFrom(model.codeOf(i), model.original(i),
      name ? say("explorer.class", name) : say("explorer.picture", number(i + 1, 0)));
    [...$("thumbs").children].forEach((button, other) => button.setAttribute("aria-pressed", thumbs[other] === i));
  }

  const normal = gaussians(7);
  function draw() {
    startFrom(onSphere(drawLike(model.codes, model.count, model.size, normal)), null, say("explorer.drawn"));
    [...$("thumbs").children].forEach(button => button.setAttribute("aria-pressed", "false"));
  }

  function newNoise() {
    state.seed++;
    update();
  }

  function buildSliders() {
    $("axes").replaceChildren(...model.axes.map((axis, k) => {
      const row = document.createElement("div");
      row.className = "slider";
      const label = document.createElement("label");
      label.htmlFor = "axis-" + k;
      const input = document.createElement("input");
      Object.assign(input, {type: "range", id: "axis-" + k, min: -4, max: 4, step: 0.05});
      const words = document.createElement("output");
      words.htmlFor = input.id;
      input.addEventListener("input", update);
      row.append(label, input, words);
      sliders.push({axis, input, words, label, start: 0});
      return row;
    }));
  }

  function nameSliders() {
    sliders.forEach(({axis, label}, k) => {
      label.textContent = say("explorer.axis", k + 1, number(100 * axis.share, 1));
    });
  }

  function buildThumbs() {
    $("thumbs").replaceChildren(...thumbs.map(i => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "thumb";
      const picture = thumbnail(model.original(i), model.sample, "");
      picture.setAttribute("aria-hidden", "true");
      button.append(picture);
      button.addEventListener("click", () => pick(i));
      return button;
    }));
  }

  function nameThumbs() {
    [...$("thumbs").children].forEach((button, place) => {
      const i = thumbs[place];
      const name = model.className(i);
      button.setAttribute("aria-label", name
        ? say("explorer.picture_of", number(i + 1, 0), name)
        : say("explorer.picture", number(i + 1, 0)));
    });
  }

  const noise = $("noise");
  noise.addEventListener("input", () => {
    // Fine steps where little noise is.
    state.variance = Number(noise.value) ** 2;
    update();
  });
  $("new-noise").addEventListener("click", newNoise);
  $("reset").addEventListener("click", () => pick(state.picked));
  $("draw").disabled = model.count < 2;
  $("draw").addEventListener("click", draw);
  document.addEventListener("keydown", event => {
    const typing = event.target.matches("select, input:not([type=range])");
    if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && $("shortcuts").checked) {
      const action = {g: draw, n: newNoise, r: () => pick(state.picked)}[event.key.toLowerCase()];
      if (action) {
        action();
      }
    }
  });
  buildSliders();
  buildThumbs();
  return {
    state,
    update,
    classChanged: update,
    redraw: () => {
      nameSliders();
      nameThumbs();
      pick(state.picked);
    },
  };
}
