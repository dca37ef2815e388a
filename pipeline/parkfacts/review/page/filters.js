// Which facts are listed, and what can be done to all of them at once.

import { acts } from "./acts.js";
import { confirm } from "./dialogs.js";
import { h } from "./dom.js";
import { t, word } from "./messages.js";
import { isOpen, KINDS } from "./reviewed.js";
import { store } from "./store.js";

const STATES = ["open", "accepted", "edited", "added", "rejected"];

class Filters extends HTMLElement {
  connectedCallback() {
    store.listen(["document", "language"], () => this.#draw());
    store.listen(["facts", "filters"], () => this.#count());
  }

  #draw() {
    if (!store.doc) return;
    const search = h("input", { type: "search", id: "search", "aria-label": t("filter.words"), placeholder: t("filter.words"), value: store.filters.words,
      on: { input: (/** @type {any} */ event) => store.filter({ words: event.target.value.trim() }) } });
    this.replaceChildren(
      h("div", { class: "kinds", role: "group", "aria-label": t("filter.kind") }, ...KINDS.map(chip)),
      h("div", { class: "choices" }, search,
        choice("state", STATES.map((state) => [state, word("state", state)])),
        choice("rule", rules().map((rule) => [rule, rule])),
        choice("finding", findings()),
        choice("below", ["0.5", "0.7", "0.9", "1", "3", "5"].map((score) => [score, `≤ ${score}`])),
        choice("order", ["text", "kind", "score"].map((order) => [order, word("order", order)]), false)),
      h("div", { class: "bulk" }, h("span", { id: "count" }),
        h("button", { type: "button", id: "accept-all", on: { click: acceptAll } }, t("bulk.button"))),
    );
    this.#count();
  }

  #count() {
    const count = this.querySelector("#count");
    if (!count || !store.doc) return;
    const open = store.passing.filter(isOpen).length;
    count.textContent = t("bulk.count", { shown: store.passing.length, open });
    /** @type {HTMLButtonElement} */ (this.querySelector("#accept-all")).disabled = open === 0;
    for (const kind of KINDS) {
      const number = this.querySelector(`.chip.${kind} b`);
      if (number) number.textContent = String(store.doc.of(kind).length);
      number?.parentElement?.setAttribute("aria-pressed", String(store.filters.kinds.has(kind)));
    }
  }
}

/** @param {import("./types.js").Kind} kind */
function chip(kind) {
  const turn = () => {
    const kinds = new Set(store.filters.kinds);
    if (!kinds.delete(kind)) kinds.add(kind);
    store.filter({ kinds });
  };
  return h("button", { type: "button", class: `chip ${kind}`, "aria-pressed": "false", on: { click: turn } }, word("kind", kind), h("b", {}));
}

/** @param {"state"|"rule"|"finding"|"below"|"order"} name @param {string[][]} options @param {boolean} [any] */
function choice(name, options, any = true) {
  const chosen = store.filters[name];
  const all = any ? [["", t(/** @type {any} */ (`filter.${name}.any`))], ...options] : options;
  const label = t(/** @type {any} */ (`filter.${name}`));
  return h("select", { "aria-label": label, title: label, on: { change: (/** @type {any} */ event) => store.filter({ [name]: event.target.value }) } },
    ...all.map(([value, words]) => h("option", { value, selected: value === chosen }, words)));
}

const rules = () => [...new Set((store.doc?.items ?? []).flatMap((item) => item.status.rule ?? []))].sort();

/** @returns {string[][]} */
function findings() {
  const kinds = new Set((store.doc?.record.findings ?? []).map((one) => one.kind));
  return kinds.size ? [["*", t("filter.finding.some")], ...[...kinds].sort().map((kind) => [kind, word("finding", kind)])] : [];
}

/** Accepts what the filters let through, after its number was told. */
export async function acceptAll() {
  const open = store.passing.filter(isOpen).map((item) => item.id);
  if (open.length === 0) return;
  const yes = await confirm(t("bulk.title", { n: open.length }), t("bulk.words"), t("bulk.yes", { n: open.length }));
  if (yes) acts.acceptAll(open);
}

customElements.define("pf-filters", Filters);
