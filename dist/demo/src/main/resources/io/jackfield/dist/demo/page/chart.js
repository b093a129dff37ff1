const MARGIN = { top: 10, right: 12, bottom: 20, left: 40 };
/** The least height of the chart in milliseconds: what a coarse clock can tell apart. */
const LEAST = 0.1;

/** The height of the chart in medians, at most. */
const MOST_MEDIANS = 5;

/** The samples that a point of the smoothed line is the median of. */
const NEIGHBOURS = 7;

/** Draws round-trip times over a window of time: each as a dot, a smoothed line, median and 95th percentile. */
export class Chart {
  #svg;
  #window;

  constructor(svg, window) {
    this.#svg = svg;
    this.#window = window;
  }

  draw(samples, now, { median, p95 }) {
    const width = this.#svg.clientWidth;
    const height = this.#svg.clientHeight;
    const right = width - MARGIN.right;
    const bottom = height - MARGIN.bottom;
    // Room for the bulk; outliers are drawn at the upper edge instead of flattening all others.
    const top = samples.length > 0 ? niceCeiling(Math.max(LEAST, Math.min(p95 * 1.5, median * MOST_MEDIANS))) : 1;
    const x = (at) => right - ((now - at) / this.#window) * (right - MARGIN.left);
    const y = (value) => bottom - (Math.min(value, top) / top) * (bottom - MARGIN.top);

    const parts = [];
    for (const part of [0, 0.5, 1]) {
      const level = round(y(top * part));
      parts.push(element("line", { class: "grid", x1: MARGIN.left, x2: right, y1: level, y2: level }));
      const label = part === 0 ? "0" : String(Number((top * part).toPrecision(2)));
      parts.push(element("text", { x: MARGIN.left - 8, y: level + 4, "text-anchor": "end" }, label));
    }
    for (const seconds of [30, 20, 10, 0]) {
      const label = seconds === 0 ? "now" : `−${seconds} s`;
      const anchor = seconds === 0 ? "end" : seconds === 30 ? "start" : "middle";
      parts.push(element("text", { x: round(x(now - seconds * 1000)), y: height - 4, "text-anchor": anchor }, label));
    }
    if (samples.length > 1) {
      const points = smooth(samples).map(({ at, value }) => [x(at), y(value)]);
      const line = curve(points);
      const [firstX] = points[0];
      const [lastX, lastY] = points.at(-1);
      const dots = samples.map(({ at, milliseconds }) => `M${round(x(at))} ${round(y(milliseconds))}h0`).join("");
      parts.push(element("path", { class: "area", d: `${line}L${round(lastX)} ${bottom}L${round(firstX)} ${bottom}Z` }));
      parts.push(element("path", { class: "dots", d: dots }));
      const levels = Object.entries({ median, p95 }).filter(([, value]) => value <= top);
      for (const [name, value] of levels) {
        const level = round(y(value));
        parts.push(element("line", { class: name, x1: MARGIN.left, x2: right, y1: level, y2: level }));
      }
      parts.push(element("path", { class: "line", d: line }));
      parts.push(element("circle", { class: "head", cx: round(lastX), cy: round(lastY), r: 4.5 }));
    }
    this.#svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#svg.replaceChildren(...parts);
  }
}

/** A moving median: unlike a mean it is not drawn away by a lone outlier, which shows as a dot. */
function smooth(samples) {
  return samples.map(({ at }, index) => {
    const recent = samples.slice(Math.max(0, index - NEIGHBOURS + 1), index + 1);
    const sorted = recent.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    return { at, value: sorted[Math.floor(sorted.length / 2)] };
  });
}

/** A curve through points that nowhere overshoots them: its handles are level. */
function curve(points) {
  let path = `M${round(points[0][0])} ${round(points[0][1])}`;
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1];
    const [x1, y1] = points[i];
    const middle = round((x0 + x1) / 2);
    path += `C${middle} ${round(y0)} ${middle} ${round(y1)} ${round(x1)} ${round(y1)}`;
  }
  return path;
}

/** The next of 1, 2, 5, 10, 20, 50 and so on, of any power of ten. */
function niceCeiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((step) => step * power >= value) * power;
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function element(name, attributes, text) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    node.setAttribute(key, value);
  }
  if (text !== undefined) {
    node.textContent = text;
  }
  return node;
}
