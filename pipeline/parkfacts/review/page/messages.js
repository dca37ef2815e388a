// Words of the page in the language of the reader.

import { en } from "./messages.en.js";
import { zh } from "./messages.zh.js";
import { prefs } from "./prefs.js";
import { store } from "./store.js";

/** @typedef {keyof typeof zh} Key @typedef {"zh"|"en"} Language */

const WORDS = { zh, en };

/** @returns {Language} */
export const language = () => (prefs.get("language", "zh") === "en" ? "en" : "zh");

/** A message, with its {names} filled in. @param {Key} key @param {Record<string, string|number>} [values] */
export function t(key, values = {}) {
  return WORDS[language()][key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** The word for a value of the record's vocabulary, or the value itself. @param {string} group @param {string} value */
export function word(group, value) {
  const words = /** @type {Record<string, string>} */ (WORDS[language()]);
  return words[`${group}.${value}`] ?? value;
}

/** @param {Language} chosen */
export function speak(chosen) {
  prefs.set("language", chosen);
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
  store.emit("language");
}
