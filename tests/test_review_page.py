"""The review page in a real browser: read, decide, correct, and nothing from elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chromium import Reviewer
from parkfacts import facts
from parkfacts.link.findings import finding
from parkfacts.rules import engine
from review_server import ReviewServer, of_corpus, of_text

PAGE = Path(facts.__file__).parent / "review" / "page"
NEWSPAPER = "lanting-newspaper-page"
MODELS = {
    "dates": facts.Date, "amounts": facts.Amount, "companies": facts.Company, "organizations": facts.Organization,
    "projects": facts.Project, "milestones": facts.Milestone,
}  # fmt: skip


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    opened: list[Reviewer] = []

    def start(text: str | None = None, **context: Any) -> Reviewer:
        folder = of_corpus(tmp_path, NEWSPAPER, "wenquan-wrapped-plan") if text is None else of_text(tmp_path, text)
        opened.append(Reviewer(browser, ReviewServer(folder), **context))
        return opened[-1]

    yield start
    for reviewer in opened:
        reviewer.page.context.close()
        reviewer.server.close()
        assert reviewer.foreign == [], "the page asked for something that is not on this machine"
        assert reviewer.errors == []


# ---- reading ----------------------------------------------------------------------------------------------------


def test_every_fact_is_coloured_where_it_stands(open_page: Any) -> None:
    reviewer = open_page()
    seen = reviewer.page.evaluate(
        """() => Object.fromEntries([...CSS.highlights].map(([name, ranges]) => [name, [...ranges].map((range) =>
             range.startContainer.data.slice(range.startOffset, range.endOffset)).sort()]))"""
    )
    record, text = reviewer.server.record, reviewer.server.wire["text"]
    for kind in ("dates", "amounts"):
        pieces = [text[a:b] for fact in record[kind] for a, b in fact["spans"]]
        assert seen[kind] == sorted(pieces), kind
    mentions = [m for fact in record["organizations"] for m in fact["mentions"]]
    assert seen["organizations"] == sorted(text[a:b] for m in mentions for a, b in m["spans"])
    assert reviewer.page.locator("pf-source .block > *").count() == 0, "no element is put into the text"


def test_the_text_is_shown_whole_in_both_orders(open_page: Any) -> None:
    reviewer = open_page()
    blocks = reviewer.server.record["layout"]["blocks"]

    def shown() -> list[str]:
        return [
            re.sub("^block-", "", one)
            for one in reviewer.page.eval_on_selector_all(".block", "all => all.map(one => one.id)")
        ]

    order = reviewer.server.record["layout"]["reading_order"]
    assert [id for id in shown() if id in set(order)] == order
    reviewer.page.click("#order")
    assert shown() == [block["id"] for block in blocks]
    copies = reviewer.page.locator(".para.duplicate .link")
    assert copies.count() == sum(block["status"] == "duplicate" for block in blocks)
    assert reviewer.page.locator(".seam.joined").count() == len(reviewer.server.record["layout"]["joins"])


def test_a_click_in_the_text_chooses_its_fact_and_the_list_its_text(open_page: Any) -> None:
    reviewer = open_page()
    at = reviewer.page.evaluate(
        """async () => { const { store } = await import('/page/store.js');
             const range = [...CSS.highlights.get('dates')][0]; const live = new Range();
             live.setStart(range.startContainer, range.startOffset); live.setEnd(range.endContainer, range.endOffset);
             const box = live.getClientRects()[0]; store.select(null); return [box.left + 5, box.top + 6]; }"""
    )
    reviewer.page.mouse.click(*at)
    chosen = reviewer.page.locator('.fact[aria-selected="true"]')
    assert chosen.count() == 1 and "dates" in str(chosen.get_attribute("class"))
    reviewer.choose("m09")  # its sentence is broken by a column: both pieces are one
    active = reviewer.page.evaluate(
        "() => [...CSS.highlights.get('active')].map((r) => r.startContainer.data.slice(r.startOffset, r.endOffset))"
    )
    assert "".join(active) == reviewer.server.fact("m09")["description"]
    assert reviewer.page.locator(".milestone.chosen").count() == 1


def test_without_the_highlight_api_rectangles_take_its_place(open_page: Any) -> None:
    reviewer = open_page()
    reviewer.open("?highlights=rects")
    reviewer.page.wait_for_selector(".rect.dates")
    reviewer.choose("d01")
    reviewer.page.wait_for_selector(".rect.active")
    box, text = reviewer.page.evaluate(
        """() => { const box = document.querySelector('.rect.active').getBoundingClientRect();
             const at = document.caretPositionFromPoint(box.left + 10, box.top + 8);
             return [box.width, at.offsetNode.data.slice(at.offset - 1, at.offset + 3)]; }"""
    )
    assert box > 20 and reviewer.server.fact("d01")["text"].startswith(text)


# ---- acts -------------------------------------------------------------------------------------------------------


def test_one_key_accepts_saves_and_goes_on_and_a_reload_keeps_it(open_page: Any) -> None:
    reviewer = open_page()
    first = [fact["id"] for fact in sorted(_open(reviewer), key=_place)][:3]
    reviewer.press("a", "a", "x")
    assert [reviewer.server.states.get(id) for id in first] == ["accepted", "accepted", "rejected"]
    reviewer.open()
    assert reviewer.page.locator(".fact .mark.accepted").count() >= 2
    assert reviewer.page.locator(f"#fact-{first[2]}").count() == 0


def _open(reviewer: Reviewer) -> list[dict[str, Any]]:
    return [fact for kind in MODELS for fact in reviewer.server.record[kind]]


def _place(fact: dict[str, Any]) -> tuple[int, str]:
    return (fact["spans"] if "spans" in fact else fact["mentions"][0]["spans"])[0][0], fact["id"]


def test_undo_and_redo_go_all_the_way(open_page: Any) -> None:
    reviewer = open_page()
    reviewer.press("a", "x", "a")
    decided = [id for id, state in reviewer.server.states.items() if state != "open"]
    reviewer.press("u", "Control+z", "u")
    assert len(decided) == 3 and all(reviewer.server.states.get(id) == "open" for id in decided)
    reviewer.press("Shift+U", "Control+y", "Shift+U")
    assert sum(reviewer.server.states.get(id) != "open" for id in decided) == 3
    assert reviewer.page.locator("#redo").is_disabled()


def test_a_field_is_checked_while_it_is_typed_and_saved_by_enter(open_page: Any) -> None:
    reviewer = open_page()
    reviewer.choose("a02")
    reviewer.page.keyboard.press("e")
    reviewer.page.fill("#field-value", "十二")
    reviewer.page.locator("#field-value-error", has_text="不是数字").wait_for()
    reviewer.page.keyboard.press("Enter")
    reviewer.settle()
    assert reviewer.server.fact("a02")["value"] == "12.6", "what is wrong is not saved"
    reviewer.page.fill("#field-value", "12.8")
    reviewer.page.keyboard.press("Enter")
    reviewer.until(lambda: reviewer.server.fact("a02")["value"] == "12.8")
    assert reviewer.server.states.get("a02") == "edited"


def test_a_milestone_gets_another_date(open_page: Any) -> None:
    reviewer = open_page()
    reviewer.choose("m01")
    reviewer.page.focus("#field-date")
    reviewer.page.select_option("#field-date", "d01")
    reviewer.page.click(".save .main")
    reviewer.until(lambda: reviewer.server.fact("m01")["date"] == "d01")


def test_a_document_among_many_is_found_by_its_words(browser: Any, tmp_path: Path) -> None:
    for n in range(14):
        of_text(tmp_path, f"2023年6月，第{n}家企业落户园区。\n", f"day-{n:02}")
    server = ReviewServer(tmp_path)
    at = Reviewer(browser, server)
    try:
        assert at.page.locator(".document").count() == 14
        at.page.fill("pf-documents input", "DAY-1")
        assert at.page.locator(".document").evaluate_all("all => all.map((one) => one.title)") == [
            "day-10", "day-11", "day-12", "day-13",
        ]  # fmt: skip
        at.page.locator(".document").nth(2).click()
        at.page.wait_for_selector(".document[aria-current][title=day-12]")
        assert at.page.input_value("pf-documents input") == "DAY-1"
    finally:
        at.page.context.close()
        server.close()


def test_a_text_of_very_many_copies_is_shown(open_page: Any) -> None:
    """More ranges than a call takes arguments; what a page is told of an error is its last word."""
    at = open_page("2023年6月，园区新引进企业12家。\n")
    spans = [[0, 1]] * 200_000
    at.page.evaluate(
        "async (spans) => { const { painter } = await import('/page/highlights.js');"
        " const node = document.querySelector('.block').firstChild;"
        " const range = ([startOffset, endOffset]) =>"
        " new StaticRange({startContainer: node, startOffset, endContainer: node, endOffset});"
        " const ranges = spans.map(range);"
        " painter(document.querySelector('.sheet')).paint('copies', ranges); }",
        spans,
    )
    assert at.page.evaluate("CSS.highlights.get('copies').size") == 200_000


def test_what_the_run_remarked_is_told_above_the_text(open_page: Any) -> None:
    """A finding about no fact, in the language of the reader; the record has it in English."""
    at = open_page("园区二期工程施工期为2021年5月至2020年3月。\n")
    assert [one["kind"] for one in at.server.record["findings"]] == ["end before start"]
    at.page.get_by_role("button", name="⚑ 抽取时有 1 条提示").click()
    assert at.page.inner_text(".menu") == "止早于起：2021年5月至2020年3月"


DATED = "2023年3月18日，晟拓精工股份有限公司投资3.8亿元的岚渡智能装备项目签约落户。2023年6月12日，天气晴好。\n"


def test_a_project_gets_the_date_of_what_happened(open_page: Any) -> None:
    """Another date, one more, and one less."""
    at = open_page(DATED)
    project = at.server.record["projects"][0]
    assert set(project["dates"]) == {"signing"}
    at.choose(project["id"])
    field = at.page.locator(".field[data-field=dates]")
    field.get_by_label("添加…").select_option("groundbreaking")
    pick = field.get_by_label("开工", exact=True)
    pick.focus()
    day = next(date["id"] for date in at.server.record["dates"] if date["edtf"] == "2023-06-12")
    pick.select_option(day)
    at.page.locator(".save .main").click()
    at.until(lambda: at.server.fact(project["id"])["dates"] == {**project["dates"], "groundbreaking": day})
    field.get_by_label("去掉 签约").click()
    at.page.locator(".save .main").click()
    at.until(lambda: at.server.fact(project["id"])["dates"] == {"groundbreaking": day})


def test_an_edge_moves_by_a_character_and_across_a_join(open_page: Any) -> None:
    reviewer = open_page()
    reviewer.choose("d01")
    (start, end), = reviewer.server.fact("d01")["spans"]  # fmt: skip
    reviewer.press("]", "]", "[", "{", "}")
    assert reviewer.server.fact("d01")["spans"] == [[start, end + 1]]
    reviewer.choose("o02")  # 上海证|券交易所: the exchange's name stands on both sides of a join
    spans = reviewer.server.fact("o02")["mentions"][0]["spans"]
    for _ in range(5):
        reviewer.press("[")
    assert reviewer.server.fact("o02")["mentions"][0]["spans"] == [[spans[0][0], spans[0][1] - 1]]
    reviewer.press("]", "]")
    assert reviewer.server.fact("o02")["mentions"][0]["spans"] == [spans[0], [spans[1][0], spans[1][0] + 1]]


def test_a_handle_is_dragged_by_the_mouse(open_page: Any) -> None:
    reviewer = open_page()
    reviewer.choose("d01")
    (start, end), = reviewer.server.fact("d01")["spans"]  # fmt: skip
    box = reviewer.page.locator(".handle.end").bounding_box()
    x, y = box["x"] + 5, box["y"] + box["height"] / 2
    reviewer.page.mouse.move(x, y)
    reviewer.page.mouse.down()
    reviewer.page.mouse.move(x + 33, y, steps=4)
    reviewer.page.mouse.up()
    reviewer.settle()
    assert reviewer.server.fact("d01")["spans"] == [[start, end + 2]]


def test_a_missed_company_is_added_by_its_characters(open_page: Any) -> None:
    text = "园区概况\n\n2024年3月，🏭𠮷街坊面馆到访园区，投资3亿元。😀2024年5月投产。"
    reviewer = open_page(text)
    start = text.index("𠮷街坊面馆")
    reviewer.mark(start, start + 5)
    assert reviewer.page.locator("#offer .quote").inner_text() == "𠮷街坊面馆"
    reviewer.press("1")
    added = [fact for fact in reviewer.server.record["companies"] if fact["rule"] == "review"]
    assert [(fact["name"], fact["mentions"][0]["spans"]) for fact in added] == [("𠮷街坊面馆", [[start, start + 5]])]
    assert reviewer.page.locator(f'#fact-{added[0]["id"]}[aria-selected="true"]').count() == 1


def test_text_is_selected_by_keys_alone(open_page: Any) -> None:
    reviewer = open_page()
    reviewer.choose("d01")
    reviewer.page.keyboard.press("v")
    for _ in range(3):
        reviewer.page.keyboard.press("Shift+ArrowRight")
    start = reviewer.server.fact("d01")["spans"][0][0]
    assert reviewer.page.locator("#offer .quote").inner_text() == reviewer.server.wire["text"][start : start + 4]
    reviewer.press("1")
    added = [id for id, state in reviewer.server.states.items() if state == "added"]
    assert [reviewer.server.fact(id)["mentions"][0]["spans"] for id in added] == [[[start, start + 4]]]


def test_what_the_filters_list_is_accepted_at_once_after_its_number_was_told(open_page: Any) -> None:
    reviewer = open_page()
    reviewer.page.click(".kinds .chip.companies")
    reviewer.page.click("#accept-all")
    number = len(reviewer.server.record["companies"])
    assert str(number) in reviewer.page.locator("dialog h2").inner_text()
    reviewer.page.click("dialog .main")
    companies = {fact["id"] for fact in reviewer.server.record["companies"]}
    reviewer.until(lambda: {id for id, state in reviewer.server.states.items() if state == "accepted"} == companies)
    reviewer.settle()
    reviewer.press("u")
    assert set(reviewer.server.states.values()) == {"open"}


def test_companies_are_merged_and_a_join_is_taken_back(open_page: Any) -> None:
    reviewer = open_page()
    reviewer.choose("c02")
    reviewer.page.select_option("pf-editor [aria-label='合并到…']", "c01")
    reviewer.page.click("pf-editor .grouping button")
    reviewer.settle()
    assert reviewer.server.states.get("c02") == "merged" and len(reviewer.server.fact("c01")["mentions"]) > 1
    seam = reviewer.page.locator(".seam.joined[aria-label^='b10 与 b17 相接']")
    seam.click()
    reviewer.page.click(".menu button")
    reviewer.settle()
    pairs = [(join["from"], join["to"]) for join in reviewer.server.record["layout"]["joins"]]
    assert ("b10", "b17") not in pairs and seam.count() == 0
    assert reviewer.page.locator(".seam.joined").count() == len(pairs)


def test_a_layout_is_decided_by_hand_where_nothing_was_suggested(open_page: Any) -> None:
    reviewer = open_page()
    layout = reviewer.server.record["layout"]
    joined = {end for join in layout["joins"] for end in (join["from"], join["to"])}
    left, right, copy = [
        block["id"] for block in layout["blocks"]
        if block["status"] == "kept" and block["kind"] == "body" and block["id"] not in joined
    ][:3]  # fmt: skip

    def menu(block: str, words: str) -> None:
        reviewer.page.click(f".label[aria-label^='{block} ']")
        reviewer.page.click(f".menu button:text('{words}')")

    menu(left, "接到另一段")
    reviewer.page.fill("dialog input", right)
    reviewer.page.keyboard.press("Enter")
    reviewer.settle()
    assert (left, right) in [(join["from"], join["to"]) for join in reviewer.server.record["layout"]["joins"]]
    menu(copy, "与另一段重复")
    reviewer.page.select_option("dialog select", left)
    reviewer.page.click("dialog .main")
    reviewer.settle()
    assert {b["id"]: b["duplicate_of"] for b in reviewer.server.record["layout"]["blocks"]}[copy] == left
    reviewer.page.click(f".seam.joined[aria-label^='{left} 与 {right} 相接']")
    reviewer.page.click(".menu button:text('后面不接别的段落')")
    reviewer.settle()
    layout = reviewer.server.record["layout"]
    assert left not in [join["from"] for join in layout["joins"]] and left in [one["id"] for one in layout["open"]]


def test_the_key_of_the_layout_opens_the_menu_of_the_block_in_hand(open_page: Any) -> None:
    reviewer = open_page()
    reviewer.page.keyboard.press("b")
    assert reviewer.page.locator(".menu button").all_inner_texts()[:2] == ["接到另一段…", "后面不接别的段落"]
    reviewer.page.keyboard.press("Escape")
    reviewer.page.wait_for_selector(".menu", state="detached")


def test_two_pages_that_decide_about_one_fact_are_shown_both_values(open_page: Any, browser: Any) -> None:
    reviewer = open_page()
    other = Reviewer(browser, reviewer.server)
    for one in (reviewer, other):
        one.page.route("**/changes?*", lambda route: route.abort())  # neither hears of the other in time
        one.choose("d03")
    other.press("x")
    reviewer.page.keyboard.press("a")
    reviewer.page.wait_for_selector("dialog .clashes")
    assert "rejected" in reviewer.page.locator("dialog").inner_text()
    reviewer.page.click("dialog .main")
    reviewer.settle()
    assert reviewer.server.states.get("d03") == "rejected"
    other.page.context.close()


def test_a_document_is_done_and_becomes_gold(open_page: Any) -> None:
    reviewer = open_page()
    reviewer.press("g")
    assert "尚未完成" in reviewer.page.locator("#notices").inner_text()
    reviewer.press("d", "g")
    assert "gold.json" in reviewer.page.locator("#notices").inner_text()


def test_keys_are_listed_and_can_be_changed(open_page: Any) -> None:
    reviewer = open_page()
    reviewer.page.keyboard.press("?")
    reviewer.page.locator("dialog.keys tr", has_text="接受并到下一条").locator("button").click()
    reviewer.page.keyboard.press("y")
    reviewer.page.keyboard.press("Escape")
    reviewer.open()
    reviewer.press("a")
    assert set(reviewer.server.states.values()) == {"open"}
    reviewer.press("y")
    assert list(reviewer.server.states.values()).count("accepted") == 1


# ---- safety, access ---------------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>园区\n\n"
    '2022年3月，"><img src=x onerror=alert(2)>云澜精密机械有限公司投资3亿元，开工建设。\n'
)


def test_hostile_source_text_stays_text(open_page: Any) -> None:
    reviewer = open_page(HOSTILE)
    reviewer.press("a", "a")
    assert "<img src=x onerror=alert(2)>" in reviewer.page.locator("pf-source").inner_text()
    assert reviewer.page.locator("img, pf-source script, iframe").count() == 0


def test_no_module_parses_html_or_names_another_machine() -> None:
    for module in PAGE.iterdir():
        source = module.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source), (
            module
        )
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", source), module


def test_an_error_of_the_server_is_told_in_words(open_page: Any) -> None:
    reviewer = open_page()
    reviewer.page.route("**/acts", lambda route: route.abort())
    reviewer.page.keyboard.press("a")
    reviewer.page.wait_for_selector(".notice.error")
    assert "parkfacts review" in reviewer.page.locator("#notices").inner_text()
    assert set(reviewer.server.states.values()) == {"open"}
    assert reviewer.page.locator(".fact .mark.accepted").count() == 0, "the page shows what is saved"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_serious(open_page: Any, scheme: str, language: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed: pip install 'parkfacts[dev]'"
    )
    reviewer = open_page(color_scheme=scheme, bypass_csp=True)
    reviewer.page.evaluate("(language) => localStorage.setItem('parkfacts.language', language)", language)
    reviewer.open()
    reviewer.choose("c02")
    reviewer.mark(100, 108)
    violations = axe.Axe().run(reviewer.page).response["violations"]
    reviewer.page.evaluate("getSelection().removeAllRanges()")
    reviewer.page.keyboard.press("?")
    violations += axe.Axe().run(reviewer.page).response["violations"]
    grave = [
        (one["id"], one["nodes"][0]["html"][:160]) for one in violations if one["impact"] in ("serious", "critical")
    ]
    assert grave == []


# ---- offsets, fields, types -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def modules(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A page that runs nothing of its own, to try single modules in."""
    server = ReviewServer(of_corpus(tmp_path_factory.mktemp("records"), NEWSPAPER))
    page = browser.new_page()
    page.goto(server.address)
    page.goto(f"{server.origin}/page/icon.svg")
    yield page
    page.close()
    server.close()


