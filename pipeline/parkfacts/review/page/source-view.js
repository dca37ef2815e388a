// The middle of the page: the source, its facts in colours, what is selected, and the handles of the fact in hand.

import { acts } from "./acts.js";
import { h, reveal } from "./dom.js";
import { shown } from "./flow.js";
import { painter } from "./highlights.js";
import { blockMenu, seamMenu } from "./layout-menus.js";
import { t } from "./messages.js";
import { KINDS, places } from "./reviewed.js";
import { paragraphs, withGaps } from "./source-blocks.js";
import { SourceText } from "./source-text.js";
import { store } from "./store.js";

/** @typedef {import("./types.js").Span} Span @typedef {import("./types.js").Item} Item */

export class SourceView extends HTMLElement {
  #sheet = h("div", { class: "sheet" });
  #handles = { start: handle("start"), end: handle("end") };
  #painter = painter(this.#sheet);
  /** @type {SourceText|null} */
  #text = null;
  /** @type {number|null} the fixed end of a selection by keys */
  #anchor = null;
  #focus = 0;
  #stack = { at: -1, turn: 0 };

  connectedCallback() {
    this.append(this.#sheet);
    this.tabIndex = 0;
    store.listen(["document", "language"], () => this.#draw());
    store.listen(["facts"], (kinds) => this.#paintFacts(kinds));
    store.listen(["facts"], (kinds) => kinds?.size !== 0 && this.#paintCurrent(true));
    store.listen(["current"], () => this.#paintCurrent(true));
    store.listen(["mark"], () => this.#paintMark());
    this.addEventListener("click", (event) => this.#clicked(event));
    this.addEventListener("pointerup", () => setTimeout(() => this.#selected()));
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("scroll", () => this.#painter.redraw(), { passive: true });
    const resized = new ResizeObserver(() => this.#paintCurrent(false));
    for (const element of [this, this.#sheet]) resized.observe(element);  // the sheet grows late: fonts, blocks out of sight
    for (const edge of /** @type {const} */ (["start", "end"])) this.#drags(edge);
  }

  #draw() {
    const { doc } = store;
    if (!doc) return;
    /** @type {{start: number, end: number, node: Text}[]} */
    const pieces = [];
    const blocks = withGaps(doc.record.layout.blocks, doc.offsets);
    const order = shown({ ...doc.record, layout: { ...doc.record.layout, blocks } }, store.reading);
    this.setAttribute("aria-label", t("source"));
    this.#sheet.replaceChildren(...paragraphs(order, {
      layout: doc.record.layout, offsets: doc.offsets, pieces, go: (block) => this.#goTo(block),
      seam: seamMenu, menu: blockMenu,
    }), this.#handles.start, this.#handles.end);
    this.#text = new SourceText(pieces, doc.offsets);
    this.#paintFacts();
    this.#paintCurrent(true);
    this.#paintMark();
  }

  /** @param {Set<string>} [kinds] the kinds whose facts stand elsewhere now; all where it is not told */
  #paintFacts(kinds) {
    const { doc } = store;
    if (!doc || !this.#text || kinds?.size === 0) return;
    const copies = [];
    for (const [n, kind] of KINDS.entries()) {
      const held = doc.of(kind).flatMap(places);
      for (const place of held) for (const one of place.also) copies.push(...one);
      if (!kinds || kinds.has(kind)) this.#paint(kind, held.flatMap((place) => place.spans), kind === "milestones" ? 0 : 1 + n);
    }
    this.#paint("copies", copies, 1);
    this.#paint("numerals", doc.record.unclaimed.filter((one) => !one.why).flatMap((one) => one.spans), 1);
  }

  /** @param {string} name @param {Span[]} spans @param {number} priority */
  #paint(name, spans, priority) {
    if (this.#text) this.#painter.paint(name, this.#text.ranges(spans), priority);
  }

  /** The spans of the fact in hand. @returns {Span[]} */
  get #held() {
    return current()?.spans ?? [];
  }

  /** @param {boolean} follow whether to scroll to it */
  #paintCurrent(follow) {
    const item = store.doc?.item(store.current);
    this.#paint("chosen", item ? places(item).flatMap((place) => place.spans) : [], 20);
    this.#paint("active", this.#held, 21);
    const boxes = this.#text?.rects(this.#held) ?? [];
    if (follow && boxes.length) reveal(this, boxes[0]);
    this.#placeHandles(item?.status.state === "rejected" ? [] : this.#held);
    this.#painter.redraw();
  }

  /** @param {Span[]} spans */
  #placeHandles(spans) {
    const boxes = this.#text?.rects(spans) ?? [];
    const base = this.#sheet.getBoundingClientRect();
    const ends = { start: boxes[0], end: boxes[boxes.length - 1] };
    for (const edge of /** @type {const} */ (["start", "end"])) {
      const box = ends[edge];
      this.#handles[edge].hidden = !box;
      if (!box) continue;
      const x = edge === "start" ? box.left : box.right;
      Object.assign(this.#handles[edge].style, {
        left: `${x - base.left}px`, top: `${box.top - base.top}px`, height: `${box.height}px`,
      });
    }
  }

  /** @param {"start"|"end"} edge */
  #drags(edge) {
    const element = this.#handles[edge];
    /** @type {Span[]} */
    let spans = [];
    element.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      element.setPointerCapture(event.pointerId);
      spans = this.#held;
    });
    element.addEventListener("pointermove", (event) => {
      if (!element.hasPointerCapture(event.pointerId)) return;
      spans = this.#dragged(edge, event) ?? spans;
      this.#paint("active", spans, 21);
      this.#placeHandles(spans);
    });
    element.addEventListener("pointerup", () => {
      if (String(spans) !== String(this.#held)) acts.resize(spans);
    });
  }

  /** @param {"start"|"end"} edge @param {PointerEvent} event @returns {Span[]|null} */
  #dragged(edge, event) {
    const to = this.#text?.nearest(event.clientX, event.clientY) ?? null;
    const held = this.#held;
    if (to === null || held.length === 0) return null;
    const [first, last] = [held[0][0], held[held.length - 1][1] - 1];
    const spans = edge === "start" ? store.flow.between(to, last) : store.flow.between(first, to - 1);
    const inOrder = edge === "start" ? spans[0]?.[0] === to : spans[spans.length - 1]?.[1] === to;
    return inOrder ? spans : null;
  }

  /** A click goes to the shortest fact there, the next click at the same place to the next. @param {MouseEvent} event */
  #clicked(event) {
    if (!getSelection()?.isCollapsed || /** @type {Element} */ (event.target).closest("button")) return;
    const point = this.#text?.hit(event.clientX, event.clientY) ?? null;
    if (point === null) return;
    const stack = factsAt(point);
    this.#anchor = null;
    this.#focus = point;
    if (store.mark) store.marked(null);
    if (stack.length === 0) return;
    this.#stack = { at: point, turn: this.#stack.at === point ? this.#stack.turn + 1 : 0 };
    const { item, mention } = stack[this.#stack.turn % stack.length];
    store.select(item.id, mention);
  }

  #selected() {
    const selection = getSelection();
    const held = selection && this.contains(selection.anchorNode) ? this.#text?.selected(selection) : null;
    if (!held) return;
    [this.#anchor, this.#focus] = held;
    store.marked(store.flow.between(held[0], held[1]));
  }

  /** Selecting by keys: arrows move by a character, with Shift they select. @param {KeyboardEvent} event */
  #key(event) {
    if (event.target !== this) return;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -20, ArrowDown: 20, Home: -1e9, End: 1e9 }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || !store.doc) return;
    event.preventDefault();
    event.stopPropagation();
    this.mark(step, event.shiftKey);
  }

  /** Moves what is marked by keys by some characters. @param {number} step @param {boolean} extend */
  mark(step, extend) {
    const { flow } = store;
    if (!flow.length) return;
    if (this.#anchor === null) this.#focus = this.#held[0]?.[0] ?? this.#focus;
    const at = this.#anchor === null ? (flow.at(this.#focus) ?? 0) : (flow.at(this.#focus) ?? 0) + step;
    this.#focus = flow.point(Math.max(0, Math.min(flow.length - 1, at)));
    if (!extend || this.#anchor === null) this.#anchor = this.#focus;
    getSelection()?.removeAllRanges();
    store.marked(flow.between(this.#anchor, this.#focus));
    const box = this.#text?.rects([[this.#focus, this.#focus + 1]])[0];
    if (box) reveal(this, box);
  }

  /** Opens the menu of the block that the fact in hand, or what is marked, stands in. */
  blockMenu() {
    const at = store.mark?.[0][0] ?? this.#held[0]?.[0] ?? this.#focus;
    const block = store.doc?.record.layout.blocks.find(({ start, end }) => start <= at && at < end);
    const element = block && document.getElementById(`block-${block.id}`);
    if (!block || !element) return;
    reveal(this, element.getBoundingClientRect());
    blockMenu(block, element);
  }

  #paintMark() {
    this.#paint("marked", store.mark ?? [], 30);
    if (!store.mark) this.#anchor = null;
  }

  /** @param {string} block */
  #goTo(block) {
    const element = document.getElementById(`block-${block}`);
    if (!element) return;
    reveal(this, element.getBoundingClientRect());
    element.classList.add("flash");
    setTimeout(() => element.classList.remove("flash"), 1200);
  }

  /** Shows spans that are no fact's: a numeral that nobody claims. @param {Span[]} spans */
  show(spans) {
    const box = this.#text?.rects(spans)[0];
    if (box) reveal(this, box);
  }
}

/** The place of the fact in hand that resizing is about. */
export function current() {
  const item = store.doc?.item(store.current);
  const all = item ? places(item) : [];
  return all[store.mention ?? 0] ?? all[0];
}

/** The facts at a character, the shortest first. @param {number} point */
function factsAt(point) {
  const holds = (/** @type {Span[]} */ spans) => spans.some(([start, end]) => start <= point && point < end);
  const size = (/** @type {Span[]} */ spans) => spans.reduce((sum, [start, end]) => sum + end - start, 0);
  return (store.doc?.items ?? [])
    .filter((item) => item.status.state !== "rejected")
    .flatMap((item) => places(item).map((place) => ({ item, ...place })))
    .filter(({ spans, also }) => holds(spans) || also.some(holds))
    .sort((a, b) => size(a.spans) - size(b.spans));
}

/** @param {"start"|"end"} edge */
function handle(edge) {
  return h("div", { class: `handle ${edge}`, hidden: true, "aria-hidden": "true" });
}

customElements.define("pf-source", SourceView);
