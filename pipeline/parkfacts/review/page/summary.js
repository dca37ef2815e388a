// A fact in a line, as the list, the choices and the timeline tell it.

import { language, t, word } from "./messages.js";
import { isNamed } from "./reviewed.js";
import { store } from "./store.js";

/** @typedef {import("./types.js").Item} Item */

/** What the text says. @param {Item} item @returns {string} */
export function title({ kind, fact }) {
  return (isNamed(kind) ? fact.name : kind === "milestones" ? fact.description : fact.text) ?? "";
}

/** What it was understood as. @param {Item} item @returns {string} */
export function value(item) {
  const { kind, fact } = item;
  if (kind === "dates") return [fact.edtf ?? fact.duration ?? "—", fact.precision && word("precision", fact.precision)].filter(Boolean).join(" · ");
  if (kind === "amounts") return amount(fact);
  if (kind === "milestones") return [word("milestone", fact.type), word("status", fact.status)].join(" · ");
  if (kind === "organizations") return [word("organization", fact.type), mentions(fact)].join(" · ");
  const roles = [...new Set((fact.roles ?? []).map((/** @type {any} */ one) => word("role", one.role)))];
  return [...(fact.aliases ?? []), ...roles, mentions(fact)].join(" · ");
}

/** @param {any} fact */
const mentions = (fact) => t("mentions.n", { n: (fact.mentions ?? []).length });

/** @param {any} fact @returns {string} */
function amount(fact) {
  const number = fact.low !== null && fact.low !== undefined ? `${fact.low}–${fact.high}` : (fact.value ?? "—");
  const bound = fact.bound === "exact" || fact.bound === "range" ? "" : word("bound", fact.bound);
  const indicator = Array.isArray(fact.indicator) ? fact.indicator.join("、") : fact.indicator;
  const change = fact.change ? word("change", fact.change) : "";
  return [[bound, change, number, word("unit", fact.unit ?? "")].filter(Boolean).join(" "), indicator].filter(Boolean).join(" · ");
}

/** A fact in a choice of facts. @param {Item} item */
export const choice = (item) => `${title(item).slice(0, 28)}（${item.id}${item.kind === "dates" ? ` ${item.fact.edtf ?? ""}` : ""}）`;

/** A finding in the reader's language: the record tells it in English. @param {import("./types.js").Finding} one */
export function finding(one) {
  if (language() === "en") return one.message;
  const items = one.facts.flatMap((id) => store.doc?.item(id) ?? []);
  const words = items.length ? items.map(title) : one.evidence.map((place) => place.text);
  return `${word("finding", one.kind)}：${words.join("；")}`;
}
