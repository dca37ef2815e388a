// The documents on the left, with their state.

import { openDocument } from "./acts.js";
import { h } from "./dom.js";
import { t, word } from "./messages.js";
import { store } from "./store.js";

const MANY = 12;  // documents: with more there is something to find them by

class DocumentsList extends HTMLElement {
  #words = "";
  #list = h("ul");

  connectedCallback() {
    store.listen(["documents", "document", "language"], () => this.#draw());
  }

  #draw() {
    const focused = this.contains(document.activeElement) ? document.activeElement?.getAttribute("data-id") : null;
    const done = store.documents.filter((one) => one.state === "done").length;
    const find = h("input", { type: "search", value: this.#words, placeholder: t("documents.find"), "aria-label": t("documents.find"),
      on: { input: () => ((this.#words = find.value), this.#fill()) } });
    const typing = this.contains(document.activeElement) && document.activeElement?.tagName === "INPUT";
    this.replaceChildren(
      h("h2", {}, t("documents"), h("small", {}, t("documents.done", { done, all: store.documents.length }))),
      ...(store.documents.length > MANY ? [find] : []), this.#list);
    this.#fill();
    if (typing) find.focus();
    for (const button of this.querySelectorAll("button")) if (button.dataset.id === focused) button.focus();
  }

  #fill() {
    const words = this.#words.toLowerCase().split(/\s+/).filter(Boolean);
    const told = (/** @type {import("./types.js").Listed} */ one) => `${one.name} ${one.title ?? ""} ${one.park ?? ""} ${word("state", one.state)}`.toLowerCase();
    const shown = store.documents.filter((one) => words.every((part) => told(one).includes(part)));
    this.#list.replaceChildren(...shown.map((one) => h("li", {}, entry(one))));
  }
}

/** @param {import("./types.js").Listed} one */
function entry(one) {
  const here = store.doc?.id === one.id;
  const odd = one.warnings + one.findings;
  const part = one.facts ? Math.round((100 * one.decided) / one.facts) : 0;
  const button = h("button", {
    type: "button", class: `document ${one.state}`, data: { id: one.id }, "aria-current": here ? "true" : null,
    title: one.name, on: { click: () => openDocument(one.id) },
  },
    h("span", { class: "name" }, one.title || one.name),
    one.title && h("span", { class: "file" }, one.name),
    one.error ? h("span", { class: "broken" }, t("document.error", { why: one.error })) :
    h("span", { class: "facts" }, h("span", { class: `state ${one.state}` }, word("state", one.state)),
      h("span", {}, `${one.decided}/${one.facts}`), odd > 0 && h("span", { class: "odd" }, t("document.odd", { n: odd }))),
    h("span", { class: "bar", "aria-hidden": "true" }, h("span", {})));
  /** @type {HTMLElement|null} */ (button.querySelector(".bar > span"))?.style.setProperty("width", `${part}%`);
  return button;
}

customElements.define("pf-documents", DocumentsList);
