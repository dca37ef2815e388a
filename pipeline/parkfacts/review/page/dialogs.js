// Questions to the reader, each in a modal dialog of the browser: the focus stays in it, Escape leaves it.

import { h } from "./dom.js";
import { t } from "./messages.js";

/** @typedef {import("./dom.js").Child} Child */

/** @param {string} title @param {Child[]} content @param {{value: string, label: string, main?: boolean}[]} buttons
 * @returns {Promise<string>} the value of the button pressed, "" for none */
export function ask(title, content, buttons) {
  const dialog = h("dialog", { "aria-labelledby": "dialog-title" },
    h("form", { method: "dialog" }, h("h2", { id: "dialog-title" }, title), ...content,
      h("div", { class: "buttons" }, ...buttons.map(({ value, label, main }) =>
        h("button", { value, class: main ? "main" : "", autofocus: main }, label)))));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue);
  }));
}

/** @param {string} title @param {string} words @param {string} yes @returns {Promise<boolean>} */
export async function confirm(title, words, yes) {
  const answer = await ask(title, [h("p", {}, words)], [{ value: "yes", label: yes, main: true }, { value: "", label: t("cancel") }]);
  return answer === "yes";
}

/** Somebody else was quicker: both values, and the choice. @param {import("./types.js").Clash[]} clashes
 * @returns {Promise<boolean>} whether mine goes */
export async function askConflict(clashes) {
  const head = h("tr", {}, ...[t("conflict.fact"), t("conflict.yours"), t("conflict.theirs"), t("conflict.who")]
    .map((words) => h("th", { scope: "col" }, words)));
  const rows = clashes.map((one) => h("tr", {}, ...[
    [one.fact, one.field].filter(Boolean).join("."), shown(one.yours), shown(one.theirs), `${one.by} ${moment(one.at)}`,
  ].map((words) => h("td", {}, words))));
  const answer = await ask(t("conflict.title"), [h("p", {}, t("conflict.words")), h("table", { class: "clashes" }, head, ...rows)], [
    { value: "theirs", label: t("conflict.keep.theirs"), main: true }, { value: "mine", label: t("conflict.keep.mine") },
  ]);
  return answer === "mine";
}

/** @param {any} value @returns {string} */
const shown = (value) => (typeof value === "string" ? value : value === null || value === undefined ? "—" : JSON.stringify(value));

/** @param {string|null} iso */
export const moment = (iso) => (iso ? iso.slice(0, 16).replace("T", " ") : "");

/** @param {string} now @returns {Promise<string|null>} */
export async function askName(now) {
  const input = h("input", { name: "reviewer", value: now, "aria-label": t("reviewer"), autofocus: true, maxlength: 60 });
  const answer = await ask(t("reviewer"), [h("p", {}, t("reviewer.why")), input], [
    { value: "yes", label: t("save"), main: true }, { value: "", label: t("cancel") },
  ]);
  return answer === "yes" && input.value.trim() ? input.value.trim() : null;
}