OFFSETS = """async ([text, spans]) => {
  const { Offsets } = await import('/page/offsets.js');
  const offsets = new Offsets(text);
  return [offsets.length, spans.map(([a, b]) => offsets.slice(a, b)),
          spans.map(([a, b]) => [offsets.point(offsets.unit(a)), offsets.point(offsets.unit(b))])]; }"""


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_code_points_and_units_of_the_browser_are_one_to_one(modules: Any, data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("园区a1。😀𠮷🏭👨‍👩‍👧é\n"), max_size=30))
    edge = st.integers(0, len(text))
    spans = [sorted(pair) for pair in data.draw(st.lists(st.tuples(edge, edge), max_size=5))]
    length, held, back = modules.evaluate(OFFSETS, [text, spans])
    assert length == len(text)
    assert held == [text[a:b] for a, b in spans]
    assert back == spans


def test_a_form_has_the_fields_of_its_model_with_all_their_values(modules: Any) -> None:
    fields, elsewhere = modules.evaluate(
        "async () => { const page = await import('/page/fields.js'); return [page.FIELDS, [...page.ELSEWHERE]]; }"
    )
    for kind, model in MODELS.items():
        told = {field["name"]: field for field in fields[kind]}
        held = set(model.model_fields) - set(elsewhere) - ({"roles"} if kind != "companies" else set())
        assert set(told) <= held, kind
        for name in held - set(told):  # shown as words
            assert set(get_args(model.model_fields[name].annotation)) <= {str, type(None)}, (kind, name)
        for name, field in told.items():
            annotation = model.model_fields[name].annotation
            allowed = [one for arg in get_args(annotation) for one in (get_args(arg) or [arg]) if isinstance(one, str)]
            assert field.get("values", allowed) == allowed, (kind, name)


def test_what_the_audit_and_the_checks_tell_has_words_in_both_languages(modules: Any) -> None:
    told = {f"why.{row['why']}" for row in engine.data("audit")["reason"]} | {"why.idiom"}
    told |= {f"finding.{kind}" for kind in get_args(finding.Kind)}
    for language in ("zh", "en"):
        words = modules.evaluate(f"async () => (await import('/page/messages.{language}.js')).{language}")
        assert not told - set(words), language


def test_the_types_of_the_page_hold() -> None:
    tsc = shutil.which("tsc")
    if tsc is None:
        pytest.skip("no tsc here: make page-types fetches it and checks")
    checked = subprocess.run(
        [tsc, "-p", str(Path(__file__).parent / "page.tsconfig.json")], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
