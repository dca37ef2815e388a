"""The spine as a whole: what the seed report must give, and the laws that hold for every document."""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parkfacts import extract
from parkfacts.facts import Report
from parkfacts.find.names.atoms import cut
from parkfacts.pipeline import extract as run
from parkfacts.quality import evaluate
from parkfacts.rules import load
from parkfacts.segment import LONGEST, Document, JiebaEngine, RustEngine, Segmenter, segment, sentences
from parkfacts.text import Source, Text
from parkfacts.write import dump

ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared" / "seed"
REPORTS = sorted((ROOT / "corpus").glob("*/*/report.txt"))

needs_seed = pytest.mark.skipif(not SEED.exists(), reason="../shared, with the seed report, is not here")


@needs_seed
def test_what_the_seed_must_show() -> None:
    """The figures that the project started from, on the report that it started from."""
    figures = evaluate(SEED).figures
    assert figures["dates.strict"].f1 >= 0.95
    assert figures["amounts.strict"].f1 >= 0.90
    assert figures["companies.strict"].f1 >= 0.65
    assert figures["milestones.strict"].f1 >= 0.60
    assert (figures["duplicates.strict"].p, figures["duplicates.strict"].r) == (1, 1)
    assert figures["joins.strict"].p == 1 and figures["joins.strict"].r >= 0.6


# ---- law 5: same bytes in, same bytes out -------------------------------------------------------------------------


def records(engine: str, hash_seed: str) -> bytes:
    code = (
        "import sys; from pathlib import Path; from parkfacts import segment; from parkfacts.pipeline import extract;"
        "from parkfacts.text import Source; from parkfacts.write import dump;"
        f"segmenter = segment.Segmenter(engine=segment.{engine}());"
        "[print(dump(extract(Source.from_text(Path(p).read_text('utf-8')), segmenter=segmenter)))"
        " for p in sys.argv[1:]]"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT / "pipeline")}
    paths = [str(path) for path in REPORTS[:4]]
    return subprocess.run([sys.executable, "-c", code, *paths], env=environment, capture_output=True, check=True).stdout


def test_the_same_bytes_come_out_whatever_the_hash_seed() -> None:
    first = records("RustEngine", "1")
    assert first and first == records("RustEngine", "2")


def test_the_engines_cut_the_whole_corpus_alike() -> None:
    """The fallback and reference, jieba itself, gives the words and tags of the engine that is used."""
    rust, jieba = RustEngine(), JiebaEngine()
    for path in REPORTS:
        content = path.read_text("utf-8")
        assert list(rust.tag(content)) == list(jieba.tag(content)), path


def segmented(content: str, segmenter: Segmenter) -> Document:
    return segment(Text.whole(Source.from_text(content)), (), segmenter)


def test_what_came_before_changes_nothing() -> None:
    """A text in traditional characters leaves no letter behind that another has otherwise."""
    segmenter = Segmenter()
    cut(segmented("們，倆，歲，盞，幀。", segmenter))
    assert "".join(cut(segmented("们，俩，岁，盏，帧。", segmenter)).kinds) == "sBMBMBsBsB"


def test_words_are_cut_as_the_dictionary_writes_them() -> None:
    """Traditional characters and full-width digits are folded first: the dictionary and its tags are of plain ones."""
    written = segmented("園區２０２３年簽約幾個項目，實現產值兩億元。", Segmenter())
    plain = segmented("园区2023年签约几个项目，实现产值两亿元。", Segmenter())
    assert written.words == plain.words


def test_a_user_dictionary_feeds_both_engines() -> None:
    content = "园区引进了岚屿禾创公司"
    for engine in (RustEngine(), JiebaEngine()):
        words = [content[w.start : w.end] for w in Segmenter(["岚屿禾创"], engine).cut(content)]
        assert "岚屿禾创" in words


# ---- laws 4 and 6, and what a record promises ----------------------------------------------------------------------

TABLES = ("dates", "amounts", "milestones")


def test_every_value_names_its_rule_and_no_money_is_a_float() -> None:
    known = {rule.name for table in TABLES for rule in load(table).rules} | {"target", "dated-clause", "cell"}
    for path in REPORTS:
        report = run(Source.from_text(path.read_text("utf-8")))
        for fact in (*report.dates, *report.amounts, *report.milestones):
            assert fact.rule.split(".")[0] in known, fact.rule
        for amount in report.amounts:
            for number in (amount.value, amount.low, amount.high):
                assert number is None or isinstance(number, Decimal)
        for amount in json.loads(report.model_dump_json())["amounts"]:
            assert all(isinstance(amount[key], str | None) for key in ("value", "low", "high"))


def test_what_was_implied_is_kept_apart() -> None:
    report = extract("2021年，项目落地。6月，厂房封顶。")
    stated, implied = report.dates
    assert (stated.implied, implied.text, implied.implied) == ((), "6月", ("year",))
    assert str(implied.start) == "2021-06-01"


PIECES = [
    *(
        "2023年6月",
        "，园区",
        "实现规上工业产值",
        "350亿元",
        "，同比增长8.1%",
        "。",
        "\n",
        "\r\n",
        "浙江岚屿科技有限公司",
        "签约",
    ),
    *(
        "【",
        "”",
        "“",
        "等方式",
        "去年",
        "近10万平方米",
        "一、",
        "\t",
        " ",
        "责任编辑：",
        "力争2025年底",
        "投产",
        "0",
        "９",
        "萬",
    ),
    *("（", "第三", "同比", "\u2028", "\x00"),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_whatever_is_read_the_record_is_valid_and_reads_back(content: str) -> None:
    report = run(Source.from_text(content))
    again = Report.model_validate_json(report.model_dump_json(), context={"text": content})
    assert again == report


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(content: str) -> None:
    run(Source.from_text(content))


# ---- law 7: cost grows with the document ------------------------------------------------------------------------

ENDLESS = (
    "2023年5月，岚渡重工投产，",
    "园区实现产值35亿元，同比增长8%，",
    "引进了岚渡重工、禾岸生物、",
    "园区召开会议。\n",
)


def calls(content: str) -> int:
    """How many functions an extraction calls: a measure of its cost that no other process disturbs."""
    profile = cProfile.Profile()
    profile.runcall(run, Source.from_text(content))
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("piece", ENDLESS)
def test_cost_grows_with_the_length_of_a_line_without_an_end(piece: str) -> None:
    run(Source.from_text(piece * 300))  # what is loaded once is loaded
    assert calls(piece * 1200) <= 4.6 * calls(piece * 300)


def test_no_sentence_is_endless() -> None:
    found = sentences("园区实现产值35亿元，同比增长8%，" * 400)
    assert len(found) > 5 and all(span.end - span.start <= LONGEST for span in found)


def test_what_came_before_in_a_process_changes_nothing() -> None:
    """Words that other documents cut in pieces, whose letters were once kept for whole words too."""
    before = {path: dump(extract(path)) for path in REPORTS if path.parents[1].name == "held"}
    for texts in sorted((ROOT / "tests" / "data").glob("milestones*.txt")):
        for line in texts.read_text("utf-8").splitlines():
            if line.strip():
                extract(line)
    assert [path for path, record in before.items() if dump(extract(path)) != record] == []
