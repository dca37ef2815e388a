// Elements from data. Text goes in as text: nothing on this page is ever parsed as HTML.

/** @typedef {Node|string|number|null|undefined|false} Child */

/** An element. ``on`` holds listeners, ``data`` the data attributes; true and false make boolean attributes.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Record<string, any>} [props] @param {Child[]} children @returns {HTMLElementTagNameMap[T]} */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  fill(element, props, children);
  return element;
}

/** The same for SVG. @param {string} tag @param {Record<string, any>} [props] @param {Child[]} children */
export function svg(tag, props = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  fill(element, props, children);
  return element;
}

/** @param {Element} element @param {Record<string, any>} props @param {Child[]} children */
function fill(element, { on = {}, data = {}, ...props }, children) {
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  for (const [name, value] of Object.entries(data)) element.setAttribute(`data-${name}`, value);
  for (const [name, value] of Object.entries(props)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) element.append(/** @type {any} */ (child));
  }
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}

/** Scrolls a child of a scrolling box into its middle, if it is out of sight. @param {HTMLElement} box @param {DOMRect} rect */
export function reveal(box, rect) {
  const frame = box.getBoundingClientRect();
  if (rect.top < frame.top + 24 || rect.bottom > frame.bottom - 24) {
    box.scrollTop += rect.top - frame.top - frame.height / 3;
  }
}
