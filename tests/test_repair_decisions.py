"""What a person decided about a layout goes before what repair finds, and the record says so."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parkfacts import extract
from parkfacts.errors import Contradiction, DecisionError, UnknownBlock
from parkfacts.facts import Block, Layout
from parkfacts.repair import Decisions, Repaired, repair
from parkfacts.repair.replay import replay
from parkfacts.segment import Segmenter
from parkfacts.text import Source
from prose import PARAGRAPHS

SEGMENTER = Segmenter()
LEFT, RIGHT = "去年九月，恒澜高新区举行签约仪式，澄远公司当场拿到了营业执照和施工许", "可证，创造了新的速度。"
SEVERED = [
    *PARAGRAPHS[:2],
    LEFT,
    "码头旧影",
    PARAGRAPHS[2],
    RIGHT,
    PARAGRAPHS[3],
    PARAGRAPHS[0],
]  # b03 → b06, b08 = b01


def repaired(lines: list[str], **decided: object) -> Repaired:
    return repair(Source.from_text("\n\n".join(lines)), SEGMENTER, Decisions(**decided))  # type: ignore[arg-type]


def block(result: Repaired, id: str) -> Block:
    (found,) = (b for b in result.layout.blocks if b.id == id)
    return found


def joins(result: Repaired) -> set[tuple[str, str]]:
    return {(j.from_, j.to) for j in result.layout.joins}


def test_without_decisions_the_page_has_one_join_and_one_copy() -> None:
    result = repaired(SEVERED)
    assert joins(result) == {("b03", "b06")}
    assert block(result, "b08").duplicate_of == "b01"


def test_a_join_that_was_refused_is_not_made() -> None:
    result = repaired(SEVERED, no_joins=(("b03", "b06"),))
    assert not joins(result) and not {(j.from_, j.to) for j in result.layout.suggested} & {("b03", "b06")}
    assert block(result, "b03").status == "open"


def test_an_end_that_is_left_open_goes_on_nowhere() -> None:
    lines = [*SEVERED, "可证，比规定的期限早了两天。"]
    refused = repaired(lines, no_joins=(("b03", "b06"),))
    assert joins(refused) == {("b03", "b09")}  # the next best takes its place
    left = repaired(lines, open=("b03",))
    assert not joins(left) and not [one for one in left.layout.suggested if one.from_ == "b03"]
    assert block(left, "b03").status == "open" and "b03" in {one.id for one in left.layout.open}


def test_an_end_that_no_rule_finds_broken_can_be_left_open() -> None:
    result = repaired(SEVERED, open=("b01",))
    assert block(result, "b01").status == "open" and joins(result) == {("b03", "b06")}


def test_a_join_that_was_made_goes_before_what_is_found() -> None:
    result = repaired(SEVERED, joins=(("b03", "b05"),))
    (join,) = (j for j in result.layout.joins if j.from_ == "b03")
    assert (join.to, join.score, join.votes) == ("b05", 1.0, {"decided": 1.0})
    assert LEFT + PARAGRAPHS[2] in result.text.content
    assert block(result, "b05").continues == "b03"


def test_joins_may_stand_in_any_order_on_the_page() -> None:
    result = repaired(SEVERED, joins=(("b07", "b01"), ("b06", "b03")))
    assert {("b07", "b01"), ("b06", "b03")} <= joins(result)
    assert PARAGRAPHS[3] + PARAGRAPHS[0] in result.text.content and RIGHT + LEFT in result.text.content


def test_columns_that_decisions_lead_in_a_circle_come_apart() -> None:
    result = repaired(list(PARAGRAPHS[:6]), joins=(("b03", "b04"), ("b06", "b01")))
    assert joins(result) == {("b03", "b04"), ("b06", "b01")}
    assert sorted(result.layout.reading_order or ()) == [f"b0{n}" for n in range(1, 7)]


def test_the_end_of_a_join_is_no_copy_and_no_clutter() -> None:
    result = repaired([*SEVERED, "责任编辑：林未"], joins=(("b07", "b08"), ("b08", "b09")))
    assert {("b07", "b08"), ("b08", "b09")} <= joins(result)
    assert block(result, "b08").status == "kept" and block(result, "b09").kind == "body"


def test_a_duplicate_that_was_refused_stays() -> None:
    result = repaired(SEVERED, no_duplicates=("b08",))
    assert (block(result, "b08").status, block(result, "b08").reason) == ("kept", "decided")
    assert result.text.content.count(PARAGRAPHS[0]) == 2


def test_a_refused_piece_of_a_severed_paragraph_stays_beside_the_whole_one() -> None:
    lines = [*PARAGRAPHS[:2], LEFT, "码头旧影", PARAGRAPHS[2], RIGHT, PARAGRAPHS[3], LEFT + RIGHT]
    assert block(repaired(lines), "b03").status == "duplicate"
    result = repaired(lines, no_duplicates=("b03",))
    assert block(result, "b03").status != "duplicate" and not result.warnings


def test_a_duplicate_that_a_person_saw_is_dropped_and_gives_its_place_as_another_evidence() -> None:
    told = "据悉，" + PARAGRAPHS[6]
    result = repaired([*PARAGRAPHS[:3], PARAGRAPHS[6], told], duplicates=(("b05", "b04"),))
    assert block(result, "b05").duplicate_of == "b04" and block(result, "b05").reason == "decided"
    assert told not in result.text.content


def test_the_other_copy_may_be_the_one_that_is_kept() -> None:
    result = repaired([*SEVERED, PARAGRAPHS[0]], duplicates=(("b01", "b08"),))
    assert [block(result, id).duplicate_of for id in ("b01", "b08", "b09")] == ["b08", None, "b08"]
    assert result.text.content.count(PARAGRAPHS[0]) == 1


@pytest.mark.parametrize(
    "decided",
    [
        {"joins": (("b03", "b99"),)},
        {"no_joins": (("b99", "b01"),)},
        {"open": ("b99",)},
        {"duplicates": (("b99", "b01"),)},
        {"no_duplicates": ("b99",)},
    ],
)
def test_ids_of_another_document_are_named(decided: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(UnknownBlock, match=r"b99.*b01 to b08") as raised:
        repaired(SEVERED, **decided)
    assert raised.value.blocks == ("b99",) and raised.value.name == "text"


@pytest.mark.parametrize(
    ("decided", "blocks"),
    [
        ({"joins": (("b01", "b02"), ("b01", "b03"))}, ("b01",)),
        ({"joins": (("b01", "b03"), ("b02", "b03"))}, ("b03",)),
        ({"joins": (("b01", "b02"), ("b02", "b01"))}, ("b01", "b02")),
        ({"joins": (("b01", "b01"),)}, ("b01",)),
        ({"joins": (("b01", "b02"),), "no_joins": (("b01", "b02"),)}, ("b01",)),
        ({"joins": (("b01", "b02"),), "open": ("b01",)}, ("b01",)),
        ({"duplicates": (("b01", "b02"), ("b01", "b03"))}, ("b01",)),
        ({"duplicates": (("b01", "b02"), ("b02", "b01"))}, ("b01", "b02")),
        ({"duplicates": (("b01", "b02"),), "no_duplicates": ("b01",)}, ("b01",)),
        ({"duplicates": (("b01", "b02"),), "joins": (("b01", "b03"),)}, ("b01",)),
    ],
)
def test_decisions_that_contradict_each_other_are_refused(decided: dict[str, object], blocks: tuple[str, ...]) -> None:
    with pytest.raises(Contradiction) as raised:
        repaired(SEVERED, **decided)
    assert raised.value.blocks == blocks and "take one of them back" in str(raised.value)


IDS = st.sampled_from([f"b0{n}" for n in range(1, 9)])
PAIRS = st.lists(st.tuples(IDS, IDS), max_size=3).map(tuple)


@settings(max_examples=200, deadline=None)
@given(PAIRS, PAIRS, PAIRS, st.lists(IDS, max_size=3).map(tuple), st.lists(IDS, max_size=2).map(tuple))
def test_whatever_is_decided_is_done_and_replays(
    made: tuple[tuple[str, str], ...], apart: tuple[tuple[str, str], ...], copies: tuple[tuple[str, str], ...],
    kept: tuple[str, ...], left_open: tuple[str, ...],
) -> None:  # fmt: skip
    try:
        result = repaired(SEVERED, joins=made, no_joins=apart, duplicates=copies, no_duplicates=kept, open=left_open)
    except DecisionError:
        assume(False)
        return
    assert set(made) <= joins(result) and not set(apart) & joins(result)
    assert all(block(result, id).status == "duplicate" for id, _ in copies)
    assert all(block(result, id).status != "duplicate" for id in kept)
    assert not set(left_open) & {one.from_ for one in result.layout.joins}
    assert len({j.from_ for j in result.layout.joins}) == len({j.to for j in result.layout.joins}) == len(joins(result))
    told = Layout.model_validate_json(result.layout.model_dump_json())
    assert replay(result.text.source, told) == result.text


def test_a_report_is_made_of_the_layout_that_was_decided() -> None:
    text = "\n\n".join(["2023年，园区引进企业1", "园区北门", "2024年春天，路面铺设完成。", "2家，其中四家投产。"])
    report = extract(text, decisions=Decisions(joins=(("b01", "b04"),)))
    assert "12家" in [a.text for a in report.amounts]
    with pytest.raises(DecisionError):
        extract(text, decisions=Decisions(no_duplicates=("b77",)))
