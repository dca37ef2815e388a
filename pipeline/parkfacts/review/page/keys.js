// One key for one act; which key it is, its user decides.

import { h } from "./dom.js";
import { t } from "./messages.js";
import { prefs } from "./prefs.js";

/** @typedef {keyof typeof DEFAULTS} Command */

export const DEFAULTS = {
  accept: "a", reject: "x", next: "j", previous: "k", edit: "e", undo: "u", redo: "U", reopen: "o",
  startLess: "{", startMore: "}", endLess: "[", endMore: "]", mark: "v", nextMention: "m",
  addCompany: "1", addDate: "2", addAmount: "3", addOrganization: "4", addProject: "5", addMilestone: "6",
  acceptAll: "A", search: "/", order: "r", block: "b", nextDocument: "n", previousDocument: "p", done: "d", gold: "g", help: "?",
};

/** @type {Record<string, string>} */
let keys = { ...DEFAULTS, ...kept() };

/** @returns {Record<string, string>} */
function kept() {
  try {
    return JSON.parse(prefs.get("keys", "{}"));
  } catch {
    return {};
  }
}

/** @param {Command} command */
export const keyOf = (command) => keys[command];

/** The key pressed, as it is written in the list. Under a Chinese input method the browser says "Process" and only the
 * place on the keyboard tells the letter. @param {KeyboardEvent} event */
export function pressed(event) {
  let key = event.key;
  if (key === "Process" || event.keyCode === 229) {
    const place = /^(?:Key|Digit)(.)$/.exec(event.code);
    if (!place) return "";
    key = event.shiftKey ? place[1] : place[1].toLowerCase();
  }
  if (key.length === 1) key = FULL_WIDTH[key] ?? key;
  return (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "") + key;
}

/** @type {Record<string, string>} what a Chinese keyboard writes for the same key */
const FULL_WIDTH = { "？": "?", "【": "[", "】": "]", "「": "{", "」": "}", "、": "/", "／": "/" };
/** @type {Record<string, string>} always there besides the list */
const USUAL = { "Ctrl+z": "undo", "Ctrl+Z": "redo", "Ctrl+y": "redo", ArrowDown: "next", ArrowUp: "previous" };

/** @param {Record<Command, () => void>} commands */
export function listen(commands) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.defaultPrevented || target.closest("input, select, textarea, dialog, [popover]")) return;
    const key = pressed(event);
    const command = Object.keys(keys).find((name) => keys[name] === key) ?? USUAL[key];
    if (!command || !(command in commands)) return;
    event.preventDefault();
    commands[/** @type {Command} */ (command)]();
  });
}

/** The list of keys, in which each can be changed. */
export function showKeys() {
  const rows = h("tbody", {});
  const draw = () => rows.replaceChildren(...Object.keys(DEFAULTS).map((name) => row(/** @type {Command} */ (name), draw)));
  const reset = h("button", { type: "button", on: { click: () => (save({ ...DEFAULTS }), draw()) } }, t("keys.reset"));
  const close = h("button", { class: "main", value: "", autofocus: true }, t("close"));
  const dialog = h("dialog", { class: "keys", "aria-labelledby": "keys-title" }, h("form", { method: "dialog" },
    h("h2", { id: "keys-title" }, t("keys.title")), h("p", {}, t("keys.words")),
    h("div", { class: "columns" }, h("table", {}, rows)), h("div", { class: "buttons" }, reset, close)));
  dialog.addEventListener("close", () => dialog.remove());
  draw();
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {Command} name @param {() => void} draw */
function row(name, draw) {
  const label = t(/** @type {any} */ (`key.${name}`));
  const button = h("button", { type: "button", "aria-label": t("keys.change", { act: label, key: keys[name] }) }, h("kbd", {}, keys[name]));
  button.addEventListener("click", () => {
    button.textContent = t("keys.press");
    button.addEventListener("keydown", (event) => {
      if (["Shift", "Control", "Alt", "Meta", "Tab"].includes(event.key)) return;
      event.preventDefault();
      if (event.key !== "Escape" && pressed(event)) assign(name, pressed(event));
      draw();
    });
    button.addEventListener("blur", draw, { once: true });
  }, { once: true });
  return h("tr", {}, h("th", { scope: "row" }, label), h("td", {}, button));
}

/** Gives a key to a command; who had it gets the command's old one. @param {Command} name @param {string} key */
function assign(name, key) {
  const other = Object.keys(keys).find((one) => keys[one] === key);
  save({ ...keys, ...(other ? { [other]: keys[name] } : {}), [name]: key });
}

/** @param {Record<string, string>} chosen */
function save(chosen) {
  keys = chosen;
  prefs.set("keys", JSON.stringify(chosen));
}
