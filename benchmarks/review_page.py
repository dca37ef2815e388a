"""How long the review page takes to open a large document and to act on a key, in a real browser.

    .venv/bin/python benchmarks/review_page.py

A document of 200,000 characters with 2,000 facts (the corpus, repeated) is opened and accepted key by key; printed are
the milliseconds until the page has drawn it, and from a key to the next frame that shows what it did.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from playwright.sync_api import sync_playwright  # noqa: E402

from parkfacts.facts import SCHEMA_VERSION  # noqa: E402
from review_server import CORPUS, ReviewServer, of_corpus  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
KINDS = ("dates", "amounts", "companies", "organizations", "projects", "milestones")
OPEN = """async () => {
  const { openDocument } = await import('/page/acts.js');
  const { store } = await import('/page/store.js');
  const { id } = store.documents.find((one) => one.name.startsWith('large'));
  const start = performance.now();
  await openDocument(id);
  await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
  return [performance.now() - start, store.doc.offsets.length, store.doc.items.length];
}"""
KEY = """(key) => new Promise((shown) => {
  const start = performance.now();
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  requestAnimationFrame(() => setTimeout(() => shown(performance.now() - start)));
})"""


def large(folder: Path, chars: int, facts: int) -> Path:
    """A record of the corpus's reports one after another, with the facts of as many of them as make so many facts."""
    reports = [(json.loads((at / "report.json").read_text("utf-8")), (at / "report.txt").read_text("utf-8"))
               for at in sorted(CORPUS.iterdir())]  # fmt: skip
    every = max(1, round(chars / sum(len(text) for _, text in reports) * sum(map(_count, reports)) / facts))
    text, n = "", 0
    made: dict[str, Any] = {kind: [] for kind in KINDS}
    blocks: list[dict[str, Any]] = []
    while len(text) < chars:
        record, held = reports[n % len(reports)]
        part = _moved({kind: record[kind] for kind in KINDS}, len(text), f"r{n}")
        for kind in KINDS if n % every == 0 else ():
            made[kind] += part[kind]
        blocks += [_block(block, len(text), f"r{n}") for block in record["layout"]["blocks"]]
        text, n = f"{text}{held}\n\n", n + 1
    layout = {"blocks": blocks, "joins": [], "suggested": [], "open": [], "reading_order": None}
    source = {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "chars": len(text),
        "encoding": "utf-8",
        "format": "txt",
    }
    head = {"title": None, "authors": [], "park": None, "reference_date": None, "publication_hints": []}
    whole = {"schema_version": SCHEMA_VERSION, "source": source, "document": head, "layout": layout, **made,
             "findings": [], "unclaimed": [], "warnings": []}  # fmt: skip
    (folder / "large.json").write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    (folder / "large.txt").write_text(text, "utf-8")
    return folder


def _count(report: tuple[dict[str, Any], str]) -> int:
    return sum(len(report[0][kind]) for kind in KINDS)


def _block(block: dict[str, Any], base: int, mark: str) -> dict[str, Any]:
    moved = {"id": f"{mark}{block['id']}", "start": block["start"] + base, "end": block["end"] + base}
    return {**block, **moved, "status": "kept", "duplicate_of": None, "continues": None}


def _moved(part: Any, base: int, mark: str) -> Any:
    """Facts further on in the text, with ids of their own wherever they are named."""
    ids = {fact["id"] for facts in part.values() for fact in facts}

    def move(value: Any, name: str = "") -> Any:
        if name in ("spans", "also"):
            return [[start + base, end + base] for start, end in value] if name == "spans" else []
        if isinstance(value, dict):
            return {key: move(one, key) for key, one in value.items()}
        if isinstance(value, list):
            return [move(one) for one in value]
        return f"{value[0]}{mark}{value[1:]}" if isinstance(value, str) and value in ids else value

    return move(part)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chars", type=int, default=200_000)
    parser.add_argument("--facts", type=int, default=2_000)
    parser.add_argument("--keys", type=int, default=40)
    told = parser.parse_args()
    folder = large(of_corpus(Path(tempfile.mkdtemp()), "yunxi-chronicle"), told.chars, told.facts)
    server = ReviewServer(folder)
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(server.address)
        page.wait_for_selector(".fact")
        opened, chars, facts = page.evaluate(OPEN)
        page.wait_for_timeout(1500)
        keys = []
        for n in range(told.keys):
            keys.append(page.evaluate(KEY, "a" if n % 2 else "j"))
            page.wait_for_timeout(250)
        browser.close()
    server.close()
    slow = statistics.quantiles(keys, n=20)[-1]
    print(
        f"{chars:,} characters, {facts:,} facts: open {opened:.0f} ms; "
        f"a key {statistics.median(keys):.0f} ms, p95 {slow:.0f} ms"
    )


if __name__ == "__main__":
    main()
