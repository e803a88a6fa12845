// Finds the arrays that the page carries: gzip in base64, described as Binary.java does.

/** All bytes of the page's data. */
async function unpack(text) {
  if (typeof DecompressionStream === "undefined") {
    throw new Error("DecompressionStream");
  }
  // Loops, since from() with a function takes ten times as long for millions of numbers.
  const letters = atob(text.trim());
  const packed = new Uint8Array(letters.length);
  for (let i = 0; i < packed.length; i++) {
    packed[i] = letters.charCodeAt(i);
  }
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** What each of the numbers of 16 bits stands for. Doubles: processors multiply them as fast. */
const HALVES = new Float64Array(1 << 16);
for (let bits = 0; bits < HALVES.length; bits++) {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const size = exponent === 0
    ? fraction * 2 ** -24
    : (fraction + 1024) * 2 ** (exponent - 25);
  HALVES[bits] = bits & 0x8000 ? -size : size;
}

/** One of the arrays, as numbers. */
function arrayOf(buffer, {type, offset, length, scale}) {
  switch (type) {
    case "f32":
      return new Float32Array(buffer, offset, length);
    case "u8":
      return new Uint8Array(buffer, offset, length);
    case "u16":
      return new Uint16Array(buffer, offset, length);
    default: {
      const halves = new Uint16Array(buffer, offset, length);
      const numbers = new Float64Array(length);
      for (let i = 0; i < length; i++) {
        numbers[i] = scale * HALVES[halves[i]];
      }
      return numbers;
    }
  }
}

/** A decoder whose layers hold their arrays. */
function decoderOf(buffer, {layers, sigmoid, values}) {
  return {
    sigmoid,
    values,
    layers: layers.map(layer => ({
      ...layer,
      arrays: Object.fromEntries(
        Object.entries(layer.arrays).map(([name, place]) => [name, arrayOf(buffer, place)])),
    })),
  };
}
