// A small menu beside what it is about.

import { h } from "./dom.js";

/** @typedef {{label?: string, note?: string, key?: string, run?: () => void}} Entry */

/** @param {HTMLElement} at @param {Entry[]} entries */
export function openMenu(at, entries) {
  const menu = h("div", { class: "menu", popover: "auto", role: "group" });
  for (const { label, note, key, run } of entries) {
    if (note !== undefined) menu.append(h("p", {}, note));
    else menu.append(h("button", { type: "button", on: { click: () => (menu.remove(), run?.()) } }, label, key && h("kbd", {}, key)));
  }
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "closed") menu.remove();
  });
  document.body.append(menu);
  menu.showPopover();
  place(menu, at.getBoundingClientRect());
  menu.querySelector("button")?.focus();
}

/** @param {HTMLElement} menu @param {DOMRect} beside */
function place(menu, beside) {
  const { width, height } = menu.getBoundingClientRect();
  const below = beside.bottom + 6 + height < innerHeight;
  menu.style.left = `${Math.max(8, Math.min(beside.left, innerWidth - width - 8))}px`;
  menu.style.top = `${below ? beside.bottom + 6 : Math.max(8, beside.top - height - 6)}px`;
}
