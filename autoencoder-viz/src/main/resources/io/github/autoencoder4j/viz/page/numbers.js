// Sums over codes and pictures.

/** Draws the same numbers for the same seed: mulberry32, then Box and Muller. */
function gaussians(seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Mean and covariance of codes of two numbers, with 1 / (n - 1). */
function moments(codes, count) {
  const mean = [0, 0];
  for (let i = 0; i < 2 * count; i++) {
    mean[i % 2] += codes[i] / count;
  }
  const cov = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const x = codes[2 * i] - mean[0];
    const y = codes[2 * i + 1] - mean[1];
    cov[0] += x * x / (count - 1);
    cov[1] += x * y / (count - 1);
    cov[2] += y * y / (count - 1);
  }
  return {mean, cov};
}

/** A draw from the Gaussian with the covariance of the codes: mean + Xc^T w / sqrt(n - 1). */
function drawLike(codes, count, size, normal) {
  const drawn = new Float32Array(size);
  const weights = Float64Array.from({length: count}, normal);
  const total = weights.reduce((sum, w) => sum + w, 0);
  const root = Math.sqrt(Math.max(1, count - 1));
  for (let j = 0; j < size; j++) {
    let mean = 0;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      mean += codes[i * size + j] / count;
      sum += weights[i] * codes[i * size + j];
    }
    drawn[j] = mean + (sum - total * mean) / root;
  }
  return drawn;
}

/** Mean of the squares. */
function power(code) {
  return code.reduce((sum, v) => sum + v * v, 0) / code.length;
}

/** Scales a code to a mean square of 1. */
function unitPower(code) {
  const scale = 1 / Math.max(Math.sqrt(power(code)), 1e-8);
  return code.map(v => v * scale);
}

/** In dB, for values in [0, 1]; infinite for equal pictures. */
function psnr(one, other) {
  let squares = 0;
  for (let i = 0; i < one.length; i++) {
    squares += (one[i] - other[i]) ** 2;
  }
  return -10 * Math.log10(squares / one.length);
}

/** The codes nearest to a place, as indices, nearest first. */
function nearest(codes, count, size, place, many) {
  const distances = [];
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) {
      sum += (codes[i * size + j] - place[j]) ** 2;
    }
    distances.push([sum, i]);
  }
  return distances.sort((a, b) => a[0] - b[0]).slice(0, many).map(pair => pair[1]);
}

/** Between two codes: on a line, or on the sphere of unit power. */
function between(from, to, share, onSphere) {
  const code = from.map((v, i) => (1 - share) * v + share * to[i]);
  return onSphere ? unitPower(code) : code;
}
