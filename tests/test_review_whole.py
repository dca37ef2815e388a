"""The page and the server together, in Chromium with every other network refused: what a reviewer does in a morning."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from parkfacts.review.app import PAGE, create
from parkfacts.review.safety import Keys
from review_folder import Page, outputs

CHROMIUM = Path("/usr/bin/chromium")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SELECT = """async ([start, end]) => {
  const { store } = await import('/page/store.js');
  const block = store.doc.record.layout.blocks.find((one) => one.start <= start && end <= one.end);
  const node = document.getElementById(`block-${block.id}`).firstChild;
  const unit = (point) => store.doc.offsets.unit(point) - store.doc.offsets.unit(block.start);
  getSelection().setBaseAndExtent(node, unit(start), node, unit(end));
  document.querySelector('pf-source').dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  await new Promise((resolve) => setTimeout(resolve, 20));
}"""
RENAME = """(reviewer) => fetch('/api/session', {
  method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ reviewer }),
})"""
SETTLED = """async () => {
  const { settled } = await import('/page/acts.js');
  for (let turn = 0; turn < 3; turn++) { await settled(); await new Promise((resolve) => setTimeout(resolve, 40)); }
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install 'parkfacts[dev]'"
    )
    if not CHROMIUM.exists() or not PAGE.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}, or no page in the package")
    with sync.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield started
        started.close()


class Person:
    """Someone at the page, who opened the address that was printed."""

    def __init__(self, browser: Any, keys: Keys, name: str) -> None:
        self.home, self.wrong = f"http://127.0.0.1:{keys.port}/", []  # type: tuple[str, list[str]]
        self.page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        self.page.set_default_timeout(30000)
        self.page.route(lambda url: not url.startswith(self.home), self._refuse)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.goto(f"{self.home}?token={keys.token}")
        assert self.page.url == self.home, "the token is gone from the address"
        self.page.evaluate(RENAME, name)
        self.open()

    def _refuse(self, route: Any) -> None:
        self.wrong.append(route.request.url)
        route.abort()

    def open(self) -> None:
        self.page.goto(self.home)
        self.page.wait_for_selector("pf-source .block")

    def choose(self, id: str) -> None:
        self.page.evaluate("async (id) => (await import('/page/store.js')).store.select(id)", id)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.page.evaluate(SETTLED)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, Keys]]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    keys = Keys(port=listening.getsockname()[1])
    folder = outputs(tmp_path)
    server = uvicorn.Server(uvicorn.Config(create(folder, keys), log_level="error"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    while thread.is_alive() and not server.started:
        time.sleep(0.01)
    yield folder, keys
    server.should_exit = True
    thread.join()


def test_a_morning_of_two_reviewers(browser: Any, served: tuple[Path, Keys]) -> None:
    folder, keys = served
    kept = Page(folder)  # a second server on the same folder: what it tells was kept in the file
    one = Person(browser, keys, "甲")

    one.press("a", "a")
    assert sum(told["state"] == "accepted" for told in kept.get()["facts"].values()) == 2

    late = kept.fact("milestones", "今年4月，晟拓精工的项目建成投产")
    one.choose(late["id"])
    one.press(*"]" * 8)
    spans = next(m for m in kept.record["milestones"] if m["id"] == late["id"])["spans"]
    assert len(spans) == 2 and spans[1][0] == kept.span("业岗位")[0], "the end went over the join"

    one.page.evaluate(SELECT, kept.span("老街坊面馆"))
    one.press("1")
    added = kept.fact("companies", "老街坊面馆")
    assert added["rule"] == "review" and kept.document["facts"][added["id"]]["by"] == "甲"
    one.press("u")
    assert "老街坊面馆" not in [company["name"] for company in kept.record["companies"]]
    one.press("Shift+U")
    one.open()
    names = one.page.evaluate(
        "async () => (await import('/page/store.js')).store.doc.record.companies.map((c) => c.name)"
    )
    assert "老街坊面馆" in names, "a reload keeps it"

    two = Person(browser, keys, "乙")
    for person in (one, two):
        person.choose("d03")
        person.page.evaluate("for (let n = 0; n < 99; n++) clearInterval(n)")  # neither looks for news
    two.press("x")
    one.page.keyboard.press("a")
    one.page.wait_for_selector("dialog .clashes")
    told = one.page.locator("dialog").inner_text()
    assert "乙" in told and kept.get()["facts"]["d03"]["state"] == "rejected"
    one.page.click("dialog .main")

    one.press("d", "g")
    assert (folder / "gold" / "page" / "gold.json").exists()
    assert one.wrong == two.wrong == [], "an error, or a request to another machine"
