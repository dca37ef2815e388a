"""The page: all of the source once, every fact linked with its evidence, nothing hostile alive, nothing loaded."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parkfacts import extract, review
from parkfacts.facts import Join
from parkfacts.link.findings import finding
from parkfacts.write.forms import Style, export
from parkfacts.write.html.passages import passages, places
from parkfacts.write.html.words import Words
from parkfacts.write.tables import Told

PAGE = """岚渡高新区：从一片滩涂到产业新城

2019年3月，岚渡高新技术产业园区开工建设，规划面积12.6平方公里，目前已有企业320余家。去年，全区实现工业总产值86.5亿元，同比增长11.2%。

2021年9月，由晟拓精工股份有限公司投资3.8亿元的智能装备项目签约落户。今年4月，项目建成投产，可新增就

【图为园区一角】

2019年3月，岚渡高新技术产业园区开工建设，规划面积12.6平方公里，目前已有企业320余家。去年，全区实现工业总产值86.5亿元，同比增长11.2%。

业岗位400个，年产值超过6亿元。2020年全区工业总产值61亿元。到2025年，全区工业总产值力争达到120亿元。
"""
HOSTILE = (
    "<script>alert(1)</script>园区\n\n"
    '2022年3月，"><img src=x onerror=alert(2)>云澜精密机械有限公司</title></style>投资3亿元。\n\n'
    "javascript:alert(3) 😀2021年，园区产值5亿元 {{ 7*7 }} <!-- &lt;b&gt; ${alert(4)} ' onclick=alert(5)\n"
)


def _told(text: str, name: str = "页") -> Told:
    return Told(name, extract(text, reference_date="2023-10-08"), text)


def _page(folder: Path, *told: Told, language: str = "zh") -> str:
    export(told, "html", folder / "page.html", Style(language))
    return (folder / "page.html").read_text("utf-8")


class Elements(HTMLParser):
    """Every element with its attributes; text and pieces of facts of the source."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: list[tuple[list[str], str]] = []
        self._piece: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        facts = dict(attrs).get("data-f")
        if facts is not None:
            self.pieces.append((facts.split(" "), ""))
            self._piece = facts.split(" ")

    def handle_endtag(self, tag: str) -> None:
        self._piece = None if tag == "a" else self._piece

    def handle_data(self, data: str) -> None:
        if self._piece is not None:
            facts, text = self.pieces.pop()
            self.pieces.append((facts, text + data))


def test_the_source_is_there_once_in_reading_order() -> None:
    told = _told(PAGE)
    found = passages(told.report, PAGE, places(told.report))
    runs = ["".join(part.text for part in one.parts if not isinstance(part, Join)) for one in found]
    blocks = {block.id: PAGE[block.start : block.end] for block in told.report.layout.blocks}
    assert sorted("".join(runs)) == sorted("".join(blocks.values()))
    severed = next(run for run in runs if "可新增就业岗位400个" in run)
    copy = next(one for one in found if one.block.duplicate_of)
    assert runs.index(severed) < found.index(copy)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PAGE.split("\n\n")), min_size=1, max_size=6))
def test_runs_tile_their_blocks_and_hold_their_facts(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    report = extract(text, reference_date="2023-10-08")
    where = places(report)
    under: dict[tuple[str, int], str] = {}
    for passage in passages(report, text, where):
        for part in passage.parts:
            for place in () if isinstance(part, Join) else part.under:
                key = place.fact, place.number
                under[key] = under.get(key, "") + (part.text if not isinstance(part, Join) else "")
    wanted = {(p.fact, p.number): text[p.start : p.end] for some in where.values() for p in some}
    assert under == wanted


def test_every_fact_and_every_piece_of_it_are_linked(tmp_path: Path) -> None:
    told = _told(PAGE)
    found = Elements(_page(tmp_path, told))
    ids = {attributes["id"] for _, attributes in found.elements if "id" in attributes}
    links = [attributes["href"] for tag, attributes in found.elements if tag == "a"]
    assert len(ids) == len([a for _, a in found.elements if "id" in a])
    assert all(link and link.startswith("#") and link[1:] in ids for link in links)
    assert {f"r1-{fact.id}" for fact in told.report.facts()} <= ids
    amount = next(a for a in told.report.amounts if a.text == "3.8亿元")
    assert [text for facts, text in found.pieces if amount.id in facts] == ["3.8亿元"]


def test_nothing_hostile_becomes_an_element(tmp_path: Path) -> None:
    told = _told(HOSTILE, '"><script>alert(6)</script>')
    page = _page(tmp_path, told, told._replace(name="<img src=x onerror=alert(7)>"))
    found = Elements(page)
    tags = [tag for tag, _ in found.elements]
    assert tags.count("script") == tags.count("style") == 1 and "img" not in tags
    assert not [name for _, attributes in found.elements for name in attributes if name.startswith("on")]
    assert {a["href"][:1] for tag, a in found.elements if tag == "a" and a["href"]} == {"#"}
    assert "{{ 7*7 }}" in page and "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_policy_allows_the_pages_own_style_and_script_alone(tmp_path: Path) -> None:
    page = _page(tmp_path, _told(PAGE))
    policy = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)[0].replace("&#39;", "'")
    for tag, name in (("style", "style-src"), ("script", "script-src")):
        (body,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode("utf-8")).digest()).decode("ascii")
        assert f"{name} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy
    outside = page.replace("http-equiv", "")
    assert "http:" not in outside and "https:" not in outside and "url(" not in outside and "@import" not in outside


