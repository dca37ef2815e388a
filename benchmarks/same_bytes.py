"""The same bytes in, the same bytes out: the corpus extracted and exported under everything that may not matter.

    .venv/bin/python benchmarks/same_bytes.py                          # this Python alone, some minutes
    .venv/bin/python benchmarks/same_bytes.py --python 3.12 --python /path/to/python3.13
    .venv/bin/python benchmarks/same_bytes.py --only hash --only zone

Each row is one difference from the first: number of workers, order of documents, seeds of hashes, locales, encodings,
time zones, threads and kernels of numpy's BLAS, the processor's features that numpy uses, optimized bytecode, other
folders, another Python. ``--python`` names an interpreter (a version is looked for on PATH and in ~/.pyenv); where it
lacks the libraries, an environment with those of constraints.txt is made for it in ``--environments``. Exit status: 0
all the same, 1 something differs. Needs the libraries of parkfacts[dev], which draw the documents.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from printed import pdf  # noqa: E402

PARKFACTS = ["-c", "from parkfacts.cli import main; main()"]
LIBRARIES = ["jieba", "rjieba", "opencc", "numpy", "spacy", "pydantic", "typer", "filelock", "rich", "lxml",
             "markdown-it-py", "openpyxl", "pypdfium2", "xlsxwriter", "pyarrow", "duckdb", "jinja2"]  # fmt: skip
EXPORTS = """
import sys; from pathlib import Path
from parkfacts.commands.records import Loading; from parkfacts.review import exchange; from parkfacts.write import forms
for room in (forms, exchange):
    for form in room.FORMS: room.export(Loading([sys.argv[1]]), form, Path(sys.argv[2]) / room.__name__ / form)
"""
FIXED = {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONPATH": str(ROOT / "pipeline")}


@dataclass(frozen=True)
class Way:
    """One way to do the same: what it changes of the environment, the options, the interpreter."""

    name: str
    env: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    python: Sequence[str] = (sys.executable,)
    turned: bool = False  # the documents from last to first
    moved: bool = False  # other folders for documents and records
    each: bool = False  # a process for each document
    ascii: bool = False  # without the documents whose names this locale cannot spell


def ways(pythons: Sequence[str]) -> Iterator[Way]:
    """What must not matter; the first row is what the others are compared with."""
    yield Way("one process")
    yield from (Way(f"-j {n}", options=("-j", str(n))) for n in (1, 2, 4))
    yield Way("documents from last to first", turned=True)
    yield Way("a process for each document", each=True)
    yield Way("other folders", moved=True)
    yield from (Way(f"hash seed {seed}", {"PYTHONHASHSEED": seed}) for seed in ("1", "2", "random"))
    yield from (Way(f"locale {name}", {"LC_ALL": name}) for name in ("C", "POSIX"))
    yield Way("locale zh_CN.GB18030", {"LC_ALL": "zh_CN.GB18030", "LANG": "zh_CN.GB18030"})
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    yield Way("locale C, no UTF-8 mode", bare, ascii=True)
    yield from (Way(f"stdio {name}", {"PYTHONIOENCODING": name}) for name in ("gbk", "latin-1", "ascii:strict"))
    for zone in ("Pacific/Kiritimati", "America/St_Johns", "Asia/Shanghai"):
        yield Way(f"zone {zone}", {"TZ": zone})
    for count in ("1", "4"):
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
        yield Way(f"BLAS threads {count}", dict.fromkeys(names, count))
    yield from (Way(f"BLAS of {core}", {"OPENBLAS_CORETYPE": core}) for core in blas_cores())
    yield from (Way(f"numpy up to {level}", {"NPY_DISABLE_CPU_FEATURES": off}) for level, off in numpy_levels())
    yield Way("python -O", python=(sys.executable, "-O"))
    yield Way("python -X dev", python=(sys.executable, "-W", "ignore", "-X", "dev"))
    yield from (Way(f"python {version_of(path)}", python=(path,)) for path in pythons)


def blas_cores() -> list[str]:
    """Kernels of OpenBLAS that this processor can run."""
    flags = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    wanted = {"Nehalem": "sse4_2", "Sandybridge": " avx ", "Haswell": "avx2", "SkylakeX": "avx512f"}
    return [core for core, flag in wanted.items() if flag in flags]


def numpy_levels() -> Iterator[tuple[str, str]]:
    """What numpy's own loops may be kept from using, from the newest features on."""
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    there = [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]
    for n in range(len(there)):
        yield there[n - 1] if n else "its baseline", " ".join(there[n:])


# ---- documents ----------------------------------------------------------------------------------------------------


