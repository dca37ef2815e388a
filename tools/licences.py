"""Licences of what ships: of all that the wheel depends on, and that its extras bring, as it is installed here.

    python tools/licences.py [EXTRA ...]     without extras: of all that users install

Prints a table. Status 1: something is neither allowed nor judged in ``licences.toml``; 2: something is not installed
here, so that nothing can be said of it.
"""

from __future__ import annotations

import csv
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from license_expression import ExpressionError, get_spdx_licensing
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
NOT_SHIPPED = {"dev", "docs", "fuzz", "release"}
_FILES = re.compile(r"licen[cs]e|copying|notice|third.?party", re.IGNORECASE)
_CODE = (".py", ".pyc", ".pyi", ".h", ".so")
_COPYLEFT = {
    "AGPL": r"\bAGPL|GNU Affero General Public",
    "GPL": r"\bGPL|GNU General Public",
    "LGPL": r"\bLGPL|GNU (?:Lesser|Library) General Public",
    "MPL": r"\bMPL\b|Mozilla Public Licen[cs]e",
    "EPL": r"\bEPL\b|Eclipse Public Licen[cs]e",
    "CDDL": r"\bCDDL\b",
    "EUPL": r"\bEUPL\b",
}


@dataclass(frozen=True)
class Policy:
    """What is allowed (SPDX), how libraries spell it, and what was judged by a person."""

    allowed: frozenset[str]
    spelled: dict[str, str] = field(default_factory=dict)
    judged: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path = ROOT / "tools" / "licences.toml") -> Policy:
        data = tomllib.loads(path.read_text("utf-8"))
        return cls(frozenset(data["allowed"]), data["spelled"], data["judged"])


@cache
def project() -> dict[str, Any]:
    """The table ``project`` of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return table


def shipped(extras: Iterable[str] = ()) -> list[str]:
    """The requirements of users: of the wheel, and of the extras (all of theirs without)."""
    optional = project()["optional-dependencies"]
    chosen = list(extras) or [name for name in optional if name not in NOT_SHIPPED]
    return [*project()["dependencies"], *(one for name in chosen for one in optional[name])]


def closure(requirements: Iterable[str]) -> tuple[dict[str, Distribution], set[str]]:
    """What the requirements bring in this environment, by name, and the names of what is not installed."""
    found: dict[str, Distribution] = {}
    missing: set[str] = set()
    seen: set[tuple[str, str]] = set()
    todo = [Requirement(one) for one in requirements]
    while todo:
        wanted = todo.pop()
        name = canonicalize_name(wanted.name)
        for extra in ("", *wanted.extras):
            if (name, extra) in seen or name == project()["name"]:
                continue
            seen.add((name, extra))
            try:
                found[name] = _installed(name)
            except PackageNotFoundError:
                missing.add(name)
                continue
            needs = map(Requirement, found[name].requires or ())
            todo += [one for one in needs if one.marker is None or one.marker.evaluate({"extra": extra})]
    return dict(sorted(found.items())), missing


@cache
def _installed(name: str) -> Distribution:
    return distribution(name)


def licence(told: Distribution, policy: Policy) -> str:
    """The licence that a library tells, as an SPDX expression where it can be made one."""
    data = told.metadata
    classifiers = [one.rpartition(" :: ")[2] for one in data.get_all("Classifier", []) if one.startswith("License")]
    words = [data.get("License-Expression"), data.get("License"), *reversed(classifiers), *_first_lines(told)]
    first = next((one.strip() for one in words if one and len(one) < 100), "tells none")
    return policy.spelled.get(first, first)


def _first_lines(told: Distribution) -> Iterator[str]:
    for file in _papers(told):
        yield next(iter(file.read_text("utf-8", "replace").strip().splitlines()), "")


def mentions(told: Distribution) -> list[str]:
    """Licences with copyleft that its licence files speak of, its own or of what its wheel brings."""
    return sorted({name for file in _papers(told) for name in _spoken_of(file)})


def _papers(told: Distribution) -> Iterator[Path]:
    """Its licence files, by the list of what was installed (``told.files`` looks at each of thousands on the disk)."""
    for row in csv.reader((told.read_text("RECORD") or "").splitlines()):
        if _FILES.search(row[0]) and not row[0].endswith(_CODE):
            file = Path(str(told.locate_file(row[0])))
            if file.is_file():
                yield file


@cache
def _spoken_of(file: Path) -> frozenset[str]:
    text = " ".join(file.read_text("utf-8", "replace").split())
    return frozenset(name for name, words in _COPYLEFT.items() if re.search(words, text, re.IGNORECASE))


def permitted(expression: str, allowed: frozenset[str]) -> bool:
    """Whether one can take it under allowed licences alone: all parts of an AND, one of an OR."""
    try:
        tree = _spdx().parse(expression, validate=True)
    except ExpressionError:
        return False
    return bool(_permitted(tree, allowed))


@cache
def _spdx() -> Any:
    return get_spdx_licensing()


def _permitted(tree: Any, allowed: frozenset[str]) -> bool:
    if not getattr(tree, "args", ()):
        return str(tree) in allowed
    judge = all if type(tree).__name__ == "AND" else any
    return judge(_permitted(one, allowed) for one in tree.args)


def faults(name: str, told: Distribution, policy: Policy) -> Iterator[str]:
    """What is wrong with a library's licences."""
    judged = policy.judged.get(name, {})
    own, others = licence(told, policy), mentions(told)
    if not permitted(own, policy.allowed) and own != judged.get("licence"):
        yield f"{name} {told.version}: its licence is {own!r}, which is neither allowed nor judged"
    if new := set(others) - set(judged.get("mentions", ())):
        yield f"{name} {told.version}: its files speak of {', '.join(sorted(new))}, which no one has judged"


def main(extras: list[str]) -> int:
    """The command."""
    policy = Policy.read()
    found, missing = closure(shipped(extras))
    for name, told in found.items():
        print(f"{name:26} {told.version:18} {licence(told, policy):52} {' '.join(mentions(told))}")
    wrong = [one for name, told in found.items() for one in faults(name, told, policy)]
    for line in wrong:
        print(f"error: {line}", file=sys.stderr)
    if missing:
        print(f"not checked, for it is not installed: {', '.join(sorted(missing))}", file=sys.stderr)
    return 1 if wrong else 2 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
