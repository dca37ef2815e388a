// The blocks of a source as elements: joined ones run on in one paragraph with a seam between them.

import { h } from "./dom.js";
import { t, word } from "./messages.js";

/** @typedef {import("./types.js").Block} Block @typedef {import("./types.js").Join} Join
 * @typedef {import("./source-text.js").SourceText} SourceText
 * @typedef {{layout: import("./types.js").Layout, offsets: import("./offsets.js").Offsets,
 *   pieces: {start: number, end: number, node: Text}[], seam: (join: Join, joined: boolean, at: HTMLElement) => void,
 *   go: (block: string) => void, menu: (block: Block, at: HTMLElement) => void}} Drawing */

/** The paragraphs of blocks in the order shown. @param {Block[]} blocks @param {Drawing} drawing @returns {HTMLElement[]} */
export function paragraphs(blocks, drawing) {
  const into = new Map(drawing.layout.joins.map((join) => [join.to, join]));
  /** @type {HTMLElement[]} */
  const made = [];
  blocks.forEach((block, n) => {
    const join = into.get(block.id);
    const runsOn = join !== undefined && blocks[n - 1]?.id === join.from;
    const element = blockElement(block, drawing);
    if (runsOn) made[made.length - 1].append(seam(join, true, drawing), element);
    else made.push(paragraph(block, element, join, drawing));
  });
  return made;
}

/** @param {Block} block @param {HTMLElement} element @param {Join|undefined} join @param {Drawing} drawing */
function paragraph(block, element, join, drawing) {
  const { layout } = drawing;
  const kind = block.kind.replace(" ", "-");
  const made = h("div", { class: `para ${kind} ${block.status}` }, label(block, drawing));
  if (join) made.append(seam(join, true, drawing));
  made.append(element);
  const after = layout.suggested.filter((one) => one.from === block.id);
  for (const one of after) made.append(seam(one, false, drawing));
  if (block.status === "duplicate") made.append(copyOf(block, drawing));
  if (layout.open.some((one) => one.id === block.id)) made.append(h("span", { class: "broken" }, t("block.open")));
  return made;
}

/** What a block is called; pressed, what can be decided about it. The key of its menu spares a stop of the Tab key at each.
 * @param {Block} block @param {Drawing} drawing */
function label(block, { menu }) {
  const words = block.kind === "body" ? block.id : word("block", block.kind);
  if (isGap(block)) return h("span", { class: "label", "aria-hidden": "true" }, words);
  const told = t("block.menu", { block: block.id });
  const button = h("button", { class: "label", type: "button", tabindex: -1, "aria-label": told, title: told }, words);
  button.addEventListener("click", () => menu(block, button));
  return button;
}

/** @param {Block} block @param {Drawing} drawing */
function blockElement(block, { offsets, pieces }) {
  const node = document.createTextNode(offsets.slice(block.start, block.end));
  pieces.push({ start: block.start, end: block.end, node });
  return h("span", { class: "block", id: `block-${block.id}` }, node);
}

/** @param {Join} join @param {boolean} joined @param {Drawing} drawing */
function seam(join, joined, { seam: open }) {
  const score = join.score === null ? "" : join.score.toFixed(2);
  const told = t(joined ? "seam.joined" : "seam.suggested", { from: join.from, to: join.to, score });
  const button = h("button", { class: `seam ${joined ? "joined" : "suggested"}`, type: "button", "aria-label": told, title: told },
    joined ? `→ ${score}` : `→? ${join.to} ${score}`);
  button.addEventListener("click", () => open(join, joined, button));
  return button;
}

/** @param {Block} block @param {Drawing} drawing */
function copyOf(block, { go, menu: open }) {
  const of = block.duplicate_of ?? "";
  const menu = h("button", { class: "seam", type: "button", "aria-label": t("block.menu", { block: block.id }) }, "⋯");
  menu.addEventListener("click", () => open(block, menu));
  return h("span", { class: "copy" },
    h("button", { class: "link", type: "button", on: { click: () => go(of) } }, t("block.duplicate", { of })), menu);
}

/** What stands between the blocks and is not blank: shown too, so that no character of the source is out of sight.
 * @param {Block[]} blocks @param {import("./offsets.js").Offsets} offsets @returns {Block[]} */
export function withGaps(blocks, offsets) {
  /** @type {Block[]} */
  const all = [];
  let end = 0;
  for (const block of [...blocks, { start: offsets.length, end: offsets.length, id: "" }]) {
    if (block.start > end && offsets.slice(end, block.start).trim()) all.push(gap(end, block.start));
    if (block.id) all.push(/** @type {Block} */ (block));
    end = Math.max(end, block.end);
  }
  return all;
}

/** @param {Block} block */
const isGap = (block) => block.id.startsWith("at-");

/** @param {number} start @param {number} end @returns {Block} */
function gap(start, end) {
  return { id: `at-${start}`, kind: "body", start, end, status: "kept", duplicate_of: null, continues: null, reason: null };
}
