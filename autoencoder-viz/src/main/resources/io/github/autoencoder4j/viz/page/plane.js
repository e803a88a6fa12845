// Codes of two numbers: points over the map of what they decode to, and a point to drag.

const MAP_CELLS = 18;
const NEIGHBORS = 6;

/** The box that holds all but the outermost hundredth of the codes on each side. */
function samplingBox(codes, count) {
  return [0, 1].map(axis => {
    const values = Float32Array.from({length: count}, (unused, i) => codes[2 * i + axis]).sort();
    const at = share => values[Math.round(share * (count - 1))];
    const [low, high] = [at(0.01), at(0.99)];
    return low < high ? [low, high] : [low - 1, high + 1];
  });
}

function openPlane(model) {
  const $ = id => document.getElementById(id);
  const plot = $("plot");
  const {codes, count, labels} = model;
  const box = samplingBox(codes, count);
  const view = [0, 1].map(axis => {
    let [low, high] = box[axis];
    for (let i = 0; i < count; i++) {
      low = Math.min(low, codes[2 * i + axis]);
      high = Math.max(high, codes[2 * i + axis]);
    }
    const margin = 0.04 * (high - low);
    return [low - margin, high + margin];
  });
  const gaussian = count > 2 ? moments(codes, count) : null;
  const order = Array.from({length: count}, (unused, i) => (i * 7919) % count);
  const shown = new Set(model.classes.keys());
  const state = {code: [...model.codeOf(0)], picked: 0, from: null, to: null, samples: []};
  const map = document.createElement("canvas");
  map.width = MAP_CELLS * model.sample[2];
  map.height = MAP_CELLS * model.sample[1];
  let drawn = 0;
  let fillings = 0;

  const pixels = () => plot.width;
  const toX = z => (z - view[0][0]) / (view[0][1] - view[0][0]) * pixels();
  const toY = z => (view[1][1] - z) / (view[1][1] - view[1][0]) * pixels();
  const toCode = (x, y) => [
    view[0][0] + x / pixels() * (view[0][1] - view[0][0]),
    view[1][1] - y / pixels() * (view[1][1] - view[1][0]),
  ];

  /**
   * Decodes the map row by row, so that it appears at once and then fills. A map of another class
   * ends the one before.
   */
  async function fillMap() {
    const filling = ++fillings;
    document.body.dataset.map = "false";
    const [, height, width] = model.sample;
    const pen = map.getContext("2d");
    for (let row = 0; row < MAP_CELLS; row++) {
      for (let column = 0; column < MAP_CELLS; column++) {
        const code = [column, MAP_CELLS - 1 - row].map(
          (place, axis) => view[axis][0] + (place + 0.5) / MAP_CELLS * (view[axis][1] - view[axis][0]));
        const picture = await model.service.decode(code);
        if (filling !== fillings) {
          return;
        }
        const image = model.sample[0] === 1 ? inkOf(picture, model.sample) : imageOf(picture, model.sample);
        pen.putImageData(image, column * width, row * height);
      }
      redrawPlot();
    }
    document.body.dataset.map = "true";
  }

  function redrawPlot() {
    cancelAnimationFrame(drawn);
    drawn = requestAnimationFrame(paint);
  }

  function paint() {
    const side = Math.max(200, Math.round(plot.clientWidth * (window.devicePixelRatio || 1)));
    if (plot.width !== side) {
      plot.width = side;
      plot.height = side;
    }
    const unit = side / Math.max(1, plot.clientWidth);
    const pen = plot.getContext("2d");
    pen.globalAlpha = 1;
    pen.fillStyle = ink("--plot");
    pen.fillRect(0, 0, side, side);
    if ($("show-map").checked) {
      paintMap(pen, side);
    }
    if ($("show-points").checked) {
      paintPoints(pen, unit);
    }
    if ($("show-box").checked) {
      pen.strokeStyle = ink("--ink");
      pen.lineWidth = 1.5 * unit;
      pen.strokeRect(toX(box[0][0]), toY(box[1][1]),
        toX(box[0][1]) - toX(box[0][0]), toY(box[1][0]) - toY(box[1][1]));
    }
    if ($("show-gaussian").checked && gaussian) {
      paintGaussian(pen, unit);
    }
    paintWay(pen, unit);
    paintPoint(pen, unit);
  }

  function paintMap(pen, side) {
    let shownMap = map;
    if (model.sample[0] === 1) {
      shownMap = document.createElement("canvas");
      shownMap.width = map.width;
      shownMap.height = map.height;
      const tint = shownMap.getContext("2d");
      tint.fillStyle = ink("--ink");
      tint.fillRect(0, 0, map.width, map.height);
      tint.globalCompositeOperation = "destination-in";
      tint.drawImage(map, 0, 0);
    }
    pen.globalAlpha = $("show-points").checked ? 0.3 : 1;
    pen.drawImage(shownMap, 0, 0, side, side);
    pen.globalAlpha = 1;
  }

  function paintPoints(pen, unit) {
    const size = (2.2 + 2.4 * Math.min(1, Math.sqrt(400 / count))) * unit;
    const colors = Array.from(
      {length: Math.max(1, model.classes.length)}, (unused, c) => classColor(c, model.classes.length));
    pen.globalAlpha = 0.85;
    for (const i of order) {
      if (model.classes.length === 0 || shown.has(labels[i])) {
        pen.fillStyle = colors[labels[i]];
        pen.fillRect(toX(codes[2 * i]) - size / 2, toY(codes[2 * i + 1]) - size / 2, size, size);
      }
    }
    pen.globalAlpha = 1;
    paintNames(pen, unit);
  }

  /** The name of each class at the median of its points, so that colour is not all that tells. */
  function paintNames(pen, unit) {
    pen.font = `600 ${14 * unit}px system-ui, sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineWidth = 4 * unit;
    pen.strokeStyle = ink("--plot");
    pen.fillStyle = ink("--ink");
    if (shown.size > 26) {
      return;
    }
    for (const c of shown) {
      const members = order.filter(i => labels[i] === c);
      if (members.length > 0) {
        const middle = axis => Float32Array.from(members, i => codes[2 * i + axis]).sort()[members.length >> 1];
        const name = model.classes[c].length > 14 ? model.classes[c].slice(0, 13) + "\u2026" : model.classes[c];
        pen.strokeText(name, toX(middle(0)), toY(middle(1)));
        pen.fillText(name, toX(middle(0)), toY(middle(1)));
      }
    }
  }

  /** Where one and two standard deviations lie, and what was drawn. */
  function paintGaussian(pen, unit) {
    const {mean, cov: [a, b, c]} = gaussian;
    const l11 = Math.sqrt(a);
    const l21 = l11 > 0 ? b / l11 : 0;
    const l22 = Math.sqrt(Math.max(0, c - l21 * l21));
    pen.strokeStyle = ink("--mark");
    pen.lineWidth = 2 * unit;
    for (const radius of [1, 2]) {
      pen.beginPath();
      for (let i = 0; i <= 90; i++) {
        const u = radius * Math.cos(i * Math.PI / 45);
        const v = radius * Math.sin(i * Math.PI / 45);
        pen.lineTo(toX(mean[0] + l11 * u), toY(mean[1] + l21 * u + l22 * v));
      }
      pen.stroke();
    }
    pen.fillStyle = ink("--mark");
    for (const sample of state.samples) {
      pen.beginPath();
      pen.arc(toX(sample[0]), toY(sample[1]), 4 * unit, 0, 2 * Math.PI);
      pen.fill();
    }
  }

  function paintWay(pen, unit) {
    pen.strokeStyle = ink("--ink");
    pen.fillStyle = ink("--ink");
    pen.lineWidth = 1.5 * unit;
    pen.font = `600 ${13 * unit}px system-ui, sans-serif`;
    if (state.from && state.to) {
      pen.setLineDash([5 * unit, 4 * unit]);
      pen.beginPath();
      pen.moveTo(toX(state.from[0]), toY(state.from[1]));
      pen.lineTo(toX(state.to[0]), toY(state.to[1]));
      pen.stroke();
      pen.setLineDash([]);
    }
    for (const [name, code] of [["A", state.from], ["B", state.to]]) {
      if (code) {
        pen.fillText(name, toX(code[0]), toY(code[1]) - 14 * unit);
        pen.fillRect(toX(code[0]) - 3 * unit, toY(code[1]) - 3 * unit, 6 * unit, 6 * unit);
      }
    }
  }

  function paintPoint(pen, unit) {
    for (const [radius, width, color] of [[9, 5, "--plot"], [9, 2.5, "--ink"], [2, 4, "--ink"]]) {
      pen.strokeStyle = ink(color);
      pen.lineWidth = width * unit;
      pen.beginPath();
      pen.arc(toX(state.code[0]), toY(state.code[1]), radius * unit, 0, 2 * Math.PI);
      pen.stroke();
    }
  }

  const decodeHere = model.service.place((picture, code) => {
    show($("decoded"), picture, model.sample);
    $("decoded").dataset.code = [...code].join();
  }, model.code);

  /** Moves the point; whoever moves it has its own control already at the place. */
  function moveTo(code) {
    state.code = [0, 1].map(axis => Math.min(view[axis][1], Math.max(view[axis][0], code[axis])));
    for (const axis of [0, 1]) {
      $("z" + (axis + 1)).value = state.code[axis];
      $("z" + (axis + 1) + "-value").textContent = number(state.code[axis]);
    }
    plot.setAttribute("aria-valuetext", say("explorer.at", ...state.code.map(z => number(z))));
    decodeHere(state.code);
    redrawPlot();
  }

  async function pick(i) {
    state.picked = i;
    const code = model.codeOf(i);
    const isOther = model.choose(model.conditionOf(i));
    moveTo(code);
    if (isOther) {
      showClass();
    }
    const name = model.className(i);
    $("picked-name").textContent = name ? say("explorer.class", name) : say("explorer.picture", number(i + 1, 0));
    show($("picked-original"), model.original(i), model.sample);
    const rebuilt = await model.service.decode(code, model.conditionOf(i));
    show($("picked-rebuilt"), rebuilt, model.sample);
    $("picked-psnr").textContent = say("explorer.psnr", number(psnr(model.original(i), rebuilt), 1));
    $("neighbors").replaceChildren(...nearest(codes, model.pictures, 2, code, NEIGHBORS + 1)
      .filter(other => other !== i).slice(0, NEIGHBORS).map(other => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "thumb";
        const label = say("explorer.neighbor", model.className(other) || number(other + 1, 0));
        button.setAttribute("aria-label", label);
        button.title = label;
        const picture = thumbnail(model.original(other), model.sample, "");
        picture.setAttribute("aria-hidden", "true");
        button.append(picture);
        button.addEventListener("click", () => pick(other));
        return button;
      }));
  }

  async function showWay() {
    const ready = state.from && state.to;
    for (const id of ["play", "way"]) {
      $(id).disabled = !ready;
    }
    const strip = [];
    for (let i = 0; ready && i < 9; i++) {
      const picture = await model.service.decode(between(state.from, state.to, i / 8, false));
      strip.push(thumbnail(picture, model.sample, say("explorer.step", i + 1, 9)));
    }
    $("strip").replaceChildren(...strip);
    redrawPlot();
  }

  /** What depends on the class, but for the point. */
  function showClass() {
    fillMap();
    showWay();
    showDrawn();
  }

  async function showDrawn() {
    const pictures = await Promise.all(
      state.samples.slice(0, 12).map(code => model.service.decode(code)));
    $("drawn").replaceChildren(...pictures.map(
      (picture, i) => thumbnail(picture, model.sample, say("explorer.draw_of", i + 1, 12))));
  }

  function play() {
    const start = performance.now();
    const frame = now => {
      const share = Math.min(1, Math.max(0, now - start) / 2500);
      $("way").value = share;
      moveTo(between(state.from, state.to, share, false));
      if (share < 1) {
        requestAnimationFrame(frame);
      }
    };
    requestAnimationFrame(frame);
  }

  function listenToPlot() {
    let from = null;
    const codeAt = event => {
      const rect = plot.getBoundingClientRect();
      const scale = pixels() / rect.width;
      return toCode((event.clientX - rect.left) * scale, (event.clientY - rect.top) * scale);
    };
    plot.addEventListener("pointerdown", event => {
      plot.setPointerCapture(event.pointerId);
      from = [event.clientX, event.clientY];
      moveTo(codeAt(event));
    });
    plot.addEventListener("pointermove", event => {
      if (from) {
        moveTo(codeAt(event));
      }
    });
    plot.addEventListener("pointerup", event => {
      const still = from && Math.hypot(event.clientX - from[0], event.clientY - from[1]) < 4;
      from = null;
      if (still) {
        pickNear(codeAt(event));
      }
    });
    plot.addEventListener("pointercancel", () => { from = null; });
    plot.addEventListener("keydown", event => {
      const step = (event.shiftKey ? 0.05 : 0.01);
      const moves = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]};
      const move = moves[event.key];
      if (move) {
        event.preventDefault();
        moveTo(state.code.map((z, axis) => z + move[axis] * step * (view[axis][1] - view[axis][0])));
      } else if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        pick(nearest(codes, model.pictures, 2, state.code, 1)[0]);
      }
    });
  }

  /** A click picks the nearest code, if one is near. */
  function pickNear(place) {
    const [i] = nearest(codes, model.pictures, 2, place, 1);
    const code = model.codeOf(i);
    if (Math.hypot(toX(code[0]) - toX(place[0]), toY(code[1]) - toY(place[1])) < 0.04 * pixels()) {
      pick(i);
    }
  }

  function legend() {
    $("legend").replaceChildren(...model.classes.map((name, c) => {
      const label = document.createElement("label");
      label.className = "class";
      const checkbox = document.createElement("input");
      checkbox.type = "checkbox";
      checkbox.checked = shown.has(c);
      checkbox.addEventListener("change", () => {
        shown[checkbox.checked ? "add" : "delete"](c);
        redrawPlot();
      });
      const swatch = document.createElement("span");
      swatch.className = "swatch";
      swatch.style.background = classColor(c, model.classes.length);
      const words = document.createElement("span");
      words.textContent = name;
      words.dir = "auto";
      label.append(checkbox, swatch, words);
      return label;
    }));
  }

  for (const axis of [0, 1]) {
    const slider = $("z" + (axis + 1));
    [slider.min, slider.max] = view[axis];
    slider.step = (view[axis][1] - view[axis][0]) / 400;
    slider.addEventListener("input", () => {
      const code = [...state.code];
      code[axis] = Number(slider.value);
      moveTo(code);
    });
  }
  for (const id of ["show-map", "show-points", "show-box", "show-gaussian"]) {
    $(id).addEventListener("change", redrawPlot);
  }
  const normal = gaussians(1);
  $("draw").disabled = !gaussian;
  $("draw").addEventListener("click", () => {
    $("show-gaussian").checked = true;
    state.samples = Array.from({length: 24}, () => [...drawLike(codes, count, 2, normal)]);
    moveTo(state.samples[0]);
    showDrawn();
  });
  $("set-a").addEventListener("click", () => { state.from = [...state.code]; showWay(); });
  $("set-b").addEventListener("click", () => { state.to = [...state.code]; showWay(); });
  $("play").addEventListener("click", play);
  $("way").addEventListener("input", () =>
    moveTo(between(state.from, state.to, Number($("way").value), false)));
  listenToPlot();
  new ResizeObserver(redrawPlot).observe(plot);
  pick(0);
  fillMap();
  return {
    state,
    moveTo,
    classChanged: () => {
      moveTo(state.code);
      showClass();
    },
    redraw: () => {
      legend();
      pick(state.picked);
      redrawPlot();
    },
  };
}
