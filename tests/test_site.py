"""The documentation as a site: it builds without a warning, links lead somewhere, nothing is loaded from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from lxml import html

ROOT = Path(__file__).parents[1]
OUTSIDE = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "corpus/README.md")
# what a browser fetches by itself
LOADED = (
    "//script/@src | //img/@src | //link[not(@rel='canonical')]/@href | //iframe/@src | //source/@src | //video/@src"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("material", reason="mkdocs-material is not installed: pip install 'parkfacts[docs]'")
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(out)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return out


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@cache
def tree(page: Path) -> html.HtmlElement:
    return html.fromstring(page.read_bytes())


def target(page: Path, link: str) -> tuple[Path, str]:
    path, anchor = urldefrag(link)
    return (page.parent / unquote(path)).resolve() if path else page, unquote(anchor)


def test_every_link_leads_somewhere(site: Path) -> None:
    dead = []
    for page in pages(site):
        if page.name == "404.html":  # its links are those of a site at the root of its host
            continue
        for link in tree(page).xpath("//a/@href | //img/@src"):
            if re.match(r"[a-z]+:", link):
                continue
            file, anchor = target(page, link)
            file = file / "index.html" if file.is_dir() else file
            if not file.is_file() or (
                anchor and file.suffix == ".html" and not tree(file).xpath("//*[@id=$a]", a=anchor)
            ):
                dead.append(f"{page.relative_to(site)}: {link}")
    assert dead == []


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    loaded = {link for page in pages(site) for link in tree(page).xpath(LOADED)}
    sheets = {link for file in site.rglob("*.css") for link in re.findall(r"url\(([^)]+)\)", file.read_text("utf-8"))}
    assert [link for link in loaded | sheets if re.match(r"[\"']?(?:https?:)?//", link)] == []


def test_it_can_be_searched_from_a_folder_in_both_languages(site: Path, browser: Any) -> None:
    page, told = browser.new_page(), []
    page.on("request", lambda request: told.append(request.url))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto((site / "index.html").as_uri())
    page.click("input.md-search__input")
    page.locator(".md-search-result__meta", has_text="Type to start").wait_for(timeout=120_000)
    for word, found in (("accept", "review.html"), ("校对", "zh/index.html")):
        page.fill("input.md-search__input", word)
        page.keyboard.press("Shift")
        page.locator(f".md-search-result__link[href*='{found}']").first.wait_for(state="attached", timeout=120_000)
    assert [one for one in told if not one.startswith("file:")] == []
    page.close()


def test_every_picture_is_told_in_words(site: Path) -> None:
    assert [
        page.name for page in pages(site) for image in tree(page).xpath("//article//img") if not image.get("alt")
    ] == []


def test_every_page_is_in_the_navigation(site: Path) -> None:
    start = site / "index.html"
    linked = {target(start, link)[0] for link in tree(start).xpath("//nav[contains(@class, 'md-nav')]//a/@href")}
    assert [page for page in pages(site) if page.resolve() not in linked and page.name != "404.html"] == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_links_of_the_repository_lead_somewhere(name: str) -> None:
    page = ROOT / name
    for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text("utf-8")):
        file, anchor = target(page, link)
        assert file.exists(), link
        if anchor:
            headings = re.findall(r"(?m)^#+ (.*)$", file.read_text("utf-8"))
            assert anchor in {re.sub(r"[^\w\- ]", "", one).strip().lower().replace(" ", "-") for one in headings}, link


def test_pages_named_in_a_message_are_there() -> None:
    """What the help, errors, comments and the README call docs/NAME.md is a page."""
    told = [path for folder in ("pipeline", "benchmarks") for path in (ROOT / folder).rglob("*.py")]
    texts = [path.read_text("utf-8") for path in (*told, ROOT / "README.md", ROOT / "CHANGELOG.md")]
    named = {page for text in texts for page in re.findall(r"docs/[\w/.-]+\.md", text)}
    assert sorted(page for page in named if not (ROOT / page).exists()) == []