def test_years_and_aims_are_drawn(tmp_path: Path) -> None:
    page = _page(tmp_path, _told(PAGE))
    (chart,) = re.findall(r"<figcaption>工业总产值（元）</figcaption>(.*?)</figure>", page, re.DOTALL)
    assert re.findall(r'class="bar (\w+)"', chart) == ["planned", "achieved", "achieved"]
    assert re.findall(r'class="value"[^>]*>([^<]+)', chart) == ["120亿", "86.5亿", "61亿"]


def test_reports_about_one_park_are_drawn_together(tmp_path: Path) -> None:
    told = [
        _told(f"岚渡高新区年报\n\n{year}年，岚渡高新区实现工业总产值{value}亿元。\n", f"{year}")
        for year, value in ((2021, 7), (2022, 9))
    ]
    page = _page(tmp_path, *told)
    assert page.count("多篇合并") == 1 and page.index("7亿") < page.index('id="r1"')


def test_contradictions_are_told_in_the_readers_language(tmp_path: Path) -> None:
    told = _told("甲园年报\n\n二期项目2022年5月竣工投产。二期项目2023年3月开工建设。2022年9月至2021年3月征地。\n")
    assert told.report.findings
    kinds = {finding.kind for finding in told.report.findings}
    page = _page(tmp_path, told)
    assert "需要核对" in page and all(Words("zh").term(kind) in page and kind not in page for kind in kinds)


def test_every_kind_of_finding_has_a_word_and_the_review_page_says_the_same() -> None:
    page = (Path(review.__file__).parent / "page" / "messages.zh.js").read_text("utf-8")
    for kind in get_args(finding.Kind):
        assert Words("zh").term(kind) != kind
        assert f'"finding.{kind}": "{Words("zh").term(kind)}"' in page


def test_reports_with_one_title_are_told_apart_by_their_names(tmp_path: Path) -> None:
    told = [_told(f"岚渡高新区年报\n\n2021年，岚渡高新区实现工业总产值{n}亿元。\n", f"year-{n}") for n in (7, 9)]
    assert all(f"<small>year-{n}</small>" in _page(tmp_path, *told) for n in (7, 9))


def test_words_of_both_languages_are_the_same_in_number() -> None:
    zh, en = (Words(language)._table for language in ("zh", "en"))
    assert {k for k, v in zh.items() if isinstance(v, str)} == {k for k, v in en.items() if isinstance(v, str)}
    assert zh["kind"].keys() == en["kind"].keys() and zh["part"].keys() == en["part"].keys()


def test_english(tmp_path: Path) -> None:
    page = _page(tmp_path, _told(PAGE), language="en")
    assert '<html lang="en">' in page and "Timeline" in page and "8.65\u00a0bn CNY" in page and "出处" not in page


def _luminance(colour: str) -> float:
    full = "".join(c * 2 for c in colour) if len(colour) == 3 else colour
    parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1])
def test_text_has_the_contrast_of_wcag_aa(theme: int) -> None:
    import parkfacts.write.html as module

    css = (Path(str(module.__file__)).parent / "page.css").read_text("utf-8")
    colours = dict(re.findall(r"--([\w-]+): #([0-9a-f]{3,6})", css.split("prefers-color-scheme")[theme]))
    grounds = ["page", "card", "dates", "amounts", "companies", "projects", "organizations"]
    pairs = [("ink", one) for one in grounds]
    pairs += [("soft", "page"), ("soft", "card"), ("link", "page"), ("link", "card"), ("on-ink", "on")]
    for text, ground in pairs:
        light, dark = sorted((_luminance(colours[text]), _luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


@pytest.mark.parametrize("text", [PAGE, HOSTILE])
def test_a_browser_shows_it_and_a_click_goes_both_ways(text: str, tmp_path: Path, browser: Any) -> None:
    _page(tmp_path, _told(text))
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    page.goto((tmp_path / "page.html").as_uri())
    page.locator(".source a.f.amounts").first.click()
    chosen = page.locator("li.on")
    assert chosen.count() == 1 and chosen.is_visible()
    id = chosen.get_attribute("data-id")
    assert page.locator(".source a.on").first.get_attribute("data-f").split(" ")[0] == id
    page.locator("details ol li b.companies").first.click()
    assert page.locator(".source a.on").first.inner_text() in text
    page.close()
    assert said == [], json.dumps(said)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(theme: str, tmp_path: Path, browser: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    _page(tmp_path, _told(PAGE), _told(HOSTILE, "另一篇"))
    context = browser.new_context(color_scheme=theme, bypass_csp=True)  # axe itself is a script from elsewhere
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    found = axe.Axe().run(page)
    context.close()
    assert found.violations_count == 0, found.generate_report()
