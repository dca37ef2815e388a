// The fact in hand: its evidence, every field of it, and what can be done to it.

import { acts } from "./acts.js";
import { api } from "./api.js";
import { moment } from "./dialogs.js";
import { h } from "./dom.js";
import { input } from "./field.js";
import { fieldsOf } from "./fields.js";
import { keyOf } from "./keys.js";
import { language, t, word } from "./messages.js";
import { isNamed, places } from "./reviewed.js";
import { store } from "./store.js";
import { choice, finding, title } from "./summary.js";

/** @typedef {import("./types.js").Item} Item @typedef {import("./field.js").Input} Input */

class Editor extends HTMLElement {
  /** @type {Map<string, Input>} */
  #inputs = new Map();
  /** @type {Item|null} */
  #item = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  connectedCallback() {
    store.listen(["document", "current", "language"], () => this.#draw());
    store.listen(["facts"], () => this.#renew());
  }

  /** Puts the cursor into the first field. */
  edit() {
    /** @type {HTMLElement|null} */ (this.querySelector(".fields input, .fields select"))?.focus();
  }

  /** After an act: what is being typed stays. */
  #renew() {
    const item = store.doc?.item(store.current) ?? null;
    const typing = this.contains(document.activeElement) && Object.keys(this.#changes()).length > 0;
    if (item !== this.#item && !(typing && item?.id === this.#item?.id)) this.#draw();
  }

  #draw() {
    const item = store.doc?.item(store.current) ?? null;
    if (item?.id !== this.#item?.id) this.scrollTop = 0;
    this.#item = item;
    this.#inputs.clear();
    if (!item) return this.replaceChildren(h("p", { class: "empty" }, t("editor.none")));
    this.replaceChildren(head(item), ...remarks(item), evidence(item), this.#form(item), ...grouping(item));
  }

  /** @param {Item} item */
  #form(item) {
    const changed = () => this.#changed();
    const form = h("form", { class: "fields", novalidate: true, on: { submit: (/** @type {Event} */ event) => (event.preventDefault(), this.save()) } },
      ...fieldsOf(item).map((field) => {
        const made = input(field, item, changed);
        this.#inputs.set(field.name, made);
        return labelled(field.name, made.element);
      }),
      h("div", { class: "save", hidden: true }, h("button", { class: "main" }, t("save")),
        h("button", { type: "button", on: { click: () => this.#draw() } }, t("cancel"))));
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.#draw();
      /** @type {HTMLElement|null} */ (document.querySelector("pf-facts"))?.focus();
    });
    return form;
  }

  /** @returns {Record<string, any>} the fields that differ from the fact */
  #changes() {
    const fact = this.#item?.fact;
    if (!fact) return {};
    const same = (/** @type {any} */ a, /** @type {any} */ b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
    return Object.fromEntries([...this.#inputs].map(([name, { read }]) => [name, read()]).filter(([name, now]) => !same(now, fact[name])));
  }

  #changed() {
    const save = /** @type {HTMLElement} */ (this.querySelector(".save"));
    save.hidden = Object.keys(this.#changes()).length === 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#check(), 150);
  }

  async #check() {
    const { doc } = store;
    const item = this.#item;
    if (!doc || !item) return true;
    const fields = this.#changes();
    const answer = Object.keys(fields).length ? await api.check(doc.id, [{ act: "edit", fact: item.id, fields }]).catch(() => null) : { errors: [] };
    if (answer && item === this.#item) this.#show(answer.errors);
    return !answer || answer.errors.length === 0;
  }

  /** @param {import("./types.js").FieldError[]} errors */
  #show(errors) {
    for (const label of this.querySelectorAll(".fields > .field")) {
      const own = errors.filter((one) => one.field === label.getAttribute("data-field"));
      tell(label, own.map((one) => one.message[language()]).join(" "));
    }
    const first = this.querySelector(".fields > .field");
    const rest = errors.filter((one) => !one.field || !this.#inputs.has(one.field));
    if (first && rest.length) tell(first, rest.map((one) => one.message[language()]).join(" "));
  }

  async save() {
    const fields = this.#changes();
    const item = this.#item;
    if (!item || Object.keys(fields).length === 0 || !(await this.#check())) return;
    this.#item = null;
    await acts.edit(item.id, fields);
    this.#draw();
    /** @type {HTMLElement|null} */ (document.querySelector("pf-facts"))?.focus();
  }
}

/** @param {string} name @param {HTMLElement} element */
function labelled(name, element) {
  const id = `field-${name}`;
  const group = element.tagName === "DIV";
  if (group) element.setAttribute("role", "group"), element.setAttribute("aria-label", word("field", name));
  else element.id = id;
  element.setAttribute("aria-describedby", `${id}-error`);
  const words = word("field", name);
  return h("div", { class: "field", data: { field: name } }, group ? h("span", { class: "name" }, words) : h("label", { for: id }, words),
    element, h("span", { class: "error", id: `${id}-error`, role: "alert" }));
}

/** @param {Element} label @param {string} words */
function tell(label, words) {
  const error = label.querySelector(".error");
  if (error && error.textContent !== words) error.textContent = words;
  label.querySelector("input, select")?.setAttribute("aria-invalid", String(words !== ""));
}

/** @param {Item} item */
function head(item) {
  const { state, rule, score, by, at } = item.status;
  const decided = state !== "open";
  return h("header", {},
    h("h3", {}, h("span", { class: `kind ${item.kind}` }, word("kind", item.kind)), h("span", { class: "id" }, item.id), title(item)),
    h("p", { class: "made" }, [word("state", state), by && `${by} ${moment(at)}`, rule && t("made.rule", { rule }), score !== null && t("made.score", { score: score.toFixed(2) })].filter(Boolean).join(" · ")),
    h("div", { class: "do" }, button("accept", acts.accept, "main"), button("reject", acts.reject), decided && button("reopen", acts.reopen)));
}

/** @param {import("./keys.js").Command} command @param {() => void} run @param {string} [style] */
function button(command, run, style = "") {
  return h("button", { type: "button", class: style, on: { click: run } }, t(/** @type {any} */ (`do.${command}`)), h("kbd", { "aria-hidden": "true" }, keyOf(command)));
}

/** What the audit says of the fact. @param {Item} item */
function remarks(item) {
  const findings = store.doc?.record.findings ?? [];
  const told = item.status.findings.flatMap((n) => (findings[n] ? [finding(findings[n])] : []));
  if (item.status.no_evidence) told.unshift(t("no.evidence"));
  return told.map((words) => h("p", { class: "remark" }, `⚑ ${words}`));
}

/** Its places in the text, with the buttons that move their ends. @param {Item} item */
function evidence(item) {
  const all = places(item);
  const chosen = all[store.mention ?? 0] ? (store.mention ?? 0) : 0;
  const rows = all.map((place, n) => h("li", {},
    isNamed(item.kind) && all.length > 1 && h("input", { type: "checkbox", value: n, class: "pick", "aria-label": t("split.pick", { n: n + 1 }) }),
    h("button", { type: "button", class: "quote", "aria-pressed": String(n === chosen), on: { click: () => store.select(item.id, n) } },
      store.doc?.offsets.quote(place.spans) ?? ""),
    h("small", {}, place.spans.map(([start, end]) => `${start}–${end}`).join(" + "))));
  const edges = h("div", { class: "edges", role: "group", "aria-label": t("edges") },
    h("span", {}, t("edge.start")), edge("start", -1, "startLess"), edge("start", 1, "startMore"),
    h("span", {}, t("edge.end")), edge("end", -1, "endLess"), edge("end", 1, "endMore"));
  return h("section", { class: "evidence", "aria-label": t("evidence") }, h("ul", {}, ...rows), all.length > 0 && edges);
}

/** @param {"start"|"end"} side @param {number} by @param {import("./keys.js").Command} command */
function edge(side, by, command) {
  const label = t(/** @type {any} */ (`key.${command}`));
  const run = () => acts.nudge(side, by);
  return h("button", { type: "button", title: `${label} (${keyOf(command)})`, "aria-label": label, on: { click: run } }, by < 0 ? "◂" : "▸");
}

/** Merging with another of its kind, and splitting. @param {Item} item */
function grouping(item) {
  if (item.kind !== "companies" && item.kind !== "organizations") return [];
  const others = (store.doc?.of(item.kind) ?? []).filter((one) => one.id !== item.id);
  const into = h("select", { "aria-label": t("merge.into") }, h("option", { value: "" }, t("merge.into")), ...others.map((one) => h("option", { value: one.id }, choice(one))));
  const merge = h("button", { type: "button", on: { click: () => into.value && acts.merge(into.value, [item.id]) } }, t("merge"));
  const split = h("button", { type: "button", on: { click: () => {
    const picked = [...document.querySelectorAll("pf-editor .pick")].flatMap((box) => (/** @type {HTMLInputElement} */ (box).checked ? Number(/** @type {HTMLInputElement} */ (box).value) : []));
    if (picked.length) acts.split(item.id, picked);
  } } }, t("split"));
  return [h("div", { class: "grouping" }, others.length > 0 && into, others.length > 0 && merge, (item.fact.mentions ?? []).length > 1 && split)];
}

customElements.define("pf-editor", Editor);
