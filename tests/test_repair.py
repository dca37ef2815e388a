"""Repair: its laws on any text, and what it does on small pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parkfacts.facts import Layout
from parkfacts.repair import Repaired, clutter, duplicates, repair
from parkfacts.repair.replay import replay
from parkfacts.segment import Segmenter
from parkfacts.text import Source
from prose import PARAGRAPHS

SEGMENTER = Segmenter()
SEED = Path(__file__).parents[2] / "shared" / "seed"
CLEAN = "\n\n".join(PARAGRAPHS)


def repaired(text: str) -> Repaired:
    return repair(Source.from_text(text), SEGMENTER)


def kinds(text: str) -> list[str]:
    return [b.kind for b in repaired(text).layout.blocks]


# ---- laws -------------------------------------------------------------------------------------------------------

LINES = [
    *PARAGRAPHS[:6], *(p[:31] for p in PARAGRAPHS[:6]), *(p[31:] for p in PARAGRAPHS[:6]),
    "园区北门", "一、起步", "责任编辑：林未", "相关阅读：", "指标\t产值\t增速", "甲区\t12\t3", "第 3 页",
    "2024年5月6日", "（下转第2版）", "“快就是好！”他说。", "", "  ", "　　缩进的一段话。",
]  # fmt: skip
PAGES = st.lists(st.sampled_from(LINES), max_size=24).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\n\n\n"]).map(lambda end: end.join(lines))
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(PAGES, st.text(max_size=80)))
@example("\n".join(PARAGRAPHS[:2] * 3))
@example("")
def test_every_character_is_kept_dropped_or_moved_and_none_is_changed(text: str) -> None:
    result = repaired(text)  # Text itself refuses what does not tile the source
    assert len(result.text.content) + sum(d.end - d.start for d in result.text.dropped) == len(text)


@settings(max_examples=150, deadline=None)
@given(st.one_of(PAGES, st.text(max_size=80)))
def test_the_layout_in_the_record_replays_to_the_same_text(text: str) -> None:
    result = repaired(text)
    told = Layout.model_validate_json(result.layout.model_dump_json())
    assert replay(result.text.source, told) == result.text


@settings(max_examples=150, deadline=None)
@given(st.one_of(PAGES, st.text(alphabet="的新区，。\n 12", max_size=80)))
def test_repairing_again_changes_nothing(text: str) -> None:
    once = repaired(text)
    twice = repaired(once.text.content)
    assert twice.text.content == once.text.content
    assert not twice.text.dropped


@settings(max_examples=150, deadline=None)
@given(PAGES)
def test_blocks_hold_every_character_that_is_no_blank(text: str) -> None:
    result = repaired(text)
    blocks = result.layout.blocks
    covered = "".join(text[b.start : b.end] for b in blocks)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(text[b.start : b.end] == text[b.start : b.end].strip() for b in blocks)
    kept = {b.id for b in blocks if b.status != "duplicate"}
    assert sorted(result.layout.reading_order or ()) == sorted(kept)


@settings(max_examples=100, deadline=None)
@given(PAGES)
def test_paragraphs_are_divided_by_line_ends_and_joined_ones_are_not(text: str) -> None:
    result = repaired(text)
    joined = {j.to for j in result.layout.joins}
    blocks = {b.id: b for b in result.layout.blocks}
    starts = [blocks[one].start for one in result.layout.reading_order or () if one not in joined]
    content, at = result.text, 0
    for piece in content.pieces:
        for start in starts:
            if piece.src <= start < piece.src + piece.size:
                at = piece.out + start - piece.src
                assert not content.content[:at].strip() or content.content[:at].rstrip(" \t\u3000")[-1:] in "\r\n"


@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n", "\r"])
def test_a_clean_document_stays_one_piece(end: str) -> None:
    text = end.join(PARAGRAPHS)
    result = repaired(text)
    assert len(result.text.pieces) == 1 and not result.text.dropped
    assert not result.layout.joins and not result.layout.open and not result.warnings
    assert len(result.layout.blocks) == len(PARAGRAPHS)


def clean_documents() -> list[Path]:
    """Documents of the corpus in which nobody planted a fault: no copy, no join, no open end."""
    golds = sorted((Path(__file__).parents[1] / "corpus").glob("*/*/gold.json"))
    return [gold for gold in golds if _clean(json.loads(gold.read_text(encoding="utf-8"))["layout"])]


def _clean(layout: dict[str, Any]) -> bool:
    damaged = layout.get("joins") or layout.get("open") or any(b.get("duplicate_of") for b in layout["blocks"])
    return not damaged


def test_a_document_without_a_fault_stays_as_it_is_but_for_clutter_and_wraps() -> None:
    golds = clean_documents()
    assert len(golds) >= 12
    changed = []
    for gold in golds:
        result = repaired(gold.with_name("report.txt").read_bytes().decode("utf-8"))
        order, joins = result.layout.reading_order or (), result.layout.joins
        why = {d.reason for d in result.text.dropped}
        if joins or why - {"boilerplate", "wrap"} or list(order) != sorted(order):
            changed.append(gold.parent.name)
    assert not changed


# ---- kinds ------------------------------------------------------------------------------------------------------


def test_the_table_above_a_document_of_a_government_page_names_no_title() -> None:
    above = "索引号: 675490773/2022-00337 分类: 重大项目建设 /\n发布机构: 经济发展局 文号:\n"
    above += "成文日期: 2022-10-31\n名称: 园区重抓项目建设\n"
    made = repair(Source.from_text(f"{above}园区重抓项目建设\n\n2022年，园区引进企业12家。\n"), Segmenter())
    kinds = [(block.kind, block.reason) for block in made.layout.blocks]
    assert kinds[:2] == [("boilerplate", "catalogue")] * 2
    assert kinds[2:5] == [("byline", None), ("boilerplate", "catalogue"), ("title", None)]
    listed = repair(Source.from_text("重点项目\n\n名称：储能基地项目\n投资：12亿元\n"), Segmenter())
    assert [block.kind for block in listed.layout.blocks][1] != "boilerplate", "a list of projects has names too"


@pytest.mark.parametrize("row", clutter.table().rows, ids=lambda row: row["reason"])
def test_clutter_knows_its_examples(row: dict[str, list[str]]) -> None:
    assert row["examples"]
    for line in row["examples"]:
        assert clutter.table().reason(line) == row["reason"], line
    for line in row["never"]:
        assert clutter.table().reason(line) is None, line


def test_kinds_of_a_page() -> None:
    head = ["恒澜：滩涂上的新城", "本报记者 齐望川", PARAGRAPHS[0], "一、起步", PARAGRAPHS[1]]
    page = "\n\n".join([*head, "\n\n园区北门", "“快就是好，这话不假。”他说。", "责任编辑：林未"])
    assert kinds(page) == ["title", "byline", "body", "heading", "body", "caption", "quote", "boilerplate"]
    assert "责任编辑" not in repaired(page).text.content


def test_a_table_is_rows() -> None:
    page = f"{PARAGRAPHS[0]}\n\n指标\t累计\t增长\n产值\t12\t3\n税收\t5\t4\n\n{PARAGRAPHS[1]}"
    assert kinds(page) == ["body", "table row", "table row", "table row", "body"]


def test_numbered_lines_in_a_row_are_a_list() -> None:
    page = f"{PARAGRAPHS[0]}\n1. 启岳机械扩产项目\n2. 澄远电池材料项目\n3. 码头改造项目\n{PARAGRAPHS[1]}"
    assert kinds(page) == ["body"] * 5


def test_a_figure_alone_is_no_heading() -> None:
    page = "\n\n".join([PARAGRAPHS[0], "412.6亿元", PARAGRAPHS[1], "68个", PARAGRAPHS[2], "2022年", PARAGRAPHS[3]])
    assert kinds(page) == ["body", "body", "body", "body", "body", "heading", "body"]


# ---- wrapped lines ----------------------------------------------------------------------------------------------


def wrap(text: str, size: int) -> str:
    return "\n".join(text[at : at + size] for at in range(0, len(text), size))


def test_wrapped_lines_make_one_paragraph() -> None:
    page = "\n\n".join(wrap(p, 30) for p in PARAGRAPHS[:8])
    result = repaired(page)
    assert result.text.content.split("\n\n") == list(PARAGRAPHS[:8])
    assert {d.reason for d in result.text.dropped} == {"wrap"}
    assert len(result.layout.blocks) == 8


def test_an_indent_begins_a_paragraph() -> None:
    page = "\n".join(wrap("\u3000\u3000" + p, 30) for p in PARAGRAPHS[:8])
    assert len(repaired(page).layout.blocks) == 8


# ---- duplicates -------------------------------------------------------------------------------------------------


def duplicate_count(*lines: str) -> int:
    return sum(b.status == "duplicate" for b in repaired("\n\n".join(lines)).layout.blocks)


def test_a_repeated_column_is_a_copy_with_its_heading() -> None:
    assert (
        duplicate_count(
            *PARAGRAPHS[:3], "二、成链", *PARAGRAPHS[3:5], PARAGRAPHS[7], PARAGRAPHS[2], "二、成链", PARAGRAPHS[3]
        )
        == 3
    )


def test_marks_and_blanks_may_differ_and_digits_may_not() -> None:
    other = PARAGRAPHS[6].replace("，", ",").replace("12亿元", " 12 亿元")
    assert duplicate_count(*PARAGRAPHS[5:8], other) == 1
    assert duplicate_count(*PARAGRAPHS[5:8], PARAGRAPHS[6].replace("12亿", "15亿")) == 0
    assert duplicates.squash("增长3.7%，") != duplicates.squash("增长37%，")


def test_slips_of_the_ocr_are_no_other_text() -> None:
    worn = PARAGRAPHS[7].replace("物流成本", "物流戍本").replace("园区统计，", "园统计，").replace("缩短了", "缩矩了")
    assert duplicate_count(*PARAGRAPHS[5:9], worn) == 1


def test_numerals_are_never_slips() -> None:
    assert duplicate_count(*PARAGRAPHS[5:9], PARAGRAPHS[8].replace("二十人", "三十人")) == 0
    assert duplicate_count(*PARAGRAPHS[5:9], PARAGRAPHS[6].replace("12亿元", "12万元")) == 0


def test_a_copy_cut_short_is_a_copy_whichever_stands_first() -> None:
    short = PARAGRAPHS[9][:60]
    assert duplicate_count(*PARAGRAPHS[8:11], PARAGRAPHS[12], short) == 1
    result = repaired("\n\n".join([PARAGRAPHS[8], short, PARAGRAPHS[12], *PARAGRAPHS[9:11]]))
    assert [b.duplicate_of for b in result.layout.blocks] == [None, "b04", None, None, None]
    assert result.text.content.index(PARAGRAPHS[9]) < result.text.content.index(PARAGRAPHS[12])


def test_a_copy_wrapped_anew_is_a_copy() -> None:
    lines = wrap(PARAGRAPHS[9], 23).split("\n")
    assert duplicate_count(*PARAGRAPHS[8:11], PARAGRAPHS[12], *lines) == len(lines)


@pytest.mark.parametrize(
    ("line", "copies"),
    [
        ("今年4月中旬，澄岚线缆二期开工，计划投资12亿元，新增产线5条。", 1),  # short, but it tells figures
        ("发现问题，直面问题，积极解决问题，这就是澄岚高新区的样子！", 0),  # a refrain
        ("澄岚高新区2023年再出发。", 0),
    ],
)
def test_a_short_line_is_a_copy_where_it_tells_figures(line: str, copies: int) -> None:
    assert duplicate_count(*PARAGRAPHS[5:7], line, *PARAGRAPHS[7:9], line) == copies


def test_a_sentence_quoted_out_of_a_paragraph_is_no_copy() -> None:
    sentence = PARAGRAPHS[9].split("。")[1] + "。"
    assert duplicate_count(*PARAGRAPHS[8:11], PARAGRAPHS[12], sentence) == 0


@pytest.mark.parametrize("line", ["园区北门", "韩牧野", "一、起步", "不等不靠，干就对了！", "甲区\t12\t3"])
def test_short_lines_may_recur(line: str) -> None:
    assert duplicate_count(PARAGRAPHS[0], line, PARAGRAPHS[1], line, PARAGRAPHS[2], line) == 0


def test_a_list_may_be_quoted_again() -> None:
    items = [f"{n}是对新引进的重点企业，按照实际投入给予一定比例的资金支持，最长不超过三年。" for n in "一二三"]
    assert duplicate_count("园区出台办法：", *items, *PARAGRAPHS[:2], "企业代表逐条念道：", *items, PARAGRAPHS[3]) == 0


# ---- joins and copies -------------------------------------------------------------------------------------------

LEFT, RIGHT = "去年九月，恒澜高新区举行签约仪式，澄远公司当场拿到了营业执照和施工许", "可证，创造了新的速度。"


def test_a_word_across_the_cut_joins_and_a_caption_moves_out() -> None:
    result = repaired("\n\n".join([*PARAGRAPHS[:2], LEFT, "码头旧影", PARAGRAPHS[2], RIGHT, PARAGRAPHS[3]]))
    (join,) = result.layout.joins
    assert LEFT + RIGHT in result.text.content
    assert (join.left, join.right) == (LEFT[-10:], RIGHT[:10])
    assert join.score and join.votes["word"] > 3


def test_a_page_that_turns_in_mid_sentence() -> None:
    result = repaired("\n\n".join([*PARAGRAPHS[:2], PARAGRAPHS[9][:50], "- 3 -", PARAGRAPHS[9][50:], PARAGRAPHS[3]]))
    assert [j.votes["page"] > 0 for j in result.layout.joins] == [True]
    assert PARAGRAPHS[9] in result.text.content


def test_what_may_belong_together_is_suggested_and_not_joined() -> None:
    text = "\n\n".join([*PARAGRAPHS[:2], PARAGRAPHS[9][:19], "码头旧影", PARAGRAPHS[9][19:], *PARAGRAPHS[3:5]])
    result = repaired(text)
    tiers = {join.score for join in (*result.layout.joins, *result.layout.suggested)}
    assert all(score is not None and score >= 0.35 for score in tiers)
    assert not {j.from_ for j in result.layout.joins} & {j.from_ for j in result.layout.suggested}


def test_an_end_without_its_rest_stays_open() -> None:
    result = repaired("\n\n".join([*PARAGRAPHS[:2], PARAGRAPHS[4][:40], *PARAGRAPHS[5:8]]))
    assert [o.left for o in result.layout.open] == [PARAGRAPHS[4][30:40]]
    assert not result.layout.joins


def test_copies_of_a_mention_across_a_join() -> None:
    text = "\n\n".join(
        [PARAGRAPHS[0], LEFT, RIGHT, *PARAGRAPHS[1:3], RIGHT, PARAGRAPHS[1], PARAGRAPHS[4], LEFT, RIGHT, PARAGRAPHS[1]]
    )
    result = repaired(text)
    whole = result.text.content.index("施工许可证")
    spans = result.text.origin(whole, whole + 5)
    also = result.copies(spans)
    assert all(result.text.quote(copy) == "施工许可证" for copy in also)
    assert len(also) == sum(b.status == "duplicate" and text[b.start : b.end] == RIGHT for b in result.layout.blocks)


def test_a_whole_paragraph_and_its_severed_copy_are_one() -> None:
    whole = LEFT + RIGHT
    text = "\n\n".join([*PARAGRAPHS[:2], LEFT, "码头旧影", PARAGRAPHS[2], RIGHT, PARAGRAPHS[3], whole])
    result = repaired(text)
    assert result.text.content.count(whole) == 1
    at = result.text.content.index("新的速度")
    assert [result.text.quote(copy) for copy in result.copies(result.text.origin(at, at + 4))] == ["新的速度"]


def test_behind_a_slip_a_copy_still_has_the_same_words() -> None:
    worn = PARAGRAPHS[7].replace("物流成本", "物流戍本").replace("园区统计，", "园统计，")
    result = repaired("\n\n".join([*PARAGRAPHS[5:9], worn]))
    for words in ("配套率", "一半", "库存周期"):
        at = result.text.content.index(words)
        (copy,) = result.copies(result.text.origin(at, at + len(words)))
        assert result.text.quote(copy) == words


# ---- sections ---------------------------------------------------------------------------------------------------


def sections(*numbers: str) -> list[str]:
    """A page of numbered sections with two paragraphs each, in this order."""
    heads = {"一": "一、起步", "二": "二、成链", "三": "三、向新", "四": "四、向绿", "": "结语"}
    told = {number: [head, *PARAGRAPHS[2 * n : 2 * n + 2]] for n, (number, head) in enumerate(heads.items())}
    body = [line for number in numbers for line in told[number]]
    return ["恒澜高新区十五年", PARAGRAPHS[12], *body, "恒澜高新区办公室"]


def test_sections_stand_in_the_order_of_their_numbers() -> None:
    result = repaired("\n\n".join(sections("一", "三", "四", "二")))
    assert result.text.content.rstrip().split("\n\n") == sections("一", "二", "三", "四")
    notes = [b.note for b in result.layout.blocks if b.note]
    assert notes == [f"section {n} of 4, by its number" for n in (1, 3, 4, 2)]
    assert repaired(result.text.content).text.content == result.text.content


@pytest.mark.parametrize("numbers", ["一二三四", "二三四", "三一", "二一四"])
def test_a_series_that_is_not_whole_or_in_order_stays_as_it_is(numbers: str) -> None:
    lines = sections(*numbers)
    result = repaired("\n\n".join(lines))
    order = list(result.layout.reading_order or ())
    assert order == sorted(order)
    assert not any(b.note for b in result.layout.blocks)


# ---- the seed ---------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SEED.exists(), reason="the seed report is not on this machine")
def test_the_seed() -> None:
    source = Source.from_text((SEED / "report.txt").read_bytes().decode())
    gold = json.loads((SEED / "gold.json").read_text(encoding="utf-8"))
    result = repair(source, SEGMENTER)
    copies = {(b["id"], b["duplicate_of"]) for b in gold["layout"]["blocks"] if b["duplicate_of"]}
    assert {(b.id, b.duplicate_of) for b in result.layout.blocks if b.duplicate_of} == copies
    joins = {(j["from"], j["to"]) for j in gold["layout"]["joins"]}
    made = {(j.from_, j.to) for j in result.layout.joins}
    assert made == joins
    assert {o["id"] for o in gold["layout"]["open"]} <= {o.id for o in result.layout.open}
    for part in ("dates", "amounts", "milestones"):
        for fact in gold[part]:
            if all(any(b.start <= s and e <= b.end for b in result.layout.blocks) for s, e in fact["spans"]):
                also = [[list(span) for span in copy] for copy in result.copies(fact["spans"])]
                assert sorted(also) == sorted(fact["also"]), fact["id"]
