"""What the package does with its regular expressions, seen while it works on long and odd documents."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, NamedTuple

if __name__ == "__main__":  # in a process of its own, before the package is imported
    from fuzz import spied

    spied.install()

ROOT = Path(__file__).parents[2]
_APART = ("__main__", "_extract_into", "engines.ray", "engines.spark", "quality.plugin")
LONG = 1000  # characters: a call with more is one over a whole text


class Use(NamedTuple):
    """A pattern, the method that is called, and the longest text that it was called with (None: not seen)."""

    where: str
    source: str | bytes
    flags: int
    method: str
    longest: int | None

    @property
    def bounded(self) -> bool:
        """The package calls it on a few characters at a time, however long the document is."""
        return self.longest is not None and self.longest < LONG

    def compiled(self) -> re.Pattern[Any]:
        return re.compile(self.source, self.flags)  # type: ignore[arg-type]


def uses() -> list[Use]:
    """Every pattern outside the rules' tables with every way in which it is called."""
    done = subprocess.run([sys.executable, "-m", "fuzz.patterns"], cwd=ROOT / "tests", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    from ast import literal_eval

    return [Use(*row) for row in literal_eval(done.stdout)]


def _seen() -> Iterator[tuple[Any, ...]]:
    """By file and pattern: what the document's length and the line's number do not change."""
    longest: dict[tuple[str, Any, int, str], int | None] = {}
    for spy in spied.SPIES:
        file, line = spy.where.split(":")
        if file == "rules/engine.py" and not spy.calls:
            continue  # a row of a table that nothing met: the tables are timed as such
        for method, size in (spy.calls or dict.fromkeys(_named(file, int(line)))).items():
            flags = int(spy.flags) & ~(0 if isinstance(spy.pattern, bytes) else int(re.UNICODE))
            key = (file, spy.pattern, flags, method)
            longest[key] = size if size is None else max(size, longest.get(key) or 0)
    yield from ((*key, size) for key, size in longest.items())


def _named(file: str, line: int) -> list[str]:
    """How a module calls a pattern that was not called, by its text; the hardest way where it does not tell."""
    text = (ROOT / "pipeline" / "parkfacts" / file).read_text("utf-8")
    name = re.match(r"\s*(\w+)\b[^=]*=", text.splitlines()[line - 1])
    called = set(re.findall(rf"\b{name[1]}\.({'|'.join(spied._METHODS)})\(", text)) if name else set()
    return sorted(called) or ["finditer"]


def _work() -> None:
    """Long lines, with and without stops, and the formats that are read."""
    import parkfacts

    for module in walk_packages(parkfacts.__path__, "parkfacts."):
        if not module.name.endswith(_APART):
            import_module(module.name)
    from hostile import TEXT, docx, html, p, xlsx
    from parkfacts import extract, read

    reports = [path.read_text("utf-8") for path in sorted((ROOT / "corpus" / "dev").glob("*/report.txt"))[:8]]
    for report in reports:
        parkfacts.write.dump(extract(report))
    line = "".join(reports)[:5000].replace("\n", "")
    for stops in ("", "。", "。，", "。，、"):
        extract(line.translate(dict.fromkeys(map(ord, stops), "同")), ner_model="none")
    long = TEXT * 300
    for suffix, data in (
        (".txt", long.encode()),
        (".md", f"# {long}\n\n{long}\n\n| {long} | 1 |\n|---|---|\n| {long} | 2 |\n".encode()),
        (".html", html(f"<p>{long}</p><table><tr><td>{long}<td>1<tr><td>2<td>3</table>", f"<title>{long}</title>")),
        (".docx", docx(p(long) + p(long))),
        (".xlsx", xlsx(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{long}</t></is></c><c r="B1"><v>3.5</v></c></row>')),
    ):
        read.read_bytes(data, f"long{suffix}", suffix)


if __name__ == "__main__":
    _work()
    print(ascii([*_seen()]))
