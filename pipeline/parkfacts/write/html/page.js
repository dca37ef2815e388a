
"use strict";
// Marks all pieces of a fact when one of them, or its row, is chosen; choosing again goes on to the next one.
(() => {
  let last = { element: null, turn: 0 };
  const turn = (element) => {
    last = { element, turn: last.element === element ? last.turn + 1 : 0 };
    return last.turn;
  };
  const mark = (article, id) => {
    for (const one of document.querySelectorAll(".on")) one.classList.remove("on");
    const row = article.querySelector(`li[data-id="${CSS.escape(id)}"]`);
    const pieces = [...article.querySelectorAll(`a[data-f~="${CSS.escape(id)}"]`)];
    for (const one of [row, ...pieces]) one?.classList.add("on");
    return { row, pieces };
  };
  const show = (element, block) => element?.scrollIntoView({ block, behavior: "instant" });
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const piece = target?.closest("a[data-f]");
    const row = target?.closest("li[data-id]");
    const article = target?.closest("article");
    if (!article || event.ctrlKey || event.metaKey) return;
    if (piece) {
      event.preventDefault();
      const ids = piece.dataset.f.split(" ");
      const found = mark(article, ids[turn(piece) % ids.length]);
      const details = found.row?.closest("details");
      if (details) details.open = true;
      show(found.row, "nearest");
    } else if (row && (!target.closest("a") || target.closest("a.head"))) {
      event.preventDefault();
      const found = mark(article, row.dataset.id);
      show(found.pieces[turn(row) % Math.max(1, found.pieces.length)], "center");
    } else {
      const link = target.closest("a[href^='#']");
      const wanted = link && document.getElementById(link.getAttribute("href").slice(1));
      const id = wanted?.closest("li[data-id]")?.dataset.id;
      if (id) {
        event.preventDefault();
        const found = mark(article, id);
        show(found.pieces[0], "center");
        show(found.row, "nearest");
      }
    }
  });
})();
