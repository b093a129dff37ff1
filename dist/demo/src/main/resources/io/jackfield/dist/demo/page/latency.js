import { formatMilliseconds } from "./connection.js";
import { Chart } from "./chart.js";

const WINDOW = 30_000;

/** Sends small messages at a steady rate and draws how long their echoes take. */
export class Latency {
  #connection;
  #chart = new Chart(document.getElementById("chart"), WINDOW);
  #samples = [];
  #timer = 0;
  #paused = false;
  #underWay = false;
  #count = 0;

  constructor(connection) {
    this.#connection = connection;
    const toggle = document.getElementById("latency-toggle");
    toggle.addEventListener("click", () => {
      this.#paused = !this.#paused;
      toggle.textContent = this.#paused ? "Resume" : "Pause";
      toggle.setAttribute("aria-pressed", this.#paused);
      this.#schedule();
    });
    document.getElementById("rate").addEventListener("change", () => this.#schedule());
    // A hidden tab gets its timers late, and would measure that.
    document.addEventListener("visibilitychange", () => this.#schedule());
    addEventListener("resize", () => this.#draw());
    this.#schedule();
    this.#draw();
  }

  #schedule() {
    clearInterval(this.#timer);
    if (!this.#paused && !document.hidden) {
      this.#timer = setInterval(() => this.#measure(), 1000 / document.getElementById("rate").value);
    }
  }

  async #measure() {
    // One at a time: behind a big echo, a queue of small ones would tell nothing more.
    if (this.#connection.state !== "open" || this.#underWay) {
      return;
    }
    this.#underWay = true;
    try {
      const { milliseconds } = await this.#connection.send(`round trip ${++this.#count}`);
      this.#samples.push({ at: performance.now(), milliseconds });
      this.#draw();
    } catch {
      // The connection was closed meanwhile.
    } finally {
      this.#underWay = false;
    }
  }

  #draw() {
    const now = performance.now();
    this.#samples = this.#samples.filter(({ at }) => now - at <= WINDOW);
    const sorted = this.#samples.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    const quantile = (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
    const figures = {
      now: this.#samples.at(-1)?.milliseconds,
      min: sorted[0],
      median: quantile(0.5),
      p95: quantile(0.95),
    };
    for (const [name, value] of Object.entries(figures)) {
      document.getElementById(`rtt-${name}`).textContent = value === undefined ? "–" : formatMilliseconds(value);
    }
    this.#chart.draw(this.#samples, now, figures);
  }
}
