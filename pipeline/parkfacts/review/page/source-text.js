// The text on the screen: which text node holds which characters, and which character is at a point of the screen.

import { below } from "./offsets.js";
import { rects } from "./highlights.js";

/** @typedef {import("./types.js").Span} Span @typedef {{start: number, end: number, node: Text}} Piece */

export class SourceText {
  /** @type {Piece[]} in the file's order */
  #pieces;
  /** @type {Map<Node, Piece>} */
  #of;

  /** @param {Piece[]} pieces what is shown, each in one text node @param {import("./offsets.js").Offsets} offsets */
  constructor(pieces, offsets) {
    this.#pieces = [...pieces].sort((a, b) => a.start - b.start);
    this.#of = new Map(pieces.map((piece) => [piece.node, piece]));
    this.offsets = offsets;
  }

  /** @param {Span[]} spans @returns {StaticRange[]} */
  ranges(spans) {
    return spans.flatMap(([start, end]) => this.#within(start, end));
  }

  /** @param {number} start @param {number} end @returns {StaticRange[]} */
  #within(start, end) {
    const found = [];
    for (let n = below(this.#pieces, (one) => one.end <= start); n < this.#pieces.length; n++) {
      const { node, ...piece } = this.#pieces[n];
      if (piece.start >= end) break;
      const base = this.offsets.unit(piece.start);
      const startOffset = this.offsets.unit(Math.max(start, piece.start)) - base;
      const endOffset = this.offsets.unit(Math.min(end, piece.end)) - base;
      found.push(new StaticRange({ startContainer: node, startOffset, endContainer: node, endOffset }));
    }
    return found;
  }

  /** The boundary that a node and offset of the DOM are, as a code point. @param {Node} node @param {number} offset */
  boundary(node, offset) {
    const piece = this.#of.get(node);
    return piece ? this.offsets.point(this.offsets.unit(piece.start) + offset) : null;
  }

  /** The characters that a selection of the browser holds: the first and the last, or null.
   * @param {Selection} selection @returns {[number, number]|null} */
  selected(selection) {
    if (selection.rangeCount === 0 || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const held = [...this.#of].filter(([node, piece]) => range.intersectsNode(node) && piece.end > piece.start);
    if (held.length === 0) return null;
    const [first, last] = [held[0], held[held.length - 1]];
    const from = first[0] === range.startContainer ? this.boundary(first[0], range.startOffset) : first[1].start;
    const to = last[0] === range.endContainer ? this.boundary(last[0], range.endOffset) : last[1].end;
    return from === null || to === null || (first === last && from >= to) ? null : [from, to - 1];
  }

  /** The character at a point of the screen, or null where there is none. @param {number} x @param {number} y */
  hit(x, y) {
    const [node, offset] = caret(x, y);
    const at = node ? this.boundary(node, offset) : null;
    if (at === null) return null;
    return [at, at - 1].find((point) => point >= 0 && this.rects([[point, point + 1]]).some((box) => holds(box, x, y))) ?? null;
  }

  /** The boundary nearest to a point of the screen, for a handle that is dragged. @param {number} x @param {number} y */
  nearest(x, y) {
    const [node, offset] = caret(x, y);
    return node ? this.boundary(node, offset) : null;
  }

  /** @param {Span[]} spans */
  rects(spans) {
    return this.ranges(spans).flatMap(rects);
  }
}

/** @param {number} x @param {number} y @returns {[Node|null, number]} */
function caret(x, y) {
  const page = /** @type {any} */ (document);
  if (page.caretPositionFromPoint) {
    const position = page.caretPositionFromPoint(x, y);
    return [position?.offsetNode ?? null, position?.offset ?? 0];
  }
  const range = page.caretRangeFromPoint?.(x, y);
  return [range?.startContainer ?? null, range?.startOffset ?? 0];
}

/** @param {DOMRect} box @param {number} x @param {number} y */
const holds = (box, x, y) => x >= box.left && x <= box.right && y >= box.top - 3 && y <= box.bottom + 3;
