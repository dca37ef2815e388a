// The facts on the right: what needs an eye first, and only the rows in sight are in the page.

import { acts } from "./acts.js";
import { h } from "./dom.js";
import { t, word } from "./messages.js";
import { below } from "./offsets.js";
import { isOpen } from "./reviewed.js";
import { store } from "./store.js";
import { title, value } from "./summary.js";

/** @typedef {import("./types.js").Item} Item @typedef {import("./types.js").Unclaimed} Unclaimed
 * @typedef {{key: string, top: number, height: number, group?: string, n?: number, item?: Item, numeral?: Unclaimed,
 *   place?: number}} Row */

const FACT = 50;
const GROUP = 30;
const MARKS = { open: "○", accepted: "✓", edited: "✎", added: "＋", rejected: "✕", merged: "⧉" };

class FactsList extends HTMLElement {
  #sheet = h("div", { class: "rows" });
  /** @type {Row[]} */
  #rows = [];
  /** @type {Set<string>} */
  #folded = new Set(["explained"]);

  connectedCallback() {
    this.append(this.#sheet);
    this.tabIndex = 0;
    this.setAttribute("role", "tree");
    store.listen(["document", "facts", "filters", "language"], () => this.#fill());
    store.listen(["current"], () => this.#follow());
    this.addEventListener("scroll", () => this.#draw(), { passive: true });
    this.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(this);
  }

  /** The facts in the order of the list. */
  get order() {
    return this.#rows.flatMap((row) => row.item ?? []);
  }

  #fill() {
    if (!store.doc) return;
    this.setAttribute("aria-label", t("facts"));
    const passing = store.passing;
    const bare = passing.filter((item) => item.status.no_evidence);
    const numerals = this.#filtered() ? [] : store.doc.record.unclaimed;
    this.#rows = [];
    this.#group("bare", bare.map((item) => ({ item })));
    this.#group("unclaimed", numerals.filter((one) => !one.why).map((numeral) => ({ numeral })));
    this.#group("explained", numerals.filter((one) => one.why).map((numeral) => ({ numeral })));
    this.#group("facts", passing.filter((item) => !item.status.no_evidence).map((item) => ({ item })));
    const last = this.#rows[this.#rows.length - 1];
    this.#sheet.style.height = `${last ? last.top + last.height : 0}px`;
    this.#draw();
  }

  #filtered() {
    const { kinds, state, rule, finding, below: limit, words } = store.filters;
    return kinds.size > 0 || Boolean(state || rule || finding || limit || words);
  }

  /** @param {string} group @param {{item?: Item, numeral?: Unclaimed}[]} held */
  #group(group, held) {
    if (held.length === 0 && group !== "facts") return;
    const last = this.#rows[this.#rows.length - 1];
    let top = last ? last.top + last.height : 0;
    this.#rows.push({ key: group, group, n: held.length, top, height: GROUP });
    top += GROUP;
    if (this.#folded.has(group)) return;
    held.forEach((one, place) => {
      this.#rows.push({ ...one, key: one.item?.id ?? `${group}-${place}`, place, n: held.length, top, height: FACT });
      top += FACT;
    });
  }

  #draw() {
    const from = below(this.#rows, (row) => row.top + row.height < this.scrollTop - 100);
    const to = below(this.#rows, (row) => row.top < this.scrollTop + this.clientHeight + 100);
    this.#sheet.replaceChildren(...this.#rows.slice(from, to).map((row) => this.#row(row)));
    const chosen = this.#sheet.querySelector('[aria-selected="true"]');
    if (chosen) this.setAttribute("aria-activedescendant", chosen.id);
    else this.removeAttribute("aria-activedescendant");
  }

  /** @param {Row} row */
  #row(row) {
    const element = row.group ? this.#head(row) : row.item ? fact(row, row.item) : numeral(row);
    element.style.transform = `translateY(${row.top}px)`;
    return element;
  }

  /** @param {Row} row */
  #head({ group = "", n = 0 }) {
    const open = !this.#folded.has(group);
    const turn = () => {
      if (!this.#folded.delete(group)) this.#folded.add(group);
      this.#fill();
    };
    return h("div", { class: `group ${group}`, role: "treeitem", "aria-level": 1, "aria-expanded": String(open), on: { click: turn } },
      h("span", { "aria-hidden": "true" }, open ? "▾" : "▸"), t(/** @type {any} */ (`group.${group}`)), h("b", {}, n));
  }

  #follow() {
    const row = this.#rows.find((one) => one.item?.id === store.current);
    if (row && (row.top < this.scrollTop || row.top + row.height > this.scrollTop + this.clientHeight)) {
      this.scrollTop = row.top - this.clientHeight / 3;
    }
    this.#draw();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const group = this.#rows.find((row) => row.group && row.item === undefined && this.#holds(row));
    if (event.key === "ArrowLeft" && group) this.#folded.add(group.key);
    else if (event.key === "ArrowRight") this.#folded.clear();
    else return;
    event.preventDefault();
    this.#fill();
  }

  /** @param {Row} head whether the fact in hand is in this group */
  #holds(head) {
    const at = this.#rows.indexOf(head);
    const rest = this.#rows.slice(at + 1);
    const end = rest.findIndex((row) => row.group);
    return (end < 0 ? rest : rest.slice(0, end)).some((row) => row.item?.id === store.current);
  }
}

/** @param {Row} row @param {Item} item */
function fact(row, item) {
  const { state, score, findings } = item.status;
  const chosen = item.id === store.current;
  const accept = h("button", { type: "button", tabindex: -1, class: "quick", title: t("key.accept"), "aria-label": `${t("key.accept")} ${item.id}`,
    on: { click: (/** @type {Event} */ event) => (event.stopPropagation(), store.select(item.id), acts.accept()) } }, "✓");
  return h("div", {
    id: `fact-${item.id}`, role: "treeitem", class: `fact ${item.kind} ${state}`, "aria-level": 2, "aria-selected": String(chosen),
    "aria-posinset": (row.place ?? 0) + 1, "aria-setsize": row.n, "aria-label": `${word("kind", item.kind)} ${title(item)} ${value(item)} ${word("state", state)}`,
    on: { click: () => store.select(item.id) },
  },
    h("span", { class: `mark ${state}`, "aria-hidden": "true" }, MARKS[state]),
    h("span", { class: "title" }, title(item)), h("span", { class: "id" }, item.id),
    h("span", { class: "value" }, value(item)),
    h("span", { class: "odd" }, findings.length ? `⚑${findings.length} ` : "", score === null ? "" : score.toFixed(2)),
    isOpen(item) && accept);
}

/** @param {Row} row */
function numeral({ key, numeral: one, place = 0, n = 0 }) {
  const { text = "", sentence = "", why = null, spans = [] } = one ?? {};
  const show = () => (store.select(null), store.marked(spans));
  return h("div", { id: `fact-${key}`, role: "treeitem", class: "fact numeral", "aria-level": 2, "aria-selected": "false",
    "aria-posinset": place + 1, "aria-setsize": n, on: { click: show } },
    h("span", { class: "mark", "aria-hidden": "true" }, "#"), h("span", { class: "title" }, text),
    h("span", { class: "value" }, why ? word("why", why) : sentence));
}

customElements.define("pf-facts", FactsList);