def documents(folder: Path, some: int | None = None) -> list[Path]:
    """Reports of the corpus as text, and one in each of the other formats; a name in Chinese is among them."""
    reports = sorted((ROOT / "corpus" / "dev").glob("*/report.txt"))[:some]
    for report in reports:
        (folder / f"{report.parent.name}.txt").write_bytes(report.read_bytes())
        if (beside := report.with_name("report.meta.json")).exists():
            (folder / f"{report.parent.name}.meta.json").write_bytes(beside.read_bytes())
    lines = [line for line in reports[0].read_text("utf-8").splitlines() if line.strip()]
    (folder / "园区简报.md").write_text("# " + "\n\n".join(lines), "utf-8")
    paragraphs = "".join(f"<p>{line}</p>" for line in lines[1:])
    (folder / "page.html").write_bytes(f"<html><body><h1>{lines[0]}</h1>{paragraphs}</body></html>".encode("gb18030"))
    (folder / "printed.pdf").write_bytes(pdf(lines, columns=2))
    (folder / "new-letters.txt").write_text(NEW_LETTERS, "utf-8")
    _word(folder / "letter.docx", lines)
    _sheet(folder / "figures.xlsx", lines)
    return sorted(path for path in folder.iterdir() if not path.name.endswith(".meta.json"))


# characters that Unicode has since 15.0 and 15.1, which Python knows since 3.12 and 3.13
NEW_LETTERS = (
    "2023年6月，\U00031350\U0002ebf0科技有限公司投资3.8亿元的\U0002ebf1项目开工。园区在\U00031351\n\n"
    "\U0002ebf2镇新引进企业12家。\n"
)


def _word(path: Path, lines: Sequence[str]) -> None:
    from docx import Document

    made = Document()
    for line in lines:
        made.add_paragraph(line)
    made.save(str(path))


def _sheet(path: Path, lines: Sequence[str]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    figures = (["指标", "2022年", "2023年"], ["工业总产值（亿元）", 78.25, 86.5], ["企业数（家）", 300, 320])
    for row in (*figures, lines[:1]):
        book.active.append(row)
    book.save(path)


# ---- runs ---------------------------------------------------------------------------------------------------------


def records(way: Way, papers: Sequence[Path], at: Path) -> dict[str, bytes]:
    """What a way makes of the documents: every record and text by its name, and what is printed."""
    folder, out = papers[0].parent, at / "out"
    if way.moved:
        folder = at / "elsewhere" / "文件"
        shutil.copytree(papers[0].parent, folder)
        out = at / "records of it"
    names = [path.name for path in papers if path.name.isascii() or not way.ascii]
    if way.turned:
        names.reverse()
    told = b""
    for some in [[name] for name in names] if way.each else [names]:
        told = _run(way, [*PARKFACTS, "extract", *some, "-o", str(out), *way.options], folder)
    made = _files(out)
    if not (way.each or way.turned or way.ascii):  # whose tables tell other rows, or in another order
        made[_PRINTED] = told
    return made


def exports(way: Way, outputs: Path, at: Path) -> dict[str, bytes]:
    """What a way exports of records, by form."""
    _run(way, ["-c", EXPORTS, str(outputs), str(at / "exported")], at)
    duckdb = "parkfacts.write.forms/duckdb"
    return {**_files(at / "exported"), duckdb: _database(at / "exported" / duckdb)}


def _database(path: Path) -> bytes:
    """What a DuckDB file holds: DuckDB gives each a random number, so its bytes are never those of another."""
    import duckdb

    with duckdb.connect(str(path), read_only=True) as database:
        made = database.execute(
            "select name, sql from (select table_name as name, sql from duckdb_tables() union all "
            "select view_name, sql from duckdb_views() where not internal) order by all"
        ).fetchall()
        held = {name: [repr(row) for row in database.execute(f"select * from {name}").fetchall()] for name, _ in made}
    return json.dumps({"made": made, "held": held}).encode()


def _run(way: Way, arguments: Sequence[str], folder: Path) -> bytes:
    env = {**_bare(), **FIXED, **way.env}
    done = subprocess.run([*way.python, *arguments], env=env, cwd=folder, capture_output=True)
    if done.returncode:
        told = done.stderr.decode(errors="replace")
        raise SystemExit(f"{way.name}: {arguments[2:]}: status {done.returncode}\n{told}")
    return done.stdout


def _bare() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}


def _files(folder: Path) -> dict[str, bytes]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and ".parkfacts" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


_PRINTED = "(printed)"


