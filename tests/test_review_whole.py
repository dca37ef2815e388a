"""The page and the server together, in Chromium with every other network refused: what a reviewer does in a morning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chromium import Reviewer
from review_folder import Page, outputs
from review_server import ReviewServer

RENAME = """(reviewer) => fetch('/api/session', {
  method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ reviewer }),
})"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ReviewServer]:
    server = ReviewServer(outputs(tmp_path))
    yield server
    server.close()


def person(browser: Any, server: ReviewServer, name: str) -> Reviewer:
    """Someone at the page, who opened the address that was printed."""
    one = Reviewer(browser, server)
    assert server.keys.token not in one.page.url, "the token is gone from the address"
    one.page.evaluate(RENAME, name)
    one.open()
    return one


def test_a_morning_of_two_reviewers(browser: Any, served: ReviewServer) -> None:
    kept = Page(served.folder)  # a second server on the same folder: what it tells was kept in the file
    one = person(browser, served, "甲")

    one.press("a", "a")
    assert sum(told["state"] == "accepted" for told in kept.get()["facts"].values()) == 2

    late = kept.fact("milestones", "今年4月，晟拓精工的项目建成投产")
    one.choose(late["id"])
    one.press(*"]" * 8)
    spans = next(m for m in kept.record["milestones"] if m["id"] == late["id"])["spans"]
    assert len(spans) == 2 and spans[1][0] == kept.span("业岗位")[0], "the end went over the join"

    one.mark(*kept.span("老街坊面馆"))
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

    two = person(browser, served, "乙")
    for each in (one, two):
        each.choose("d03")
        each.page.evaluate("for (let n = 0; n < 99; n++) clearInterval(n)")  # neither looks for news
    two.press("x")
    one.page.keyboard.press("a")
    one.page.wait_for_selector("dialog .clashes")
    told = one.page.locator("dialog").inner_text()
    assert "乙" in told and kept.get()["facts"]["d03"]["state"] == "rejected"
    one.page.click("dialog .main")

    one.press("d", "g")
    assert (served.folder / "gold" / "page" / "gold.json").exists()
    assert one.foreign + one.errors + two.foreign + two.errors == [], "an error, or a request to another machine"
