// Decodes codes by the layers of a decoder, over typed arrays. Runs in the page and in a worker, so
// it touches nothing outside of itself. Arrays are planes: [channels, height, width].

"use strict";

/** What is done to each number after a layer. */
const POINTWISE = {
  RELU: z => z > 0 ? z : 0,
  LEAKY_RELU: z => z > 0 ? z : 0.01 * z,
  ELU: z => z > 0 ? z : Math.expm1(z),
  SILU: z => z / (1 + Math.exp(-z)),
  TANH: Math.tanh,
  SIGMOID: z => 1 / (1 + Math.exp(-z)),
};

function activate(layer, z, channels) {
  const kind = layer.activation;
  const plane = z.length / channels;
  if (kind === "IDENTITY") {
    return z;
  }
  if (kind === "PRELU") {
    const slope = layer.arrays.slope;
    for (let i = 0; i < z.length; i++) {
      if (z[i] < 0) {
        z[i] *= slope[(i / plane) | 0];
      }
    }
    return z;
  }
  if (kind === "GDN" || kind === "INVERSE_GDN") {
    return normalize(z, channels, layer.arrays.beta, layer.arrays.gamma, kind === "INVERSE_GDN");
  }
  const f = POINTWISE[kind];
  for (let i = 0; i < z.length; i++) {
    z[i] = f(z[i]);
  }
  return z;
}

/** Generalised divisive normalisation over the channels of each pixel, or its inverse. */
function normalize(z, channels, beta, gamma, inverse) {
  const plane = z.length / channels;
  const y = new Float64Array(z.length);
  for (let i = 0; i < channels; i++) {
    for (let p = 0; p < plane; p++) {
      let sum = beta[i];
      for (let j = 0; j < channels; j++) {
        const other = z[j * plane + p];
        sum += gamma[i * channels + j] * other * other;
      }
      const root = Math.sqrt(sum);
      y[i * plane + p] = inverse ? z[i * plane + p] * root : z[i * plane + p] / root;
    }
  }
  return y;
}

function dense(x, weight, bias) {
  const y = new Float64Array(bias.length);
  for (let o = 0; o < y.length; o++) {
    let sum = bias[o];
    const row = o * x.length;
    for (let i = 0; i < x.length; i++) {
      sum += weight[row + i] * x[i];
    }
    y[o] = sum;
  }
  return y;
}

/** A convolution with kernels of 3x3 and stride 1, by far the commonest: nine weights at a time. */
function convolve3(x, channels, height, width, weight, bias) {
  const padded = width + 2;
  const input = new Float64Array(channels * (height + 2) * padded);
  for (let c = 0; c < channels; c++) {
    for (let row = 0; row < height; row++) {
      const from = (c * height + row) * width;
      input.set(x.subarray(from, from + width), (c * (height + 2) + row + 1) * padded + 1);
    }
  }
  const plane = height * width;
  const y = new Float64Array(bias.length * plane);
  for (let o = 0; o < bias.length; o++) {
    const out = y.subarray(o * plane, (o + 1) * plane).fill(bias[o]);
    for (let c = 0; c < channels; c++) {
      const at = (o * channels + c) * 9;
      const w0 = weight[at], w1 = weight[at + 1], w2 = weight[at + 2];
      const w3 = weight[at + 3], w4 = weight[at + 4], w5 = weight[at + 5];
      const w6 = weight[at + 6], w7 = weight[at + 7], w8 = weight[at + 8];
      for (let row = 0; row < height; row++) {
        let top = (c * (height + 2) + row) * padded;
        let middle = top + padded;
        let bottom = middle + padded;
        let a0 = input[top++], a1 = input[top++];
        let b0 = input[middle++], b1 = input[middle++];
        let c0 = input[bottom++], c1 = input[bottom++];
        const end = (row + 1) * width;
        for (let i = row * width; i < end; i++) {
          const a2 = input[top++], b2 = input[middle++], c2 = input[bottom++];
          out[i] += a0 * w0 + a1 * w1 + a2 * w2 + b0 * w3 + b1 * w4 + b2 * w5
              + c0 * w6 + c1 * w7 + c2 * w8;
          a0 = a1; a1 = a2;
          b0 = b1; b1 = b2;
          c0 = c1; c1 = c2;
        }
      }
    }
  }
  return y;
}

