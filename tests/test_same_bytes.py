"""Law 5, from outside: the same documents give the same bytes, whatever the machine, the day and the order.

The short form: all differences at once. ``benchmarks/same_bytes.py`` tells them apart, and tries other Pythons.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

import parkfacts
from parkfacts.batch.key import _MAKERS
from parkfacts.repair.duplicates import squash
from parkfacts.text import LETTER, is_letter
from review_folder import Page, outputs

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from same_bytes import PARKFACTS, Way, blas_cores, differences, documents, exports, numpy_levels, records, ways  # noqa: E402

PACKAGE = Path(parkfacts.__file__).parent
OTHERWISE = Way(
    "all at once",
    {
        "PYTHONHASHSEED": "4711", "LC_ALL": "POSIX", "TZ": "Pacific/Kiritimati", "PYTHONIOENCODING": "gbk",
        "OMP_NUM_THREADS": "3", "OPENBLAS_NUM_THREADS": "3", "OPENBLAS_CORETYPE": next(iter(blas_cores()), ""),
        "NPY_DISABLE_CPU_FEATURES": next(numpy_levels(), ("", ""))[1],
    },
    options=("-j", "2"),
    turned=True,
    moved=True,
)  # fmt: skip


def test_records_and_exports(tmp_path: Path) -> None:
    for name in ("in", "one", "two"):
        (tmp_path / name).mkdir()
    papers = documents(tmp_path / "in", some=2)
    base = next(ways([]))
    one, two = records(base, papers, tmp_path / "one"), records(OTHERWISE, papers, tmp_path / "two")
    assert len(one) == 2 * len(papers) + 1
    assert differences(one, two) == []
    out = tmp_path / "one" / "out"
    exported = exports(base, out, tmp_path / "one")
    assert differences(exported, exports(OTHERWISE, out, tmp_path / "two")) == []
    made = {name.partition("/")[2] for name in exported}
    assert {
        "xlsx",
        "duckdb",
        "html",
        "csv/amounts.csv",
        "parquet/amounts.parquet",
        "docbin",
        "brat/printed.ann",
    } <= made

    (tmp_path / "three").mkdir()  # the control: what does change the records is seen, with its place
    other = replace(base, options=("--reference-date", "2011"))
    told = differences(one, records(other, papers[:1], tmp_path / "three"))
    assert any("reference_date" in line or "dates" in line for line in told)


def test_a_run_warns_of_nothing(tmp_path: Path) -> None:
    """Not of files left open, nor of what will go: each format once, where every warning is an error."""
    (tmp_path / "in").mkdir()
    papers = [str(path) for path in documents(tmp_path / "in", some=1)]
    command = [sys.executable, "-X", "dev", "-W", "error", *PARKFACTS, "extract", *papers, "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0 and "Warning" not in done.stderr, done.stderr


def test_packed_exports_tell_no_time(tmp_path: Path) -> None:
    page = Page(outputs(tmp_path))
    for form in ("csv", "parquet", "brat", "labelstudio"):
        packed = ZipFile(BytesIO(page.client.get(f"/api/documents/{page.id}/export?to={form}").content))
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}, form


def test_differences_are_told_by_their_place() -> None:
    same = {"a.json": b'{"dates": [{"start": null}], "n": 1}', "b.txt": b"one"}
    assert differences(same, dict(same)) == []
    assert differences(same, {**same, "a.json": b'{"dates": [{"start": 2}], "n": 1}'}) == [
        "a.json: dates.0.start: None and 2"
    ]
    assert differences(same, {**same, "b.txt": b"ona"}) == ["b.txt: byte 2 of 3 and 3"]
    turned = {**same, "a.json": b'{"n": 1, "dates": [{"start": null}]}'}
    assert differences(same, turned) == ["a.json: byte 2 of 36 and 36"]
    assert differences(same, {"b.txt": b"one"}) == ["a.json: only one way has it"]


# ---- what a record may not ask ------------------------------------------------------------------------------------

CLOCKS = {f"{kind}.{call}" for kind in ("date", "Day", "datetime") for call in ("now", "today", "utcnow")}
FORBIDDEN = CLOCKS | {f"os.{name}" for name in ("environ", "getenv", "urandom", "getpid", "getlogin", "uname")}
MODULES = {"random", "secrets", "uuid", "locale", "socket", "time", "platform", "getpass"}
ALLOWED = {
    "ner/train.py": {"random", "time"},  # with a seed; tells how long it took
    "ner/augment.py": {"random"},  # the same
    "read/ocr.py": {"os.environ"},  # tells a library to send nothing
    "read/limits.py": {"time"},  # what takes too long is refused, and no record
    "write/jsonl.py": {"os.getpid"},
}


def asked(source: str) -> set[str]:
    """What a module asks of the machine, the clock or chance."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names} & MODULES
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} & MODULES
        elif isinstance(node, ast.Attribute):
            found |= {".".join(ast.unparse(node).split(".")[-2:])} & FORBIDDEN
    return found


@pytest.mark.parametrize("room", [*_MAKERS, "history", "versions.py", "ledger.py"])
def test_nothing_that_makes_a_record_asks_the_clock_or_the_machine(room: str) -> None:
    files = [PACKAGE / room] if room.endswith(".py") else sorted((PACKAGE / room).rglob("*.py"))
    assert files
    for file in files:
        name = file.relative_to(PACKAGE).as_posix()
        assert asked(file.read_text("utf-8")) <= ALLOWED.get(name, set()), name


@pytest.mark.parametrize(
    "source",
    ["from datetime import date\nday = date.today()", "import datetime\ndatetime.datetime.now()",
     "import os\nos.environ['TZ']", "import random", "from time import time"],
)  # fmt: skip
def test_such_a_question_is_seen(source: str) -> None:
    assert asked(source)


@pytest.mark.parametrize("letter", ["\U00020001", "\U00031350", "\U0002ebf0", "\U0003fffd"])
def test_ideographs_newer_than_this_python_are_letters(letter: str) -> None:
    """Unicode 15.0 and 15.1 brought some of these, Python 3.12 and 3.13 know them, and some are still to come."""
    assert is_letter(letter)
    assert re.fullmatch(f"[{LETTER}]", letter)
    assert squash(f"甲{letter}，乙。") == f"甲{letter}乙"
    assert not is_letter("\U0001f600"), "an emoji is none"
