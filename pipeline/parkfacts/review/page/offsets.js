// The one place where code points (the wire, the record) and UTF-16 units (JavaScript, the DOM) meet.

/** Where a text's code points lie in its UTF-16 units. A text without astral characters costs nothing. */
export class Offsets {
  /** @type {number[]} the code points that take two units */
  #pairs = [];

  /** @param {string} text */
  constructor(text) {
    this.text = text;
    const astral = /[\ud800-\udbff][\udc00-\udfff]/g;
    for (let found; (found = astral.exec(text)); ) this.#pairs.push(found.index - this.#pairs.length);
    this.length = text.length - this.#pairs.length;
  }

  /** The unit at which a code point starts. @param {number} point */
  unit(point) {
    return point + below(this.#pairs, (pair) => pair < point);
  }

  /** The code point that holds a unit. @param {number} unit */
  point(unit) {
    return unit - below(this.#pairs, (pair, n) => pair + n < unit);
  }

  /** @param {number} start @param {number} end code points */
  slice(start, end) {
    return this.text.slice(this.unit(start), this.unit(end));
  }

  /** What spans hold, joined. @param {import("./types.js").Span[]} spans */
  quote(spans) {
    return spans.map(([start, end]) => this.slice(start, end)).join("");
  }
}

/** How many at the head of a sorted list pass a test that holds for a head of it.
 * @template T @param {readonly T[]} sorted @param {(one: T, n: number) => boolean} test */
export function below(sorted, test) {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (test(sorted[middle], middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
