// Milestones over time, in SVG: a fuzzy date is a bar as long as what is not known, a planned one is hollow.

import { h, svg } from "./dom.js";
import { t, word } from "./messages.js";
import { store } from "./store.js";
import { title } from "./summary.js";

/** @typedef {import("./types.js").Item} Item @typedef {{item: Item, from: number, to: number}} Dated */

const DAY = 86400000;
const LANE = 22;
const EDGE = 16;

class Timeline extends HTMLElement {
  connectedCallback() {
    store.listen(["document", "language"], () => this.#draw());
    store.listen(["facts"], (kinds) => (!kinds || kinds.has("milestones") || kinds.has("dates")) && this.#draw());
    store.listen(["current"], () => this.#choose());
    new ResizeObserver(() => this.#draw()).observe(this);
    this.addEventListener("keydown", (event) => this.#key(event));
  }

  #draw() {
    const { doc } = store;
    if (!doc || this.clientWidth === 0) return;
    const all = doc.of("milestones");
    const dated = all.flatMap(when).sort((a, b) => a.from - b.from || a.to - b.to);
    const undated = all.length - dated.length;
    const empty = h("p", { class: "empty" }, t("timeline.none"));
    const note = undated > 0 && h("p", { class: "undated" }, t("timeline.undated", { n: undated }));
    this.replaceChildren(dated.length ? chart(dated, this.clientWidth) : empty);
    if (note) this.append(note);
    this.#choose();
  }

  #choose() {
    let shown = null;
    for (const mark of this.querySelectorAll("[data-id]")) {
      const here = mark.getAttribute("data-id") === store.current;
      mark.classList.toggle("chosen", here);
      mark.setAttribute("tabindex", here ? "0" : "-1");
      if (here) shown = mark;
    }
    if (!shown) this.querySelector("[data-id]")?.setAttribute("tabindex", "0");
    const box = shown?.getBoundingClientRect();
    const frame = this.getBoundingClientRect();
    if (box && (box.bottom > frame.bottom || box.top < frame.top)) this.scrollTop += box.top - frame.top - 30;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const marks = [...this.querySelectorAll("[data-id]")];
    const at = marks.indexOf(/** @type {Element} */ (event.target));
    const to = marks[at + ({ ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0)];
    if (at < 0) return;
    if (event.key === "Enter" || event.key === " ") store.select(marks[at].getAttribute("data-id"));
    else if (to && to !== marks[at]) store.select(to.getAttribute("data-id"));
    else return;
    event.preventDefault();
    /** @type {any} */ (this.querySelector(".chosen"))?.focus();
  }
}

/** When a milestone was, in days. @param {Item} item @returns {Dated[]} */
function when(item) {
  const date = store.doc?.item(item.fact.date)?.fact;
  const ends = [date?.start ?? date?.end, date?.end ?? date?.start].map((day) => Date.parse(`${day}T00:00:00Z`) / DAY);
  return ends.every(Number.isFinite) ? [{ item, from: ends[0], to: ends[1] + 1 }] : [];
}

/** @param {Dated[]} dated @param {number} width */
function chart(dated, width) {
  const first = dated.reduce((least, one) => Math.min(least, one.from), Infinity);
  const last = dated.reduce((most, one) => Math.max(most, one.to), first + 365);
  const x = (/** @type {number} */ day) => EDGE + ((day - first) / (last - first)) * (width - 2 * EDGE - 90);
  /** @type {number[]} where each lane is free again */
  const lanes = [];
  const marks = dated.map((one) => {
    const label = word("milestone", one.item.fact.type);
    const from = x(one.from);
    const to = Math.max(x(one.to), from + 8) + 6 + label.length * (label.charCodeAt(0) > 0x2e80 ? 12 : 6.6) + 10;
    const free = lanes.findIndex((end) => end < from);
    const lane = free < 0 ? lanes.length : free;
    lanes[lane] = to;
    return mark(one, label, from, Math.max(8, x(one.to) - from), 24 + lane * LANE);
  });
  const height = 30 + lanes.length * LANE;
  return svg("svg", { width, height, role: "group", "aria-label": t("timeline") }, ...axis(first, last, x, height), ...marks);
}

/** @param {Dated} one @param {string} label @param {number} x @param {number} width @param {number} y */
function mark({ item }, label, x, width, y) {
  const date = store.doc?.item(item.fact.date)?.fact;
  const told = [date?.edtf ?? date?.text, label, word("status", item.fact.status), title(item)].join(" · ");
  return svg("g", { class: `milestone ${item.fact.status}`, data: { id: item.id }, role: "button", tabindex: -1, "aria-label": told, on: { click: () => store.select(item.id) } },
    svg("title", {}, told), svg("rect", { x, y, width, height: 14, rx: 4 }), svg("text", { x: x + width + 6, y: y + 11.5 }, label));
}

/** A line for each year, or for every few. @param {number} first @param {number} last @param {(day: number) => number} x @param {number} height */
function axis(first, last, x, height) {
  const year = (/** @type {number} */ day) => new Date(day * DAY).getUTCFullYear();
  const room = (x(last) - x(first)) / Math.max(1, year(last) - year(first) + 1);
  const step = [1, 2, 5, 10, 20, 50].find((n) => n * room > 46) ?? 100;
  const lines = [];
  for (let now = Math.ceil(year(first) / step) * step; now <= year(last); now += step) {
    const at = x(Date.UTC(now, 0, 1) / DAY);
    if (at < 0) continue;
    lines.push(svg("line", { class: "year", x1: at, x2: at, y1: 18, y2: height }), svg("text", { class: "year", x: at, y: 13 }, String(now)));
  }
  return lines;
}

customElements.define("pf-timeline", Timeline);
