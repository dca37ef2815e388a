"""The wheel in empty environments: what it says without its extras, what it does with each, and whether a record is
what the repository makes.

    python tools/trial.py WHEEL [--pythons VERSION,…] [--extras NAME,…] [--sbom FILE]

Without ``--pythons`` every Python from 3.11 to 3.13 that is found, the newest first; without ``--extras`` each that
users install. Each environment is new and holds the wheel and what it brings alone, pinned by constraints.txt; commands
run in an empty folder, on documents that lie elsewhere.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSIONS = ("3.13", "3.12", "3.11")
EXTRAS = ("pdf", "ocr", "export", "review", "train", "cluster", "ray", "spark")
REPORT = ROOT / "corpus" / "dev" / "lanting-newspaper-page" / "report.txt"
RECORD = ROOT / "outputs" / "corpus" / "dev" / "lanting-newspaper-page" / "report.json"
_LEFT_OUT = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTEST_CURRENT_TEST")


class Failed(Exception):
    """Something that a user would stumble over."""


@dataclass(frozen=True)
class Place:
    """An environment, an empty folder to be in, and a folder of documents."""

    python: Path
    work: Path
    documents: Path

    def run(self, *arguments: object, status: int = 0, says: str = "") -> str:
        """What ``parkfacts`` writes to both streams; it must end with the status, and say so."""
        command = [str(self.python.with_name("parkfacts")), *map(str, arguments)]
        done = subprocess.run(command, cwd=self.work, env=_environment(), capture_output=True, text=True, check=False)
        told = done.stdout + done.stderr
        if done.returncode != status or says not in told or "Traceback" in told:
            raise Failed(f"{' '.join(command)}: status {done.returncode}, {status} and {says!r} expected:\n{told}")
        return told


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}


def pythons() -> dict[str, Path]:
    """The interpreters that are found, by version: on the path, where pyenv puts them, and this one."""
    found = {}
    for version in VERSIONS:
        tries = [shutil.which(f"python{version}"), *sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))]
        here = sys.executable if sys.version.startswith(f"{version}.") else None
        for one in filter(None, [*tries, here]):
            done = subprocess.run(
                [str(one), "-c", "import venv, sys; print(sys.version)"], capture_output=True, check=False
            )
            if done.stdout.decode().startswith(f"{version}."):
                found[version] = Path(one)
                break
    return found


def environment(python: Path, folder: Path, wheel: Path, extras: Sequence[str] = ()) -> Path:
    """A new environment without pip, with the wheel and its extras; its interpreter."""
    subprocess.run([str(python), "-m", "venv", "--without-pip", str(folder)], check=True)
    new = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = f"{wheel.resolve()}[{','.join(extras)}]" if extras else str(wheel.resolve())
    pip = [sys.executable, "-m", "pip", "--python", str(new), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-c", str(ROOT / "constraints.txt"), wanted], check=True)
    return new


def documents(folder: Path) -> Path:
    """A report, and a small document for each extra that reads."""
    from openpyxl import Workbook
    from PIL import Image, ImageDraw
    from reportlab.pdfgen.canvas import Canvas

    folder.mkdir()
    shutil.copy(REPORT, folder / "report.txt")
    page = Canvas(str(folder / "page.pdf"))
    page.drawString(50, 700, "2023-06-30")
    page.save()
    picture = Image.new("RGB", (400, 80), "white")
    ImageDraw.Draw(picture).text((20, 30), "2023-06-30", fill="black", font_size=30)
    picture.save(folder / "scan.png")
    book = Workbook()
    book.active.append(["2023年6月", "12家"])
    book.save(folder / "sheet.xlsx")
    for name in ("甲", "乙"):
        _reviewed(folder / "gold" / name, f"2023年6月，晟{name}精工有限公司投资3亿元的项目开工。\n")
    return folder


def _reviewed(folder: Path, text: str) -> None:
    """A document with what is found in it as its gold."""
    import json

    from parkfacts import extract

    folder.mkdir(parents=True)
    (folder / "report.txt").write_text(text, "utf-8")
    record = extract(folder / "report.txt").model_dump(mode="json")
    for one in (*record["companies"], *record["projects"]):
        for field in ("ledger", "companies", "investment", "area", "milestones", "dates"):
            one.pop(field, None)
    (folder / "gold.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")


# ---- what is tried ----------------------------------------------------------------------------------------------


def bare(place: Place) -> None:
    """Without extras: the help, the record of a report byte for byte, and errors that say what to install."""
    place.run("--help", says="extract")
    place.run("extract", place.documents / "report.txt", "-o", "out")
    if (place.work / "out" / "report.json").read_bytes() != RECORD.read_bytes():
        raise Failed(f"{place.python}: the record of {REPORT} is not that of the repository")
    for form in ("csv", "md", "jsonl", "json", "w3c"):
        place.run("export", "out", "--to", form, "-o", f"as-{form}")
    place.run("evaluate", place.documents / "gold", says="amounts")
    for form in ("xlsx", "parquet", "duckdb"):  # html needs Jinja2, which spaCy brings today
        place.run("export", "out", "--to", form, "-o", "x", status=1, says="pip install 'parkfacts[export]'")
    for file, extra in (("page.pdf", "pdf"), ("scan.png", "ocr"), ("sheet.xlsx", "export")):
        place.run("extract", place.documents / file, status=1, says=f"pip install 'parkfacts[{extra}]'")
    place.run("review", "out", "--no-browser", status=1, says="pip install 'parkfacts[review]'")
    place.run("extract", "s3://nowhere/in", "-o", "x", status=1, says="pip install 'parkfacts[cluster]'")
    for engine in ("ray", "spark"):
        report = place.documents / "report.txt"
        place.run("extract", report, "-o", "x", "--engine", engine, status=1, says=f"pip install 'parkfacts[{engine}]'")


def pdf(place: Place) -> None:
    place.run("extract", place.documents / "page.pdf", "-o", "out")


def ocr(place: Place) -> None:
    place.run("extract", place.documents / "scan.png", "-o", "out")


def export(place: Place) -> None:
    place.run("extract", place.documents / "sheet.xlsx", place.documents / "report.txt", "-o", "out")
    for form in ("xlsx", "parquet", "duckdb", "html"):
        place.run("export", "out", "--to", form, "-o", f"as-{form}")


def review(place: Place) -> None:
    place.run("extract", place.documents / "report.txt", "-o", "out")
    command = [str(place.python.with_name("parkfacts")), "review", "out", "--no-browser"]
    with subprocess.Popen(command, cwd=place.work, env=_environment(), stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().decode().strip()
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor())
            page = opener.open(address, timeout=30).read().decode()
            told = opener.open(f"{address.partition('?')[0]}api/documents", timeout=30).read().decode()
        finally:
            server.terminate()
    if "<html" not in page or '"report"' not in told:
        raise Failed(f"{place.python}: the review page does not come up: {page[:200]} {told[:200]}")


def train(place: Place) -> None:
    text = place.work / "text"
    text.mkdir()
    (text / "a.txt").write_text("昨天，{c|瑾帆电子}的新厂房封顶。\n上年增长两成。\n", "utf-8")
    place.run("train", text, "--from", place.documents / "gold", "-o", "model", "--passes", 1)
    place.run("extract", place.documents / "report.txt", "-o", "out", "--ner-model", "model")


def cluster(place: Place) -> None:
    out = (place.work / "out").as_uri()
    place.run("extract", place.documents.as_uri() + "/report.txt", "-o", out)


def ray(place: Place) -> None:
    place.run("extract", place.documents / "report.txt", "-o", "out", "--engine", "ray", "-j", 1)


def spark(place: Place) -> None:
    place.run("extract", place.documents / "report.txt", "-o", "out", "--engine", "spark", "-j", 1)


TRIALS: dict[str, Callable[[Place], None]] = {
    one.__name__: one for one in (bare, pdf, ocr, export, review, train, cluster, ray, spark)
}


def trials(wheel: Path, found: dict[str, Path], extras: Sequence[str]) -> Iterator[str]:
    """Tries the wheel on every Python, and each extra by itself on the first; a line for what was done."""
    wanted = [(version, "bare") for version in found] + [(next(iter(found)), extra) for extra in extras]
    with tempfile.TemporaryDirectory(prefix="parkfacts-trial-") as folder:
        given = documents(Path(folder, "documents"))
        for version, name in wanted:
            if name == "spark" and shutil.which("java") is None:
                yield "spark: NOT TRIED, there is no Java here"
                continue
            at = Path(folder, f"{version}-{name}")
            python = environment(found[version], at / "env", wheel, () if name == "bare" else (name,))
            (at / "work").mkdir()
            TRIALS[name](Place(python, at / "work", given))
            yield f"{name} on Python {version}: works"
            shutil.rmtree(at / "env")


def bill(python: Path, wheel: Path, file: Path) -> None:
    """The bill of materials (CycloneDX) of the wheel with all extras but Ray and Spark, from an environment."""
    with tempfile.TemporaryDirectory() as folder:
        new = environment(python, Path(folder, "env"), wheel, [one for one in EXTRAS if one not in ("ray", "spark")])
        command = [sys.executable, "-m", "cyclonedx_py", "environment", str(new), "--output-reproducible",
                   "--pyproject", str(ROOT / "pyproject.toml"), "--of", "JSON", "-o", str(file)]  # fmt: skip
        subprocess.run(command, check=True)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--pythons", default=",".join(VERSIONS))
    parser.add_argument("--extras", default=",".join(EXTRAS))
    parser.add_argument("--sbom", type=Path)
    chosen = parser.parse_args()
    wanted = [one for one in chosen.pythons.split(",") if one]
    found = {version: path for version, path in pythons().items() if version in wanted}
    for version in set(wanted) - set(found):
        print(f"Python {version}: NOT TRIED, it is not here", flush=True)
    if not found:
        raise SystemExit("error: none of these Pythons is here")
    try:
        for line in trials(chosen.wheel, found, [one for one in chosen.extras.split(",") if one]):
            print(line, flush=True)
    except (Failed, subprocess.CalledProcessError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if chosen.sbom:
        bill(next(iter(found.values())), chosen.wheel, chosen.sbom)
        print(f"bill of materials: {chosen.sbom}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
