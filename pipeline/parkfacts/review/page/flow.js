// The order in which the text is read: from a place one goes on across a join or a line's end as if nothing were between.

import { below } from "./offsets.js";

/** @typedef {import("./types.js").Span} Span @typedef {import("./types.js").Block} Block
 * @typedef {import("./types.js").Report} Report @typedef {import("./offsets.js").Offsets} Offsets */

/** The blocks as they are shown: in reading order (what is not in it keeps its place behind its neighbour in the file)
 * or as in the file. @param {Report} record @param {boolean} reading @returns {Block[]} */
export function shown(record, reading) {
  const { blocks, reading_order: order } = record.layout;
  if (!reading || !order) return blocks;
  const known = new Map(blocks.map((block) => [block.id, block]));
  const ordered = new Set(order);
  const behind = new Map();
  /** @type {Block[]} */
  const first = [];
  let before = first;
  for (const block of blocks) {
    if (!ordered.has(block.id)) before.push(block);
    else behind.set(block.id, (before = []));
  }
  return [...first, ...order.flatMap((id) => [/** @type {Block} */ (known.get(id)), ...behind.get(id)])];
}

/** The lines of kept blocks in the order shown, as one running text. */
export class Flow {
  /** @type {{start: number, end: number, at: number}[]} in running order */
  #lines = [];
  /** @type {{start: number, end: number, at: number}[]} in the file's order */
  #sorted;

  /** @param {Block[]} blocks @param {Offsets} offsets */
  constructor(blocks, offsets) {
    let at = 0;
    for (const block of blocks) {
      if (block.status === "duplicate") continue;
      for (const [start, end] of lines(block, offsets)) {
        this.#lines.push({ start, end, at });
        at += end - start;
      }
    }
    this.length = at;
    this.#sorted = [...this.#lines].sort((a, b) => a.start - b.start);
  }

  /** Where a character of the file runs, or null outside. @param {number} point */
  at(point) {
    const line = this.#sorted[below(this.#sorted, (one) => one.start <= point) - 1];
    return line && point < line.end ? line.at + point - line.start : null;
  }

  /** The character of the file at a place of the running text. @param {number} place */
  point(place) {
    const line = this.#lines[below(this.#lines, (one) => one.at <= place) - 1];
    return line.start + place - line.at;
  }

  /** The spans of a stretch of the running text. @param {number} from @param {number} to @returns {Span[]} */
  spans(from, to) {
    /** @type {Span[]} */
    const spans = [];
    for (let n = below(this.#lines, (one) => one.at <= from) - 1; n < this.#lines.length; n++) {
      const { start, at, end } = this.#lines[n];
      if (at >= to) break;
      spans.push([start + Math.max(0, from - at), Math.min(end, start + to - at)]);
    }
    return spans;
  }

  /** What lies between two characters, both included. @param {number} a @param {number} b @returns {Span[]} */
  between(a, b) {
    const [from, to] = [this.at(a), this.at(b)];
    if (from === null || to === null) return [[Math.min(a, b), Math.max(a, b) + 1]];
    return this.spans(Math.min(from, to), Math.max(from, to) + 1);
  }

  /** Spans with an edge moved by some characters; unchanged where nothing would be left or the text ends.
   * @param {Span[]} spans @param {"start"|"end"} edge @param {number} by @returns {Span[]} */
  move(spans, edge, by) {
    const from = this.at(spans[0][0]);
    const last = this.at(spans[spans.length - 1][1] - 1);
    if (from === null || last === null) return spans;
    const start = edge === "start" ? from + by : from;
    const end = edge === "end" ? last + 1 + by : last + 1;
    return start < 0 || end > this.length || start >= end ? spans : this.spans(start, end);
  }
}

/** The lines of a block without the blanks at its lines' ends. @param {Block} block @param {Offsets} offsets
 * @returns {Span[]} */
function lines(block, offsets) {
  /** @type {Span[]} */
  const found = [];
  const text = offsets.slice(block.start, block.end);
  const base = offsets.unit(block.start);
  for (const { index, 0: line } of text.matchAll(/[^\r\n]+/g)) {
    found.push([offsets.point(base + index), offsets.point(base + index + line.length)]);
  }
  return found;
}
