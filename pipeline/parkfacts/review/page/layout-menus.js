// What a person can decide about the layout: at a seam, and at a block, which goes on in another one or repeats it.

import { acts } from "./acts.js";
import { ask } from "./dialogs.js";
import { h } from "./dom.js";
import { shown } from "./flow.js";
import { openMenu } from "./menu.js";
import { t } from "./messages.js";
import { store } from "./store.js";

/** @typedef {import("./types.js").Block} Block @typedef {import("./types.js").Join} Join
 * @typedef {import("./types.js").Layout} Layout */

const BEGINNING = 36; // characters of a block that tell which it is

/** @param {Join} join @param {boolean} joined @param {HTMLElement} at */
export function seamMenu(join, joined, at) {
  const votes = Object.entries(join.votes).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, 6);
  const pair = [join.from, join.to];
  openMenu(at, [
    { note: `…${join.left} → ${join.right}…` },
    { note: votes.map(([name, weight]) => `${name} ${weight > 0 ? "+" : ""}${weight}`).join("  ") },
    { label: t(joined ? "seam.undo" : "seam.accept"), run: () => acts.layout(joined ? { unjoin: pair } : { join: pair }) },
    { label: t("block.leave"), run: () => acts.layout({ leave: [join.from] }) },
  ]);
}

/** @param {Block} block @param {HTMLElement} at */
export function blockMenu(block, at) {
  const { doc } = store;
  if (!doc) return;
  const chain = run(block.id, doc.record.layout);
  const last = chain[chain.length - 1];
  const alone = chain.length === 1 && block.continues === null;
  const goesOn = { label: t("block.join"), run: () => decide("join", last, chain) };
  const leave = { label: t("block.leave"), run: () => acts.layout({ leave: [last] }) };
  const repeats = { label: t("block.repeat"), run: () => decide("duplicate", block.id, chain) };
  const undo = { label: t("block.undo"), run: () => acts.layout({ unduplicate: [block.id] }) };
  openMenu(at, block.status === "duplicate" ? [undo, repeats] : [goesOn, leave, ...(alone ? [repeats] : [])]);
}

/** A block and those that its sentence goes on in. @param {string} id @param {Layout} layout @returns {string[]} */
function run(id, layout) {
  const next = new Map(layout.joins.map((join) => [join.from, join.to]));
  const chain = [id];
  for (let on = next.get(id); on !== undefined && !chain.includes(on); on = next.get(on)) chain.push(on);
  return chain;
}

/** @param {"join"|"duplicate"} what @param {string} id @param {string[]} own blocks that are no answer */
async function decide(what, id, own) {
  const other = await chooseBlock(t(`choose.${what}`, { block: id }), new Set([id, ...own]));
  if (other) acts.layout({ [what]: [id, other] });
}

/** @param {string} title @param {Set<string>} own @returns {Promise<string|null>} the id of the block chosen */
async function chooseBlock(title, own) {
  const { doc } = store;
  if (!doc) return null;
  const rows = shown(doc.record, store.reading).filter((block) => !own.has(block.id) && block.status !== "duplicate")
    .map((block) => ({ id: block.id, text: doc.offsets.slice(block.start, Math.min(block.end, block.start + BEGINNING)).trim() }));
  const list = h("select", { size: 12, class: "blocks", "aria-label": title });
  const search = h("input", { type: "search", "aria-label": t("filter.words"), placeholder: t("filter.words"), autofocus: true });
  const draw = () => {
    const wanted = rows.filter(({ id, text }) => `${id} ${text}`.includes(search.value.trim()));
    list.replaceChildren(...wanted.map(({ id, text }, n) => h("option", { value: id, selected: n === 0 }, `${id}  ${text}`)));
  };
  search.addEventListener("input", draw);
  draw();
  const answer = await ask(title, [search, list], [{ value: "yes", label: t("choose.yes"), main: true }, { value: "", label: t("cancel") }]);
  return answer === "yes" && list.value ? list.value : null;
}
