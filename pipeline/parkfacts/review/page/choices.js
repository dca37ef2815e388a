// Choices between values, and between the facts of a kind.

import { h } from "./dom.js";
import { store } from "./store.js";
import { choice as told } from "./summary.js";

/** @typedef {{element: HTMLElement, read: () => any}} Input */

/** @param {string[][]} options @param {any} value @param {() => void} changed @param {boolean} [empty] @returns {Input} */
export function select(options, value, changed, empty = false) {
  const element = h("select", { on: { change: changed } }, ...options.map(([one, words]) => h("option", { value: one, selected: one === value }, words)));
  return { element, read: () => (empty && element.value === "" ? null : element.value) };
}

/** Puts the facts to choose from into a choice when somebody goes to it: there can be a thousand.
 * @param {HTMLSelectElement} element @param {() => string[][]} options */
export function offer(element, options) {
  const fill = () => {
    if (element.dataset.filled) return;
    element.dataset.filled = "true";
    element.append(...options().map(([value, words]) => h("option", { value }, words)));
  };
  for (const event of ["focus", "pointerdown"]) element.addEventListener(event, fill);
}

/** @param {string} id */
export function name(id) {
  const item = store.doc?.item(id);
  return item ? told(item) : id;
}

/** @param {import("./fields.js").Field} field @returns {string[][]} */
export const facts = ({ of }) => (of && store.doc ? store.doc.of(of).map((item) => [item.id, told(item)]) : []);
