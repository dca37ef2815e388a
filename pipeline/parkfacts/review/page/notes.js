// What concerns the whole document, above its text: decisions that the text of now has no place for, what the run warned
// of, and findings about no fact.

import { byId, h } from "./dom.js";
import { t } from "./messages.js";
import { openMenu } from "./menu.js";
import { store } from "./store.js";
import { finding } from "./summary.js";

function draw() {
  const { record, unplaced } = store.doc ?? {};
  const lost = (unplaced ?? []).map(({ event, why }) => `${event.act?.act ?? event.act ?? ""} ${event.act?.fact ?? ""}: ${why}`);
  const odd = [...(record?.warnings ?? []).map((one) => one.message), ...(record?.findings ?? []).filter((one) => !one.facts.length).map(finding)];
  const box = byId("notes");
  box.hidden = lost.length + odd.length === 0;
  box.replaceChildren(...[lost.length && told(t("unplaced", { n: lost.length }), lost), odd.length && told(t("noted", { n: odd.length }), odd)]
    .filter((one) => one !== 0));
}

/** A button that opens its lines. @param {string} words @param {string[]} lines */
function told(words, lines) {
  const button = h("button", { type: "button", on: { click: () => openMenu(button, lines.map((note) => ({ note }))) } }, words);
  return button;
}

store.listen(["document", "language"], draw);
