// A form field for each type of field in fields.js: an element, and how its value is read.

import { facts, name, offer, select } from "./choices.js";
import { h } from "./dom.js";
import { MILESTONES, ROLES } from "./fields.js";
import { t, word } from "./messages.js";
import { store } from "./store.js";

/** @typedef {import("./fields.js").Field} Field @typedef {import("./choices.js").Input} Input */

const GROUPS = { kind: "datekind", type: "milestone", status: "status", dimension: "dimension", bound: "bound", precision: "precision",
  mod: "mod", change: "change", level: "level", modality: "modality" };

/** @param {Field} field @param {import("./types.js").Item} item @param {() => void} changed @returns {Input} */
export function input(field, item, changed) {
  const value = item.fact[field.name] ?? null;
  if (field.type === "flag") return flag(value, changed);
  if (field.type === "choice") return choice(field, item, value, changed);
  if (field.type === "form") return select(forms(item).map((one) => [one, one]), value, changed);
  if (field.type === "ref") return ref(field, value ?? "", changed);
  if (field.type === "refs") return refs(field, value ?? [], changed);
  if (field.type === "dated") return dated(field, value ?? {}, changed);
  if (field.type === "detail" || field.type === "details") return details(field.type === "details", value, changed);
  if (field.type === "roles") return roles(value ?? [], changed);
  return text(field, value, changed);
}

/** @param {any} value @param {() => void} changed @returns {Input} */
function flag(value, changed) {
  const element = h("input", { type: "checkbox", checked: Boolean(value), on: { change: changed } });
  return { element, read: () => element.checked };
}

/** @param {Field} field @param {import("./types.js").Item} item @param {any} value @param {() => void} changed */
function choice(field, item, value, changed) {
  const group = item.kind === "organizations" ? "organization" : GROUPS[/** @type {keyof GROUPS} */ (field.name)];
  const options = (field.values ?? []).map((one) => [one, word(group, one)]);
  return select(field.empty ? [["", "—"], ...options] : options, value ?? "", changed, field.empty);
}

/** One other fact. @param {Field} field @param {string} value @param {() => void} changed @returns {Input} */
function ref(field, value, changed) {
  const made = select([["", "—"], ...(value ? [[value, name(value)]] : [])], value, changed, true);
  offer(/** @type {HTMLSelectElement} */ (made.element), () => facts(field).filter(([id]) => id !== value));
  return made;
}

/** @param {Field} field @param {any} value @param {() => void} changed @returns {Input} */
function text(field, value, changed) {
  const several = field.type === "words";
  const element = h("input", {
    type: "text", inputmode: field.type === "decimal" ? "decimal" : null, placeholder: field.type === "day" ? "2024-06-30" : null,
    value: Array.isArray(value) ? value.join("、") : (value ?? ""), autocomplete: "off", on: { input: changed },
  });
  const read = () => {
    const held = element.value.trim();
    if (!several) return held === "" ? null : held;
    const words = held.split(/[、，,]/).map((one) => one.trim()).filter(Boolean);
    return field.empty ? (words.length > 1 ? words : (words[0] ?? null)) : words;
  };
  return { element, read };
}

/** Facts that belong to this one: those it has, each with a button to take it out, and a choice of the others.
 * @param {Field} field @param {string[]} value @param {() => void} changed @returns {Input} */
function refs(field, value, changed) {
  let held = [...value];
  const element = h("div", { class: "refs" });
  const draw = () => {
    const add = h("select", { "aria-label": t("refs.add"), on: { change: () => (held.push(add.value), draw(), changed()) } },
      h("option", { value: "" }, t("refs.add")));
    offer(add, () => facts(field).filter(([id]) => !held.includes(id)));
    element.replaceChildren(...held.map((id) => h("span", { class: "ref" }, h("span", {}, name(id)), h("button", {
      type: "button", "aria-label": t("refs.remove", { id }), on: { click: () => ((held = held.filter((one) => one !== id)), draw(), changed()) },
    }, "×"))), add);
  };
  draw();
  return { element, read: () => held };
}

/** When what happened: a date for each type of milestone that has one.
 * @param {Field} field @param {Record<string, string>} value @param {() => void} changed @returns {Input} */