/** Any convolution or its transpose: a pixel of the smaller image meets a window of the larger. */
function convolve(layer, x, weight, bias) {
  const [inChannels, inHeight, inWidth] = layer.input;
  const [outChannels, outHeight, outWidth] = layer.output;
  const [kernelHeight, kernel] = layer.kernel;
  const [strideHeight, stride] = layer.stride;
  const transposed = layer.kind === "TRANSPOSED";
  if (kernelHeight === 3 && kernel === 3 && stride === 1 && !transposed) {
    return convolve3(x, inChannels, inHeight, inWidth, weight, bias);
  }
  const area = kernelHeight * kernel;
  const paddingHeight = (kernelHeight - strideHeight) / 2;
  const padding = (kernel - stride) / 2;
  const smallHeight = transposed ? inHeight : outHeight;
  const smallWidth = transposed ? inWidth : outWidth;
  const smallChannels = transposed ? inChannels : outChannels;
  const largeHeight = transposed ? outHeight : inHeight;
  const largeWidth = transposed ? outWidth : inWidth;
  const largeChannels = transposed ? outChannels : inChannels;
  const y = new Float64Array(outChannels * outHeight * outWidth);
  for (let o = 0; o < outChannels; o++) {
    y.fill(bias[o], o * outHeight * outWidth, (o + 1) * outHeight * outWidth);
  }
  for (let s = 0; s < smallChannels; s++) {
    for (let l = 0; l < largeChannels; l++) {
      const base = (s * largeChannels + l) * area;
      for (let k = 0; k < area; k++) {
        const w = weight[base + k];
        const down = ((k / kernel) | 0) - paddingHeight;
        const right = k % kernel - padding;
        for (let row = 0; row < smallHeight; row++) {
          const top = row * strideHeight + down;
          if (top < 0 || top >= largeHeight) {
            continue;
          }
          let place = (s * smallHeight + row) * smallWidth;
          const line = (l * largeHeight + top) * largeWidth;
          for (let column = 0; column < smallWidth; column++, place++) {
            const left = column * stride + right;
            if (left >= 0 && left < largeWidth) {
              if (transposed) {
                y[line + left] += w * x[place];
              } else {
                y[place] += w * x[line + left];
              }
            }
          }
        }
      }
    }
  }
  return y;
}

/** Channels to blocks of pixels, or back: channel (c * high + dy) * wide + dx is pixel (dy, dx). */
function rearrange(layer, x) {
  const toSpace = layer.kind === "TO_SPACE";
  const [channels, height, width] = toSpace ? layer.output : layer.input;
  const [high, wide] = layer.kernel;
  const y = new Float64Array(x.length);
  const smallHeight = height / high;
  const smallWidth = width / wide;
  let i = 0;
  for (let c = 0; c < channels; c++) {
    for (let row = 0; row < height; row++) {
      const line = ((row / high) | 0) * smallWidth;
      for (let column = 0; column < width; column++, i++) {
        const deep = ((c * high + row % high) * wide + column % wide) * smallHeight * smallWidth
            + line + ((column / wide) | 0);
        if (toSpace) {
          y[i] = x[deep];
        } else {
          y[deep] = x[i];
        }
      }
    }
  }
  return y;
}

function run(layer, x) {
  const a = layer.arrays;
  const channels = layer.output[0];
  switch (layer.kind) {
    case "DENSE": {
      const y = dense(x, a.weight, a.bias);
      return activate(layer, y, y.length);
    }
    case "CONVOLUTION":
    case "TRANSPOSED":
      return activate(layer, convolve(layer, x, a.weight, a.bias), channels);
    case "RESIDUAL": {
      const inner = activate(layer, convolve(layer, x, a.weight, a.bias), channels);
      const y = convolve(layer, inner, a["weight-2"], a["bias-2"]);
      for (let i = 0; i < y.length; i++) {
        y[i] += x[i];
      }
      return y;
    }
    default:
      return rearrange(layer, x);
  }
}

/** The picture of a code, as numbers that are in [0, 1] if the output is a sigmoid. */
function decode(decoder, code) {
  let x = Float64Array.from(code);
  for (const layer of decoder.layers) {
    x = run(layer, x);
  }
  x = x.slice(0, x.length * decoder.values);
  if (decoder.sigmoid) {
    for (let i = 0; i < x.length; i++) {
      x[i] = 1 / (1 + Math.exp(-x[i]));
    }
  }
  return Float32Array.from(x);
}

/**
 * The same decoder for codes of half the sides: a quarter of the work. Convolutions do not mind how
 * large an image is.
 *
 * @returns {object | null} null if a layer is dense, or sides are odd
 */
function halved(decoder) {
  const half = ([c, h, w]) => [c, h / 2, w / 2];
  const fits = layer => layer.kind !== "DENSE" && layer.input[1] % 2 === 0 && layer.input[2] % 2 === 0;
  return decoder.layers.every(fits)
    ? {...decoder, layers: decoder.layers.map(
        layer => ({...layer, input: half(layer.input), output: half(layer.output)}))}
    : null;
}

/** Means over blocks of 2 x 2 pixels. */
function shrink(x, [channels, height, width]) {
  const y = new Float32Array(x.length / 4);
  for (let i = 0; i < x.length; i++) {
    const row = (i / width) | 0;
    y[(row >> 1) * (width / 2) + ((i % width) >> 1)] += x[i] / 4;
  }
  return y;
}
