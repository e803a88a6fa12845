// Draws pictures, whose values are planes in [0, 1], onto canvases.

/** The pixels of a picture; values outside of [0, 1] show as the nearest. */
function imageOf(values, [channels, height, width]) {
  const image = new ImageData(width, height);
  const plane = height * width;
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < 3; c++) {
      image.data[4 * i + c] = Math.round(255 * Math.min(1, Math.max(0, values[channels === 3 ? c * plane + i : i])));
    }
    image.data[4 * i + 3] = 255;
  }
  return image;
}

/** A grey picture as ink, whose strength is its value, so that it suits light and dark paper. */
function inkOf(values, [, height, width]) {
  const image = new ImageData(width, height);
  for (let i = 0; i < height * width; i++) {
    image.data[4 * i + 3] = Math.round(255 * Math.min(1, Math.max(0, values[i])));
  }
  return image;
}

/** Shows a picture pixel for pixel; CSS enlarges it without blur. */
function show(canvas, values, shape) {
  canvas.width = shape[2];
  canvas.height = shape[1];
  canvas.getContext("2d").putImageData(imageOf(values, shape), 0, 0);
}

/** A small picture with words for those who do not see it. */
function thumbnail(values, shape, label) {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  show(canvas, values, shape);
  return canvas;
}

// Ten colours that differ for colour-blind eyes too (least distance 0.095 in OKLab); the same as in
// the library's pictures. On dark ground they are mixed with white.
const TEN = [
  0x5c4ec9, 0xcd620c, 0x00d0ce, 0x600027, 0xfaa71c, 0x21327e, 0x6d9878, 0xa34581, 0x4c5a20, 0xaf8ae4,
];

const darkness = window.matchMedia("(prefers-color-scheme: dark)");

/** The colour of a class. */
function classColor(index, classes) {
  if (classes > TEN.length) {
    return `oklch(${darkness.matches ? 0.75 : 0.55} 0.14 ${(index * 137.508) % 360})`;
  }
  const mixed = [16, 8, 0].map(shift => {
    const value = (TEN[index] >> shift) & 0xff;
    return darkness.matches ? Math.round(value + 0.42 * (255 - value)) : value;
  });
  return `rgb(${mixed.join()})`;
}

/** A colour of the page. */
function ink(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Blue over white to red: -1 to 1. */
function signColor(value) {
  const size = Math.min(1, Math.abs(value));
  const [r, g, b] = value < 0 ? [59, 76, 192] : [180, 4, 38];
  return [r, g, b].map(channel => Math.round(240 + size * (channel - 240)));
}

/** The channels of a code side by side, as heat maps; zero is white. */
function showChannels(canvas, code, [channels, height, width]) {
  const perRow = Math.min(channels, height === 1 ? 1 : Math.ceil(Math.sqrt(channels)));
  const rows = Math.ceil(channels / perRow);
  const flat = height * width === 1;
  // A code without sides is one row of numbers, broken where it is long.
  const columns = height === 1 && channels === 1 ? Math.min(width, 64) : width;
  const lines = Math.ceil(height * width / columns);
  const gap = flat ? 0 : 1;
  canvas.width = perRow * (columns + gap) - gap;
  canvas.height = rows * (lines + gap) - gap;
  const image = new ImageData(canvas.width, canvas.height);
  const largest = code.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-12);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < height * width; i++) {
      const x = (c % perRow) * (columns + gap) + i % columns;
      const y = Math.floor(c / perRow) * (lines + gap) + Math.floor(i / columns);
      const at = 4 * (y * canvas.width + x);
      image.data.set(signColor(code[c * height * width + i] / largest), at);
      image.data[at + 3] = 255;
    }
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
  return largest;
}
