// A document under review, as the page holds it: the record by fact, kept up to date with what the server answers.

import { Offsets } from "./offsets.js";

/** @typedef {import("./types.js").Kind} Kind @typedef {import("./types.js").Fact} Fact
 * @typedef {import("./types.js").Item} Item @typedef {import("./types.js").Place} Place
 * @typedef {import("./types.js").Wire} Wire @typedef {import("./types.js").Change} Change
 * @typedef {import("./types.js").FactState} FactState */

/** @type {Kind[]} in the order of the filters and of the keys that add one */
export const KINDS = ["companies", "dates", "amounts", "organizations", "projects", "milestones"];
const NAMED = new Set(["companies", "organizations", "projects"]);

/** @param {Kind} kind whether facts of a kind have mentions rather than spans */
export const isNamed = (kind) => NAMED.has(kind);

/** @param {Item} item whether nobody has decided about it yet */
export const isOpen = (item) => item.status.state === "open";

/** Every place of the text where a fact stands. @param {Item} item @returns {Place[]} */
export function places({ kind, fact }) {
  if (!isNamed(kind)) return fact.spans?.length ? [{ spans: fact.spans, also: fact.also ?? [], mention: null }] : [];
  return (fact.mentions ?? []).map((/** @type {any} */ one, /** @type {number} */ mention) => ({
    spans: one.spans, also: one.also ?? [], mention,
  }));
}

export class Reviewed {
  /** @type {Map<string, Item>} */
  #items = new Map();
  /** @type {Item[]|null} */
  #sorted = null;

  /** @param {Wire} wire */
  constructor(wire) {
    this.id = wire.id;
    this.name = wire.name;
    this.state = wire.state;
    this.version = wire.version;
    this.record = wire.record;
    this.unplaced = wire.unplaced;
    this.canUndo = wire.can_undo;
    this.canRedo = wire.can_redo;
    this.offsets = new Offsets(wire.text);
    for (const kind of KINDS) for (const fact of wire.record[kind] ?? []) this.#put(kind, fact, wire.facts[fact.id]);
    for (const { kind, fact } of wire.rejected) this.#put(kind, fact, wire.facts[fact.id], "rejected");
  }

  /** All facts, the rejected too, in the order of the text. @returns {Item[]} */
  get items() {
    this.#sorted ??= [...this.#items.values()].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
    return this.#sorted;
  }

  /** @param {string|null} id @returns {Item|undefined} */
  item(id) {
    return id === null ? undefined : this.#items.get(id);
  }

  /** The facts of a kind that are not rejected. @param {Kind} kind @returns {Item[]} */
  of(kind) {
    return this.items.filter((item) => item.kind === kind && item.status.state !== "rejected");
  }

  /** Says at once what the server is about to say. @param {string} id @param {import("./types.js").State} state
   * @returns {Set<Kind>} the kinds whose picture in the text changes */
  foresee(id, state) {
    const item = this.#items.get(id);
    if (!item) return new Set();
    const now = { ...item, status: { ...item.status, state } };
    this.#set(now);
    return picture(item) === picture(now) ? new Set() : new Set([item.kind]);
  }

  /** @param {Change} change @returns {Set<Kind>} the kinds whose picture in the text or in time changes */
  apply(change) {
    const touched = new Set([...Object.keys(change.facts), ...change.removed]);
    for (const facts of Object.values(change.changed)) for (const { id } of facts) touched.add(id);
    const before = new Map([...touched].map((id) => [id, this.#items.get(id)]));
    this.#merge(change);
    this.version = change.version;
    this.canUndo = change.can_undo;
    this.canRedo = change.can_redo;
    const now = [...before].map(([id, was]) => [was, this.#items.get(id)]);
    return new Set(now.flatMap(([was, is]) => (picture(was) === picture(is) ? [] : ((was ?? is)?.kind ?? []))));
  }

  /** @param {Change} change */
  #merge(change) {
    for (const [kind, facts] of Object.entries(change.changed)) {
      for (const fact of facts) this.#put(/** @type {Kind} */ (kind), fact, change.facts[fact.id]);
    }
    for (const [id, status] of Object.entries(change.facts)) {
      const item = this.#items.get(id);
      if (item) this.#set({ ...item, status });
    }
    for (const id of change.removed) {
      if (this.#items.get(id)?.status.state === "rejected") continue;
      this.#items.delete(id);
      this.#sorted = null;
    }
  }

  /** @param {Kind} kind @param {Fact} fact @param {FactState|undefined} status @param {import("./types.js").State} state */
  #put(kind, fact, status, state = "open") {
    const known = status ?? this.#items.get(fact.id)?.status ?? {
      kind, state, version: 0, by: null, at: null, rule: fact.rule ?? null, score: fact.score ?? null,
      findings: [], no_evidence: false,
    };
    const first = places(/** @type {Item} */ ({ kind, fact }))[0];
    this.#set({ id: fact.id, kind, fact, status: known, start: first ? first.spans[0][0] : -1 });
  }

  /** @param {Item} item */
  #set(item) {
    const was = this.#items.get(item.id);
    this.#items.set(item.id, item);
    if (was && was.start === item.start && this.#sorted) this.#sorted[this.#sorted.indexOf(was)] = item;
    else this.#sorted = null;
  }
}

/** All of a fact that the text and the timeline show. @param {Item|undefined} item */
function picture(item) {
  if (!item || item.status.state === "rejected") return "";
  const { type, status, date, start, end } = item.fact;
  return JSON.stringify([places(item), type, status, date, start, end]);
}
