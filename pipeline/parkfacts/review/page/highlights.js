// Colours over the text without an element in it: the CSS Custom Highlight API, or rectangles laid behind the text where
// a browser has none. Overlaps and evidence in several pieces are the same to both.

/** @typedef {(spans: import("./types.js").Span[]) => StaticRange[]} Locate  the ranges of spans in the text shown */

/** @param {HTMLElement} sheet the scrolling element's content, in which rectangles are laid */
export function painter(sheet) {
  const wanted = new URLSearchParams(location.search).get("highlights");
  return wanted !== "rects" && "highlights" in CSS ? new Painted() : new Rectangles(sheet);
}

class Painted {
  /** @param {string} name @param {StaticRange[]} ranges @param {number} [priority] */
  paint(name, ranges, priority = 0) {
    if (ranges.length === 0) return void CSS.highlights.delete(name);
    const highlight = new Highlight();
    for (const range of ranges) highlight.add(range);  // a hundred thousand are too many arguments
    highlight.priority = priority;
    CSS.highlights.set(name, highlight);
  }

  redraw() {}
}

class Rectangles {
  /** @type {Map<string, StaticRange[]>} */
  #ranges = new Map();
  #pending = false;

  /** @param {HTMLElement} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    this.layer = document.createElement("div");
    this.layer.className = "rects";
    this.layer.setAttribute("aria-hidden", "true");
  }

  /** @param {string} name @param {StaticRange[]} ranges */
  paint(name, ranges) {
    this.#ranges.set(name, ranges);
    this.redraw();
  }

  redraw() {
    if (this.#pending) return;
    this.#pending = true;
    requestAnimationFrame(() => {
      this.#pending = false;
      this.#draw();
    });
  }

  /** Only what is in sight or nearly: 2,000 facts would be as many measurements at each scroll. */
  #draw() {
    const frame = this.sheet.parentElement?.getBoundingClientRect();
    const base = this.sheet.getBoundingClientRect();
    const boxes = document.createDocumentFragment();
    for (const [name, ranges] of this.#ranges) {
      for (const range of ranges) {
        const block = range.startContainer.parentElement?.getBoundingClientRect();
        if (!frame || !block || block.bottom < frame.top - 200 || block.top > frame.bottom + 200) continue;
        for (const rect of rects(range)) boxes.append(box(name, rect, base));
      }
    }
    this.layer.replaceChildren(boxes);
    if (this.layer.parentElement !== this.sheet) this.sheet.prepend(this.layer);
  }
}

/** The rectangles of a range on the screen. @param {StaticRange} range */
export function rects(range) {
  const live = new Range();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  return [...live.getClientRects()];
}

/** @param {string} name @param {DOMRect} rect @param {DOMRect} base */
function box(name, rect, base) {
  const element = document.createElement("div");
  element.className = `rect ${name}`;
  Object.assign(element.style, {
    left: `${rect.left - base.left}px`, top: `${rect.top - base.top}px`,
    width: `${rect.width}px`, height: `${rect.height}px`,
  });
  return element;
}
