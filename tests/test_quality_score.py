"""The scorer: what is right scores 1, and each planted error moves the figures that it should, and no other."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parkfacts.facts import Gold
from parkfacts.quality import score
from parkfacts.quality.gold import as_report, empty_report
from parkfacts.text import Source
from quality_case import TEXT, Data, at, by_id, drop, figures, gold_data, load

SEED = Path(__file__).parents[2] / "shared" / "seed"
CORPUS = Path(__file__).parent.parent / "corpus"


def read(folder: Path) -> tuple[Gold, str]:
    text = (folder / "report.txt").read_bytes().decode("utf-8")
    return Gold.model_validate_json((folder / "gold.json").read_bytes(), context={"text": text}), text


def seed() -> tuple[Gold, str]:
    if not SEED.exists():
        pytest.skip("the shared seed is not here")
    return read(SEED)


def golds() -> list[Path]:
    return [SEED, *sorted(path.parent for path in CORPUS.glob("dev/*/gold.json"))]


# ---- perfect and empty ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", golds(), ids=lambda folder: folder.name)
def test_gold_as_prediction_scores_one_everywhere(folder: Path) -> None:
    if not folder.exists():
        pytest.skip("the shared seed is not here")
    gold, text = read(folder)
    for name, tally in score(gold, as_report(gold), text).figures.items():
        assert (tally.p, tally.r, tally.f1) == (1, 1, 1), name


def test_an_empty_prediction_scores_zero() -> None:
    empty = empty_report(Source.from_text(TEXT))
    sought = [tally for tally in score(load(gold_data()), empty, TEXT).figures.values() if not tally.nothing]
    assert len(sought) > 30
    assert {(tally.p, tally.r, tally.f1) for tally in sought} == {(0, 0, 0)}


def test_an_empty_prediction_of_the_seed_scores_zero() -> None:
    gold, text = seed()
    empty = score(gold, empty_report(Source.from_text(text)), text).figures
    assert {tally.f1 for tally in empty.values() if not tally.nothing} == {0}


# ---- planted errors ---------------------------------------------------------------------------------------------


def set_(id: str, **fields: object) -> Callable[[Data], object]:
    return lambda data: by_id(data, id).update(fields)


def split_company(data: Data) -> None:
    one = by_id(data, "c1")
    data["companies"].append({"id": "c9", "name": "星野生物", "aliases": [], "mentions": [one["mentions"].pop()]})
    one["aliases"] = []


def merge_companies(data: Data) -> None:
    one, other = by_id(data, "c1"), by_id(data, "c2")
    one["mentions"] += other["mentions"]
    one["aliases"].append("远帆智造")
    data["companies"].remove(other)


def found_twice(data: Data) -> None:
    copy = {**by_id(data, "a1"), "id": "a9", "spans": at("超30亿元", 1), "also": []}
    data["amounts"].append(copy)


def levels(kind: str, *names: str) -> set[str]:
    return {f"{kind}.{name}" for name in names}


FOUND = ("strict", "lenient", "detection")

PLANTED: list[tuple[str, Callable[[Data], object], set[str]]] = [
    ("a dropped amount", lambda d: drop(d, "a6"), levels("amounts", *FOUND)),
    ("a dropped milestone", lambda d: drop(d, "m3"), levels("milestones", *FOUND)),
    ("an invented amount", lambda d: d["amounts"].append(
        {**by_id(d, "a6"), "id": "a9", "text": "有限", "spans": at("有限")}), levels("amounts", *FOUND)),
    ("a copy told twice", found_twice, levels("amounts", *FOUND)),
    ("a wrong unit", set_("a6", unit="m2"), levels("amounts", "strict", "lenient", "value", "unit")),
    ("a wrong value", set_("a6", value="61"), levels("amounts", "strict", "lenient", "value", "number")),
    ("a wrong bound", set_("a6", bound="about"), levels("amounts", "strict", "bound")),
    ("a wrong dimension", set_("a6", dimension="other"), levels("amounts", "strict", "dimension")),
    ("a wrong indicator", set_("a6", indicator="面积"), {"amounts.indicator"}),
    ("a missing indicator", set_("a6", indicator=None), {"amounts.indicator"}),
    ("a wrong subject", set_("a5", subject="远帆智造"), {"amounts.subject"}),
    ("a wrong as_of", set_("a3", as_of="d3"), {"amounts.as_of"}),
    ("wrong direction", set_("a4", change="down"), {"amounts.change"}),
    ("short spans", set_("a3", text="200亿元", spans=at("200亿元")), {"amounts.strict"}),
    ("a swapped year", set_("d2", start="2012-01-01", end="2012-12-31", edtf="2012"),
     levels("dates", "strict", "lenient", "value", "start", "end", "edtf") | {"amounts.as_of"}),
    ("approximate", set_("d2", approximate=True), levels("dates", "strict", "approximate")),
    ("a precision", set_("d2", precision="month"), levels("dates", "strict", "precision")),
    ("a split company", split_company, levels("companies", *FOUND, "b3")),
    ("two companies in one", merge_companies, levels("companies", *FOUND, "b3")),
    ("a dropped mention", lambda d: by_id(d, "o1")["mentions"].pop(),
     levels("organizations", "mentions", "mentions_overlap", "b3")),
    ("a lost role", set_("c1", roles=[]), {"companies.roles"}),
    ("a wrong kind of organization", set_("o1", type="town"), {"organizations.type"}),
    ("a wrong type", set_("m3", type="production"), levels("milestones", "strict", "lenient", "type")),
    ("a wrong date of a milestone", set_("m3", date="d2"), levels("milestones", "strict", "lenient", "date")),
    ("a wrong status", set_("m3", status="planned"), {"milestones.status"}),
    ("a wrong actor", set_("m3", actor="远帆智造"), {"milestones.actor"}),
    ("an invented level", set_("m3", level="省级"), {"milestones.level"}),
    ("too little of the clause", set_("m3", description="2023年建成", spans=at("2023年建成")), {"milestones.strict"}),
    ("a lost join", lambda d: d["layout"]["joins"].clear(), levels("joins", *FOUND, "from", "to")),
    ("a missed duplicate", lambda d: d["layout"]["blocks"][5].update(status="kept", duplicate_of=None),
     levels("duplicates", *FOUND, "of", "characters")),
    ("a wrong original", lambda d: d["layout"]["blocks"][5].update(duplicate_of="b3"),
     levels("duplicates", "strict", "of")),
    ("a wrong reference date", lambda d: d["document"]["reference_date"].update(end="2023-06-30"),
     {"reference_date.strict"}),
    ("no reference date", lambda d: d["document"].pop("reference_date"), {"reference_date.strict"}),
    ("a wrong kind of block", lambda d: d["layout"]["blocks"][0].update(kind="heading"),
     levels("blocks", "strict", "kind")),
]  # fmt: skip


@pytest.mark.parametrize(("change", "moved"), [one[1:] for one in PLANTED], ids=[one[0] for one in PLANTED])
def test_a_planted_error_moves_what_it_should(change: Callable[[Data], object], moved: set[str]) -> None:
    before, now = figures(), figures(change)
    assert {name for name in now if now[name].f1 != before[name].f1} == moved
    assert all(now[name].f1 < 1 for name in moved)


def test_the_size_of_a_step() -> None:
    dropped = figures(lambda data: drop(data, "a6"))["amounts.strict"]
    assert (dropped.p, dropped.r) == (1, 6 / 7)
    wrong = figures(set_("a6", unit="m2"))["amounts.strict"]
    assert (wrong.p, wrong.r) == (6 / 7, 6 / 7)
    split = figures(split_company)
    assert (split["companies.strict"].p, split["companies.strict"].r) == (2 / 3, 1)
    assert (split["companies.b3"].p, split["companies.b3"].r) == (1, pytest.approx(2 / 3))
    merged = figures(merge_companies)
    assert (merged["companies.strict"].p, merged["companies.strict"].r) == (1, 1 / 2)
    assert (merged["companies.b3"].p, merged["companies.b3"].r) == (pytest.approx(5 / 9), 1)


# ---- what must not matter ---------------------------------------------------------------------------------------


def traditional(data: Data) -> None:
    by_id(data, "a3")["indicator"] = "產值"
    by_id(data, "m1")["actor"] = "雲栖谷產業園".replace("雲", "云")


HARMLESS: list[tuple[str, Callable[[Data], object]]] = [
    ("an optional item is not found", lambda d: (drop(d, "d5"), drop(d, "a8"), drop(d, "m4"))),
    ("an optional item is wrong", set_("a8", value="3", unit="个")),
    ("something else stands at an optional place", set_("a8", text="两家企业", spans=at("两家企业"))),
    ("an undated milestone", lambda d: d["milestones"].append({**by_id(d, "m3"), "id": "m9", "date": None})),
    ("the copy is told as the kept one", set_("a1", spans=at("超30亿元", 1), also=[at("超30亿元")])),
    ("the copies are not told", set_("a1", also=[])),
    ("the actor by another form of its name", set_("m2", actor="星野生物")),
    ("the subject by another form of its name", set_("a5", subject="星野生物科技有限公司")),
    ("traditional characters", traditional),
    ("one indicator as a list", set_("a6", indicator=["占地"])),
    ("trailing zeros", set_("a6", value="60.00")),
    ("a longer clause", set_("m3", description=TEXT.splitlines()[6], spans=at(TEXT.splitlines()[6]))),
]  # fmt: skip


@pytest.mark.parametrize("change", [one[1] for one in HARMLESS], ids=[one[0] for one in HARMLESS])
def test_what_must_not_matter(change: Callable[[Data], object]) -> None:
    assert {name for name, tally in figures(change).items() if tally.f1 != 1} == set()


def shuffled(data: Data, chance: random.Random) -> Data:
    for part in ("dates", "amounts", "companies", "organizations", "projects", "milestones"):
        chance.shuffle(data[part])
        for fact in data[part]:
            for inner in ("mentions", "aliases", "also", "roles"):
                chance.shuffle(fact.get(inner, []))
    chance.shuffle(data["layout"]["blocks"])
    chance.shuffle(data["layout"]["joins"])
    return data


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(range(len(PLANTED))), max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_items_never_changes_a_score(errors: set[int], chance: random.Random) -> None:
    data = gold_data()
    for index in sorted(errors):
        try:
            PLANTED[index][1](data)
        except (StopIteration, IndexError, ValueError):  # an earlier error took the fact out
            continue
    text = json.dumps(data)
    try:
        plain = score(load(gold_data()), load(json.loads(text)), TEXT)
    except ValueError:  # two errors together made no record
        return
    mixed = score(load(shuffled(gold_data(), chance)), load(shuffled(json.loads(text), chance)), TEXT)
    assert mixed.figures == plain.figures
    assert [(f.verdict, f.text, f.differs) for f in mixed.facts] == [
        (f.verdict, f.text, f.differs) for f in plain.facts
    ]


def test_a_held_document_has_no_facts() -> None:
    gold = load(gold_data())
    assert score(gold, gold, TEXT, held=True).facts == ()
    assert score(gold, gold, TEXT).facts


def test_scoring_takes_less_than_two_seconds_for_24_documents() -> None:
    gold, text = seed()
    report = as_report(gold)
    begin = time.process_time()
    for _ in range(24):
        score(gold, report, text)
    assert time.process_time() - begin < 2