def differences(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> list[str]:
    """The files that differ, each with the first place where it does."""
    shared = [name for name in before if name in now]
    told = [f"{name}: only one way has it" for name in {**before, **now} if name not in shared and name != _PRINTED]
    return told + [f"{name}: {_where(before[name], now[name])}" for name in shared if before[name] != now[name]]


def _where(before: bytes, now: bytes) -> str:
    try:
        return next(_places(json.loads(before), json.loads(now), ""))
    except (ValueError, StopIteration):
        at = next(n for n, (a, b) in enumerate(zip_longest(before, now)) if a != b)
        return f"byte {at} of {len(before)} and {len(now)}"


def _places(before: Any, now: Any, at: str) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(now, dict) and before.keys() == now.keys():
        for key in before:
            yield from _places(before[key], now[key], f"{at}.{key}".strip("."))
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for n, (a, b) in enumerate(zip(before, now, strict=True)):
            yield from _places(a, b, f"{at}.{n}")
    elif before != now:
        yield f"{at}: {before!r} and {now!r}"


# ---- other interpreters -------------------------------------------------------------------------------------------


def version_of(python: str) -> str:
    """Its version, 3.12.1."""
    code = "import sys; print('.'.join(map(str, sys.version_info[:3])))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def _starts(python: str) -> bool:
    """Whether it is more than a name: pyenv leaves one for versions that are not chosen."""
    return subprocess.run([python, "-c", ""], capture_output=True).returncode == 0


def interpreter(wanted: str, environments: Path) -> str | None:
    """A Python with the libraries; None, with a line that says so, where there is no such Python."""
    own = sorted(Path.home().glob(f".pyenv/versions/{wanted}*/bin/python"))
    tries = [shutil.which(wanted), shutil.which(f"python{wanted}"), *map(str, reversed(own))]
    python = next((one for one in tries if one and _starts(one)), None)
    if python is None:
        print(f"no Python {wanted} here: left out", file=sys.stderr)
        return None
    if subprocess.run([python, "-c", "import rjieba, spacy, duckdb"], capture_output=True).returncode == 0:
        return python
    place = environments / version_of(python)
    if not (place / "made").exists():
        print(f"making an environment for {python} in {place}", file=sys.stderr)
        subprocess.run([python, "-m", "venv", place], check=True)
        pip = [place / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-c", ROOT / "constraints.txt", *LIBRARIES], check=True)
        (place / "made").touch()
    return str(place / "bin" / "python")


# ---- the table ----------------------------------------------------------------------------------------------------


def matrix(chosen: Sequence[Way], at: Path, some: int | None) -> int:
    """Runs the ways, prints a row each, and returns how many differ."""
    (at / "in").mkdir()
    papers = documents(at / "in", some)
    print(f"{len(papers)} documents\n\n{'way':34} {'records':>8} {'same':>6}  exports", flush=True)
    first: tuple[dict[str, bytes], dict[str, bytes]] | None = None
    wrong = 0
    for way in chosen:
        with tempfile.TemporaryDirectory(dir=at) as folder:
            made = records(way, papers, Path(folder))
            if first is None:
                shutil.copytree(Path(folder) / "out", at / "records")
            taken = first[1] if way.ascii and first else exports(way, at / "records", Path(folder))
            first = first or (made, taken)
        wanted = {name: data for name, data in first[0].items() if name.isascii() or not way.ascii}
        odd, other = differences(wanted, made), differences(first[1], taken)
        told = "left out" if way.ascii else ", ".join(other) or "the same"
        count = sum(name.endswith(".json") for name in made)
        print(f"{way.name:34} {count:8} {len(made) - len(odd):6}  {told}", flush=True)
        for line in odd:
            print(f"    {line}", flush=True)
        wrong += bool(odd or other)
    digest = hashlib.sha256("".join(f"{k} {hashlib.sha256(v).hexdigest()}\n" for k, v in first[0].items()).encode())
    print(f"\n{wrong} of {len(chosen)} ways differ; digest of the first's records: {digest.hexdigest()[:16]}")
    return wrong


def main() -> None:
    """Reads the options, runs the matrix."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", default=[], help="a version (3.12) or a path; may be repeated")
    parser.add_argument("--environments", type=Path, default=Path(tempfile.gettempdir()) / "parkfacts-environments")
    parser.add_argument("--only", action="append", default=[], help="ways whose name holds this; may be repeated")
    parser.add_argument("--some", type=int, help="so many reports of the corpus only")
    asked = parser.parse_args()
    pythons = [path for wanted in asked.python if (path := interpreter(wanted, asked.environments))]
    base, *others = ways(pythons)
    chosen = [base, *(way for way in others if not asked.only or any(word in way.name for word in asked.only))]
    with tempfile.TemporaryDirectory() as folder:
        raise SystemExit(1 if matrix(chosen, Path(folder), asked.some) else 0)


if __name__ == "__main__":
    main()
