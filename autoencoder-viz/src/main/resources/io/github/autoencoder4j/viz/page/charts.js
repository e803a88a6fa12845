// Draws charts with uPlot: a tip at the pointer, a legend that hides series, zoom by dragging.

const SERIES = ["#3b6fd4", "#c2570c", "#0f8f83", "#9c3587", "#7c6a0a", "#5b6472"];
const SERIES_DARK = ["#86aefc", "#f2a35e", "#5fd4c6", "#e08fce", "#d9c455", "#b4bfca"];

/** Distances of marks where only whole numbers have a meaning, as epochs do. */
const WHOLE = Array.from({length: 30}, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3));

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** A number with as many digits as it needs. */
function short(value) {
  return value == null ? "\u2013" : value.toLocaleString(language.current, {maximumSignificantDigits: 5});
}

/** The numbers of an axis, with all digits in which they differ; uPlot alone would stop at the third. */
function exact(plot, values) {
  return values.map(value => value == null
    ? "" : Number(value.toPrecision(12)).toLocaleString(language.current, {maximumFractionDigits: 15}));
}

/** Reads out all values at the pointer. */
function tip(chart) {
  let box;
  return {
    hooks: {
      init: plot => {
        box = document.createElement("div");
        box.className = "tip";
        box.hidden = true;
        plot.over.append(box);
        plot.over.addEventListener("mouseleave", () => { box.hidden = true; });
      },
      setCursor: plot => {
        const {idx, left, top} = plot.cursor;
        box.hidden = idx == null || left < 0;
        if (box.hidden) {
          return;
        }
        const lines = [chart.names.length ? chart.names[idx] : `${chart.xLabel} ${short(plot.data[0][idx])}`];
        chart.series.forEach((series, i) => {
          if (plot.series[i + 1].show && plot.data[i + 1][idx] != null) {
            const error = series.error[idx] == null ? "" : ` \u00b1 ${short(series.error[idx])}`;
            lines.push(`${series.name} ${short(plot.data[i + 1][idx])}${error}`);
          }
        });
        box.replaceChildren(...lines.map(line => Object.assign(document.createElement("div"), {textContent: line})));
        const right = left > plot.over.clientWidth / 2;
        box.style.left = right ? "" : `${left + 12}px`;
        box.style.right = right ? `${plot.over.clientWidth - left + 12}px` : "";
        box.style.top = `${Math.max(0, top - 20)}px`;
      },
    },
  };
}

/** Draws a line from value - error to value + error through each bar. */
function errorBars(chart, places) {
  return {
    hooks: {
      draw: plot => {
        const pen = plot.ctx;
        pen.save();
        pen.strokeStyle = color("--ink");
        pen.lineWidth = 1.5 * devicePixelRatio;
        chart.series.forEach((series, i) => {
          series.error.forEach((error, at) => {
            if (error != null && plot.series[i + 1].show) {
              const x = plot.valToPos(plot.data[0][at] + places(i), "x", true);
              const [low, high] = [-1, 1].map(sign => plot.valToPos(plot.data[i + 1][at] + sign * error, "y", true));
              pen.beginPath();
              pen.moveTo(x, low);
              pen.lineTo(x, high);
              for (const y of [low, high]) {
                pen.moveTo(x - 5 * devicePixelRatio, y);
                pen.lineTo(x + 5 * devicePixelRatio, y);
              }
              pen.stroke();
            }
          });
        });
        pen.restore();
      },
    },
  };
}