function dated(field, value, changed) {
  let held = Object.entries(value);
  const element = h("div", { class: "refs" });
  const draw = () => {
    const add = h("select", { "aria-label": t("dated.add"), on: { change: () => (held.push([add.value, ""]), draw(), changed()) } },
      h("option", { value: "" }, t("dated.add")),
      ...MILESTONES.filter((type) => !held.some(([one]) => one === type)).map((type) => h("option", { value: type }, word("milestone", type))));
    element.replaceChildren(...held.map((one) => when(one)), add);
  };
  const when = (/** @type {[string, string]} */ one) => {
    const [type, id] = one;
    const pick = select([["", "—"], ...(id ? [[id, name(id)]] : [])], id, () => ((one[1] = pick.read()), changed()));
    pick.element.setAttribute("aria-label", word("milestone", type));
    offer(/** @type {HTMLSelectElement} */ (pick.element), () => facts(field).filter(([other]) => other !== id));
    const out = () => ((held = held.filter((other) => other !== one)), draw(), changed());
    return h("span", { class: "ref" }, h("span", {}, word("milestone", type)), pick.element,
      h("button", { type: "button", "aria-label": t("refs.remove", { id: word("milestone", type) }), on: { click: out } }, "×"));
  };
  draw();
  return { element, read: () => Object.fromEntries(held.filter(([, id]) => id)) };
}

/** Names with the words that say so: taken out, or put in from what is marked in the text.
 * @param {boolean} several @param {any} value @param {() => void} changed @returns {Input} */
function details(several, value, changed) {
  /** @type {any[]} */
  let held = several ? [...(value ?? [])] : value ? [value] : [];
  const element = h("div", { class: "refs" });
  const put = () => {
    const { mark, doc } = store;
    if (!mark || !doc) return;
    const text = doc.offsets.quote(mark);
    const made = { text, spans: mark, also: [], name: text };
    held = several ? [...held, made] : [made];
    draw(), changed();
  };
  const draw = () => element.replaceChildren(
    ...held.map((one) => h("span", { class: "ref", title: one.text }, h("span", {}, one.name), h("button", {
      type: "button", "aria-label": t("refs.remove", { id: one.name }), on: { click: () => ((held = held.filter((other) => other !== one)), draw(), changed()) },
    }, "×"))), h("button", { type: "button", disabled: !store.mark, on: { click: put } }, t("details.put")));
  draw();
  store.addEventListener("mark", () => element.isConnected && draw());
  return { element, read: () => (several ? held : (held[0] ?? null)) };
}

/** What a company is to the park; a new role is evidenced by what is marked in the text.
 * @param {any[]} value @param {() => void} changed @returns {Input} */
function roles(value, changed) {
  let held = value.map((one) => ({ ...one }));
  const element = h("div", { class: "refs" });
  const draw = () => {
    const add = h("select", { "aria-label": t("roles.add"), on: { change: () => {
      const { mark, doc } = store;
      if (mark && doc) held.push({ text: doc.offsets.quote(mark), spans: mark, also: [], role: add.value, board: null });
      draw(), changed();
    } } }, h("option", { value: "" }, t(store.mark ? "roles.add" : "roles.mark")),
      ...(store.mark ? ROLES.map((role) => h("option", { value: role }, word("role", role))) : []));
    element.replaceChildren(...held.map((one, n) => h("span", { class: "ref", title: one.text }, h("span", {}, `${word("role", one.role)}：${one.text}`),
      one.role === "listed" && h("input", { type: "text", value: one.board ?? "", "aria-label": t("roles.board"), placeholder: t("roles.board"),
        on: { input: (/** @type {any} */ event) => ((held[n].board = event.target.value.trim() || null), changed()) } }),
      h("button", { type: "button", "aria-label": t("refs.remove", { id: word("role", one.role) }), on: { click: () => (held.splice(n, 1), draw(), changed()) } }, "×"))), add);
  };
  draw();
  store.addEventListener("mark", () => element.isConnected && draw());
  return { element, read: () => held };
}

/** @param {import("./types.js").Item} item @returns {string[]} */
const forms = ({ fact }) => [...new Set(/** @type {string[]} */ ((fact.mentions ?? []).map((/** @type {any} */ one) => one.text)))];
