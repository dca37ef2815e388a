"""A reviewer in a real browser, on a page of the review server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from review_server import ReviewServer


class Reviewer:
    """A page of a browser on a server; ``foreign`` are the addresses elsewhere that it asked for."""

    def __init__(self, browser: Any, server: ReviewServer, **context: Any) -> None:
        self.server = server
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.page = browser.new_context(viewport={"width": 1280, "height": 800}, **context).new_page()
        self.page.set_default_timeout(30_000)
        self.page.route(lambda url: not url.startswith(server.origin), self._refuse)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: self.errors.append(dialog.message))
        self.page.goto(server.address)
        self.page.wait_for_selector("pf-source .block")

    def _refuse(self, route: Any) -> None:
        self.foreign.append(route.request.url)
        route.abort()

    def open(self, query: str = "") -> None:
        """The page anew."""
        self.page.goto(f"{self.server.origin}/{query}")
        self.page.wait_for_selector("pf-source .block")

    def choose(self, id: str) -> None:
        self.page.evaluate("async (id) => (await import('/page/store.js')).store.select(id)", id)

    def mark(self, start: int, end: int) -> None:
        """Selects characters of the text with the mouse's means: the browser's own selection."""
        self.page.evaluate(SELECT, [start, end])

    def press(self, *keys: str) -> None:
        """Each key, and the server's answer to it."""
        for key in keys:
            self.page.keyboard.press(key)
            self.settle()

    def settle(self) -> None:
        self.page.evaluate(SETTLED)

    def until(self, holds: Callable[[], bool]) -> None:
        """Waits for what the server is about to know."""
        for _ in range(300):
            if holds():
                return
            self.page.wait_for_timeout(50)
        pytest.fail("the server did not get to know it in time")


SETTLED = """async () => {
  const { settled } = await import('/page/acts.js');
  for (let turn = 0; turn < 2; turn++) {
    await settled();
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}"""
SELECT = """async ([start, end]) => {
  const { store } = await import('/page/store.js');
  const block = store.doc.record.layout.blocks.find((one) => one.start <= start && end <= one.end);
  const node = document.getElementById(`block-${block.id}`).firstChild;
  const unit = (point) => store.doc.offsets.unit(point) - store.doc.offsets.unit(block.start);
  getSelection().setBaseAndExtent(node, unit(start), node, unit(end));
  document.querySelector('pf-source').dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  await new Promise((resolve) => setTimeout(resolve, 20));
}"""
