// Opens the explorer: reads the page's data, starts the decoder, and hands over to the plane of
// codes of two numbers or to the axes of longer ones.

/**
 * Decodes in a worker, so that the page stays quick; only the last code that was asked for in a
 * place counts. Without workers it decodes in the page.
 *
 * @param told puts a class behind a code, where the decoder has to be told one
 */
function decoderService(decoder, told) {
  let worker = null;
  try {
    const source = document.getElementById("decoder").textContent
      + "\nlet decoder, coarse;"
      + "\nonmessage = ({data}) => {"
      + "\n  if (data.decoder) { decoder = data.decoder; coarse = halved(decoder); return; }"
      + "\n  const picture = data.rough ? decode(coarse, data.code) : decode(decoder, data.code);"
      + "\n  postMessage({id: data.id, picture}, [picture.buffer]);"
      + "\n};";
    worker = new Worker(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
    worker.postMessage({decoder});
  } catch (e) {
    worker = null;
  }
  const coarse = halved(decoder);
  const waiting = new Map();
  let ids = 0;
  if (worker) {
    worker.onmessage = ({data}) => {
      waiting.get(data.id)(data.picture);
      waiting.delete(data.id);
    };
  }
  const ask = (code, rough) => worker
    ? new Promise(resolve => {
      waiting.set(++ids, resolve);
      worker.postMessage({id: ids, code, rough});
    })
    : new Promise(resolve => setTimeout(() => resolve(decode(rough ? coarse : decoder, code))));
  /** At most one code under way and one waiting, for each place where a picture is shown. */
  function place(onPicture, codeShape) {
    let busy = false;
    let next = null;
    const step = async () => {
      busy = true;
      while (next) {
        const {code, wide, settled} = next;
        next = null;
        if (!settled && coarse && decoder.slow) {
          onPicture(await ask(shrink(wide, codeShape), true), code, true);
        } else {
          onPicture(await ask(wide, false), code, false);
        }
        if (!next && !settled && coarse && decoder.slow) {
          next = {code, wide, settled: true};
        }
      }
      busy = false;
    };
    return (code, settled = false) => {
      next = {code: Float32Array.from(code), wide: told(code), settled};
      if (!busy) {
        step();
      }
    };
  }
  return {decode: (code, chosen) => ask(told(code, chosen), false), place};
}

/** Codes with a class behind them: as many planes of zeros as there are classes, and one of ones. */
function conditionsOf(model) {
  const area = model.code[1] * model.code[2];
  // The classes of a code without sides are single numbers.
  const length = model.decoder.layers[0].kind === "DENSE" ? 1 : area;
  model.chosen = 0;
  model.told = (code, chosen = model.chosen) => {
    const wide = new Float32Array(code.length + model.conditions.length * length);
    wide.set(code);
    return model.conditions.length > 0
      ? wide.fill(1, code.length + chosen * length, code.length + (chosen + 1) * length)
      : wide;
  };
  /** The place of a picture's class among those that the decoder knows. */
  model.conditionOf = i => Math.max(0, model.conditions.indexOf(model.className(i)));
  /** Chooses the class that is decoded; says whether that is another one than before. */
  model.choose = chosen => {
    const isOther = chosen !== model.chosen;
    model.chosen = chosen;
    if (model.conditions.length > 0) {
      document.getElementById("class").value = chosen;
    }
    return isOther;
  };
}

function failed(error) {
  const box = document.getElementById("failure");
  box.hidden = false;
  box.textContent = error.message === "DecompressionStream"
    ? say("explorer.old_browser")
    : say("explorer.broken", error.message);
}

async function open() {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  language.messages = facts.messages;
  language.current = facts.language;
  offerLanguages(document.getElementById("language"));
  translate();
  const buffer = await unpack(document.getElementById("binary").textContent);
  const [channels, height, width] = facts.sample;
  const model = {
    ...facts,
    size: facts.code[0] * facts.code[1] * facts.code[2],
    values: channels * height * width,
    decoder: decoderOf(buffer, facts.decoder),
    codes: arrayOf(buffer, facts.codes),
    labels: arrayOf(buffer, facts.labels),
    axes: facts.axes.map(axis => ({...axis, direction: arrayOf(buffer, axis.direction)})),
    mean: facts.mean && arrayOf(buffer, facts.mean),
  };
  const bytes = arrayOf(buffer, facts.originals);
  model.codeOf = i => model.codes.slice(i * model.size, (i + 1) * model.size);
  model.original = i => Float32Array.from(
    bytes.subarray(i * model.values, (i + 1) * model.values), v => v / 255);
  model.className = i => model.classes.length ? model.classes[model.labels[i]] : "";
  conditionsOf(model);
  // The first picture is decoded here, and tells how quick this machine is.
  const start = performance.now();
  decode(model.decoder, model.told(model.codeOf(0)));
  model.decoder.slow = performance.now() - start > 25;
  model.service = decoderService(model.decoder, model.told);
  const explorer = model.size === 2 ? openPlane(model) : openAxes(model);
  document.getElementById("class")?.addEventListener("change", event => {
    model.choose(Number(event.target.value));
    explorer.classChanged();
  });
  language.listeners.push(explorer.redraw);
  darkness.addEventListener("change", explorer.redraw);
  explorer.redraw();
  // What tests and the curious may use.
  window.latentExplorer = {
    model, opened: performance.now(), decode: code => decode(model.decoder, model.told(code)), ...explorer,
  };
  document.body.dataset.ready = "true";
}

open().catch(failed);
