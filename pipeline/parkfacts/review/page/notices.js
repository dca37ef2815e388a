// What the page says to its reader: short news, and errors in words with what to do next.

import { Refused } from "./api.js";
import { byId, h } from "./dom.js";
import { language, t } from "./messages.js";

/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;

/** @param {string} words @param {"news"|"error"} [kind] */
export function say(words, kind = "news") {
  const box = byId("notices");
  clearTimeout(timer);
  const close = h("button", { type: "button", "aria-label": t("close"), on: { click: () => box.replaceChildren() } }, "×");
  box.replaceChildren(h("div", { class: `notice ${kind}` }, h("span", {}, words), close));
  if (kind === "news") timer = setTimeout(() => box.replaceChildren(), 4000);
}

/** @param {unknown} error */
export function fail(error) {
  if (!(error instanceof Refused)) {
    if (error instanceof Error && error.message === "conflict") throw error;
    console.error(error);
    return say(t("error.page", { what: String(error) }), "error");
  }
  const said = error.said(language());
  if (error.body.reason === "not_done") return say(t("error.not_done"), "error");
  if (said) return say(said, "error");
  if (error.status === 0) return say(t("error.unreachable"), "error");
  if (error.status === 401 || error.status === 403) return say(t("error.session"), "error");
  if (error.status === 404) return say(t("error.missing"), "error");
  return say(t("error.server", { status: error.status }), "error");
}