/** A step of bars: each series has its share of the room of a name. */
function barPath(series, i, chart) {
  const width = 0.8 / chart.series.length;
  const shift = (i - (chart.series.length - 1) / 2) * width;
  return {
    shift,
    path: chart.kind === "histogram"
      ? uPlot.paths.bars({size: [1, Infinity]})
      : (plot, seriesIdx, from, to) => {
        const path = new Path2D();
        const zero = plot.valToPos(Math.max(0, plot.scales.y.min), "y", true);
        for (let at = from; at <= to; at++) {
          const value = plot.data[seriesIdx][at];
          if (value != null) {
            const left = plot.valToPos(plot.data[0][at] + shift - width / 2, "x", true);
            const right = plot.valToPos(plot.data[0][at] + shift + width / 2, "x", true);
            path.rect(left, Math.min(zero, plot.valToPos(value, "y", true)), right - left - 1,
              Math.abs(zero - plot.valToPos(value, "y", true)));
          }
        }
        return {fill: path, stroke: path};
      },
  };
}

/** Room for whole bars at both ends. */
function rangeOf(chart) {
  if (chart.names.length) {
    return {range: () => [0.4, chart.names.length + 0.6]};
  }
  const half = (chart.x[1] - chart.x[0]) / 2;
  return chart.kind === "histogram" ? {range: (plot, low, high) => [low - half, high + half]} : {};
}

function optionsFor(chart, width) {
  const colors = dark.matches ? SERIES_DARK : SERIES;
  const bars = chart.kind !== "lines";
  const axis = {values: exact, stroke: color("--soft"), grid: {stroke: color("--line"), width: 1}, ticks: {stroke: color("--line"), width: 1}};
  const paths = chart.series.map((series, i) => barPath(series, i, chart));
  const dotted = chart.x.length <= 40;
  const whole = !bars && chart.x.every(Number.isInteger);
  return {
    width,
    height: Math.round(Math.min(360, Math.max(220, width * 0.5))),
    scales: {
      x: {time: false, ...rangeOf(chart)},
      y: bars ? {range: (plot, low, high) => [Math.min(0, low), high > 0 ? high * 1.12 : 1]} : {},
    },
    axes: [
      {...axis, label: chart.xLabel, ...(whole ? {incrs: WHOLE} : {}), ...(chart.names.length ? {
        splits: () => chart.names.map((name, i) => i + 1),
        values: () => chart.names.map(name => name.length > 14 ? name.slice(0, 13) + "\u2026" : name),
      } : {})},
      {...axis, label: chart.yLabel, size: 64},
    ],
    series: [
      {label: chart.xLabel, value: (plot, value) => short(value)},
      ...chart.series.map((series, i) => ({
        label: series.name || chart.yLabel || say("report.count"),
        stroke: colors[i % colors.length],
        width: 2,
        dash: i >= colors.length ? [6, 4] : undefined,
        spanGaps: true,
        points: {show: !bars && dotted, size: 5},
        value: (plot, value) => short(value),
        ...(bars ? {fill: colors[i % colors.length], paths: paths[i].path} : {}),
      })),
    ],
    legend: {show: chart.series.length > 1},
    cursor: {drag: {x: !bars, y: false}},
    plugins: [tip(chart), errorBars(chart, i => paths[i].shift)],
  };
}

/** Draws a chart into its place, anew when its size, the language or the light changes. */
function drawChart(place) {
  const chart = JSON.parse(place.dataset.chart);
  let plot = null;
  const draw = () => {
    if (plot) {
      plot.destroy();
    }
    const width = Math.max(240, Math.min(760, place.clientWidth));
    plot = new uPlot(optionsFor(chart, width), [chart.x, ...chart.series.map(series => series.y)], place);
    place.setAttribute("role", "img");
    const names = chart.series.map(series => series.name).filter(Boolean).join(", ");
    place.setAttribute("aria-label", say("report.chart", chart.yLabel || say("report.count"), chart.xLabel, names));
    // The legend is for the pointer; keys do the same.
    place.querySelectorAll(".u-legend .u-series:not(:first-child) th").forEach(name => {
      name.tabIndex = 0;
      name.addEventListener("keydown", event => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          name.click();
        }
      });
    });
  };
  draw();
  let width = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth !== width) {
      width = place.clientWidth;
      draw();
    }
  }).observe(place);
  language.listeners.push(draw);
  dark.addEventListener("change", draw);
}
