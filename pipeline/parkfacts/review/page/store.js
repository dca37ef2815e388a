// What the page shows now. Parts of the page read it, change it by its methods and listen to its events:
// documents, document (another one or all of it anew), facts, current, mark, filters, language.

import { Flow, shown } from "./flow.js";
import { isOpen } from "./reviewed.js";

/** @typedef {import("./types.js").Span} Span @typedef {import("./reviewed.js").Reviewed} Reviewed
 * @typedef {{kinds: Set<string>, state: string, rule: string, finding: string, below: string, words: string,
 *   order: string}} Filters */

/** @returns {Filters} */
const noFilters = () => ({ kinds: new Set(), state: "", rule: "", finding: "", below: "", words: "", order: "text" });

export class Store extends EventTarget {
  /** @type {import("./types.js").Listed[]} */
  documents = [];
  /** @type {Reviewed|null} */
  doc = null;
  /** @type {string|null} the fact that acts are about */
  current = null;
  /** @type {number|null} which of its mentions */
  mention = null;
  /** @type {Span[]|null} what is selected in the text */
  mark = null;
  reading = true;
  /** who reviews here */
  reviewer = "";
  filters = noFilters();
  /** @type {Flow|null} */
  #flow = null;

  /** The running text in the order shown. @returns {Flow} */
  get flow() {
    if (!this.doc) throw new Error("no document is open");
    this.#flow ??= new Flow(shown(this.doc.record, this.reading), this.doc.offsets);
    return this.#flow;
  }

  /** @param {Reviewed} doc @param {boolean} same whether it is the document shown, anew */
  open(doc, same) {
    this.doc = doc;
    this.#flow = null;
    this.mark = null;
    if (!same) this.filters = noFilters();
    if (!doc.item(this.current) || !same) this.current = null, (this.mention = null);
    this.emit("document");
  }

  /** @param {boolean} reading */
  read(reading) {
    this.reading = reading;
    this.#flow = null;
    this.emit("document");
  }

  /** @param {string|null} id @param {number|null} [mention] */
  select(id, mention = null) {
    this.current = id;
    this.mention = mention;
    this.emit("current");
  }

  /** @param {Span[]|null} spans */
  marked(spans) {
    this.mark = spans;
    this.emit("mark");
  }

  /** @param {Partial<Filters>} change */
  filter(change) {
    Object.assign(this.filters, change);
    this.emit("filters");
  }

  clearFilters() {
    this.filter(noFilters());
  }

  /** The facts that pass the filters. @returns {import("./types.js").Item[]} */
  get passing() {
    const { kinds, state, rule, finding, below, words, order } = this.filters;
    const limit = below === "" ? Infinity : Number(below);
    const held = (this.doc?.items ?? []).filter(
      (item) =>
        (kinds.size === 0 || kinds.has(item.kind)) &&
        (state === "" ? item.status.state !== "rejected" : item.status.state === state) &&
        (rule === "" || item.status.rule === rule) &&
        (finding === "" || this.#finds(item, finding)) &&
        (limit === Infinity || (item.status.score !== null && item.status.score <= limit)) &&
        (words === "" || searched(item).includes(words)),
    );
    if (order === "score") held.sort((a, b) => (a.status.score ?? 2) - (b.status.score ?? 2));
    if (order === "kind") held.sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.start - b.start));
    return held;
  }

  /** @param {import("./types.js").Item} item @param {string} kind */
  #finds({ status }, kind) {
    const findings = this.doc?.record.findings ?? [];
    return status.findings.some((n) => kind === "*" || findings[n]?.kind === kind);
  }

  /** How many are still open. */
  get left() {
    return (this.doc?.items ?? []).filter(isOpen).length;
  }

  /** @param {string} name @param {any} [detail] */
  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** @param {string[]} names @param {(detail: any) => void} listener */
  listen(names, listener) {
    for (const name of names) this.addEventListener(name, (event) => listener(/** @type {CustomEvent} */ (event).detail));
  }
}

/** @param {import("./types.js").Item} item */
function searched({ id, fact }) {
  const names = (fact.mentions ?? []).map((/** @type {any} */ one) => one.text);
  return [id, fact.text, fact.name, fact.description, fact.indicator, fact.edtf, fact.value, ...names].join(" ");
}

export const store = new Store();
