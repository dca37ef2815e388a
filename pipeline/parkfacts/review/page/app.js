// The page put together: its bar, its keys, and the first document.

import { acts, listDocuments, openDocument, poll } from "./acts.js";
import { api } from "./api.js";
import { askName } from "./dialogs.js";
import "./documents-list.js";
import { byId, h } from "./dom.js";
import "./editor.js";
import "./facts-list.js";
import { acceptAll } from "./filters.js";
import { keyOf, listen, showKeys } from "./keys.js";
import { language, speak, t } from "./messages.js";
import "./notes.js";
import { fail, say } from "./notices.js";
import { prefs, wear } from "./prefs.js";
import { isOpen, KINDS, places } from "./reviewed.js";
import "./source-view.js";
import { store } from "./store.js";
import "./timeline.js";

/** @typedef {import("./keys.js").Command} Command @typedef {import("./types.js").Kind} Kind */

/** @type {Record<Kind, Command>} */
const ADD = {
  companies: "addCompany", dates: "addDate", amounts: "addAmount", organizations: "addOrganization", projects: "addProject",
  milestones: "addMilestone",
};
const THEMES = ["auto", "light", "dark"];
const POLL = 4000;

/** @param {string} tag @returns {any} */
const part = (tag) => document.querySelector(tag);

/** @param {number} by one fact on or back in the list */
function walk(by) {
  const order = part("pf-facts").order;
  const at = order.findIndex((/** @type {any} */ item) => item.id === store.current);
  const next = order[at < 0 ? 0 : at + by];
  if (next) store.select(next.id);
}

/** @param {number} by one document on or back */
function turn(by) {
  const at = store.documents.findIndex((one) => one.id === store.doc?.id);
  const next = store.documents[at + by];
  if (next && !next.error) openDocument(next.id);
}

function nextMention() {
  const item = store.doc?.item(store.current);
  if (item) store.select(item.id, ((store.mention ?? 0) + 1) % Math.max(1, places(item).length));
}

listen({
  accept: acts.accept, reject: acts.reject, undo: acts.undo, redo: acts.redo, reopen: acts.reopen, done: acts.done, gold: acts.gold,
  next: () => walk(1), previous: () => walk(-1), nextDocument: () => turn(1), previousDocument: () => turn(-1),
  edit: () => part("pf-editor").edit(), nextMention,
  startLess: () => acts.nudge("start", -1), startMore: () => acts.nudge("start", 1),
  endLess: () => acts.nudge("end", -1), endMore: () => acts.nudge("end", 1),
  mark: () => (part("pf-source").focus(), part("pf-source").mark(0, false)), block: () => part("pf-source").blockMenu(),
  addCompany: () => acts.add("companies"), addDate: () => acts.add("dates"), addAmount: () => acts.add("amounts"),
  addOrganization: () => acts.add("organizations"), addProject: () => acts.add("projects"), addMilestone: () => acts.add("milestones"),
  acceptAll, search: () => byId("search").focus(), order: () => store.read(!store.reading), help: showKeys,
});

function drawBar() {
  const { doc } = store;
  document.title = [doc?.record.document.title ?? doc?.name, "parkfacts"].filter(Boolean).join(" · ");
  const other = language() === "zh" ? "en" : "zh";
  const theme = prefs.get("theme", "auto");
  byId("bar").replaceChildren(
    h("span", { class: "brand" }, "parkfacts"),
    h("h1", {}, doc ? (doc.record.document.title ?? doc.name) : t("bar.none")),
    ...(doc ? documentButtons(doc) : []),
    press(store.reviewer || t("reviewer"), rename, { title: t("reviewer.why") }),
    press(other === "zh" ? "中文" : "English", () => speak(other), { id: "language", lang: other }),
    press(t(/** @type {any} */ (`theme.${theme}`)), nextTheme, { id: "theme", title: t("theme") }),
    press("?", showKeys, { id: "help", "aria-label": t("key.help"), title: t("key.help") }),
  );
}

/** @param {import("./reviewed.js").Reviewed} doc */
function documentButtons(doc) {
  return [
    h("span", { class: "left" }, store.left ? t("bar.left", { n: store.left }) : t("bar.all")),
    press("↶", acts.undo, { id: "undo", disabled: !doc.canUndo, "aria-label": t("key.undo"), title: `${t("key.undo")} (${keyOf("undo")})` }),
    press("↷", acts.redo, { id: "redo", disabled: !doc.canRedo, "aria-label": t("key.redo"), title: `${t("key.redo")} (${keyOf("redo")})` }),
    press(t(store.reading ? "order.reading" : "order.file"), () => store.read(!store.reading), { id: "order", title: t("key.order") }),
    press(t(doc.state === "done" ? "do.working" : "do.done"), acts.done, { id: "done" }),
    press(t("do.gold"), acts.gold, { id: "gold", class: "gold", title: t("gold.why") }),
  ];
}

/** @param {string} words @param {() => void} run @param {Record<string, any>} props */
const press = (words, run, props) => h("button", { type: "button", ...props, on: { click: run } }, words);

/** Draws the bar anew, with the focus where it was. */
function bar() {
  const focused = byId("bar").contains(document.activeElement) ? document.activeElement?.id : "";
  drawBar();
  if (focused) document.getElementById(focused)?.focus();
}

function nextTheme() {
  const now = THEMES.indexOf(prefs.get("theme", "auto"));
  wear(THEMES[(now + 1) % THEMES.length]);
  bar();
}

async function rename() {
  const name = await askName(store.reviewer);
  if (name === null) return;
  await api.rename(name).catch(fail);
  store.reviewer = name;
  bar();
}

/** Offers what the marked text can become. */
function offer() {
  const box = byId("offer");
  const { mark, doc } = store;
  box.hidden = !mark || !doc;
  if (!mark || !doc) return;
  const text = doc.offsets.quote(mark);
  box.replaceChildren(
    h("span", { class: "quote", role: "status" }, text.length > 40 ? `${text.slice(0, 24)}…${text.slice(-12)}` : text),
    h("small", {}, t("mark.n", { n: [...text].length })),
    ...KINDS.map((kind) => h("button", { type: "button", class: `chip ${kind}`, on: { click: () => acts.add(kind) } },
      t(/** @type {any} */ (`add.${kind}`)), h("kbd", { "aria-hidden": "true" }, keyOf(ADD[kind])))),
    h("button", { type: "button", "aria-label": t("cancel"), on: { click: () => (getSelection()?.removeAllRanges(), store.marked(null)) } }, "×"),
  );
}

/** The first fact that nobody looked at is in hand from the start. */
function begin() {
  if (store.doc && !store.current) store.select((store.passing.find(isOpen) ?? store.passing[0])?.id ?? null);
}

store.listen(["document", "facts", "language", "document.state"], bar);
store.listen(["mark", "language"], offer);
store.listen(["document"], begin);
addEventListener("error", (event) => say(t("error.page", { what: event.message }), "error"));
addEventListener("unhandledrejection", (event) => fail(event.reason));

wear(prefs.get("theme", "auto"));
speak(language());
await Promise.all([listDocuments(), api.session().then((session) => (store.reviewer = session.reviewer)).catch(fail)]);
const wished = decodeURIComponent(location.hash.slice(1));
const first = store.documents.find((one) => one.id === wished) ?? store.documents.find((one) => !one.error);
if (first) await openDocument(first.id);
else bar();
setInterval(poll, POLL);
