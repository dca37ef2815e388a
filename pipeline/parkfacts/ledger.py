"""A user's own ledger of firms: a CSV file with a row a firm, which names are linked to.

The first row names the columns, in any order: ``name`` (企业名称, 公司名称, 名称), ``aliases`` (别名, 简称, 曾用名;
divided by ; ； | or 、), ``code`` (统一社会信用代码) and ``id`` (编号); others are passed over, and only ``name`` must
be there. Any encoding that documents may have is read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from parkfacts.errors import LedgerError
from parkfacts.read.encoding import decode
from parkfacts.segment import fold

_COLUMNS = {
    "name": ("name", "企业名称", "公司名称", "单位名称", "名称"),
    "aliases": ("aliases", "alias", "别名", "简称", "企业简称", "曾用名"),
    "code": ("code", "uscc", "统一社会信用代码", "信用代码"),
    "id": ("id", "编号"),
}
_DIVIDED = re.compile("[;；|、]")
# GB 32100: digits and capital letters without I, O, S, V and Z
_CODE = re.compile("[0-9A-HJ-NPQRTUWXY]{18}")
_SHOWN = 5  # faulty rows that an error names


class Firm(NamedTuple):
    """A row: ``row`` counts from 1, the head included, as a spreadsheet does."""

    name: str
    aliases: tuple[str, ...] = ()
    code: str | None = None
    id: str | None = None
    row: int = 0


@dataclass(frozen=True, eq=False)
class Ledger:
    """The firms of a ledger, in its order."""

    firms: tuple[Firm, ...]

    @classmethod
    def read(cls, path: Path) -> Ledger:
        """The ledger in a CSV file. Raises ``LedgerError``, which names the rows to mend."""
        name = path.as_posix()
        try:
            data = path.read_bytes()
        except OSError as error:
            problem = f"cannot be read ({error.strerror or error})"
            raise LedgerError(name, problem, "check the path of the ledger") from None
        return cls.parse(decode(data, name)[0] if data else "", name)

    @classmethod
    def parse(cls, text: str, name: str = "ledger") -> Ledger:
        """The ledger in the text of a CSV file; ``name`` is what messages call it."""
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error as error:
            raise LedgerError(name, f"no CSV: {error}", "save the sheet as CSV again") from None
        columns = _head(rows[0] if rows else [], name)
        firms: list[Firm] = []
        faults: list[str] = []
        seen: dict[str, int] = {}
        for number, row in enumerate(rows[1:], 2):
            if not any(cell.strip() for cell in row):
                continue
            firm = _firm(row, columns, number)
            fault = _fault(firm, seen)
            faults += [f"row {number}: {fault}"] if fault else []
            seen.setdefault(fold(firm.name), number)
            firms.append(firm)
        if faults:
            more = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
            raise LedgerError(name, "; ".join(faults[:_SHOWN]) + more, "mend these rows")
        return cls(tuple(firms))

    @cached_property
    def by_form(self) -> Mapping[str, Firm]:
        """Firms by the folded spellings of their names and aliases. A name goes before an alias, and an alias of
        several firms means none of them."""
        names = dict(_spelled((f.name, f) for f in reversed(self.firms)))
        owners: dict[str, set[Firm]] = {}
        for form, firm in _spelled((alias, f) for f in self.firms for alias in f.aliases):
            owners.setdefault(form, set()).add(firm)
        return {form: next(iter(firms)) for form, firms in owners.items() if len(firms) == 1} | names


def _head(cells: Sequence[str], name: str) -> dict[str, int]:
    """Where the columns stand."""
    at = {cell.strip().lower(): i for i, cell in reversed(list(enumerate(cells)))}
    found = {column: at[word] for column, words in _COLUMNS.items() for word in reversed(words) if word in at}
    if "name" not in found:
        advice = "begin with a row such as name,aliases,code"
        raise LedgerError(name, "row 1: no column is called name or 企业名称", advice)
    return found


def _firm(row: Sequence[str], columns: Mapping[str, int], number: int) -> Firm:
    cells = {column: row[i].strip() for column, i in columns.items() if i < len(row)}
    aliases = tuple(dict.fromkeys(a for part in _DIVIDED.split(cells.get("aliases", "")) if (a := part.strip())))
    return Firm(cells.get("name", ""), aliases, cells.get("code", "").upper() or None, cells.get("id") or None, number)


def _fault(firm: Firm, seen: Mapping[str, int]) -> str | None:
    short = next((form for form in (firm.name, *firm.aliases) if len(form) < 2), None)
    if not firm.name:
        return "no name"
    if short is not None:
        return "a name of under 2 characters"
    if fold(firm.name) in seen:
        return f"the name stands in row {seen[fold(firm.name)]} already"
    if firm.code is not None and not _CODE.fullmatch(firm.code):
        return "the code is none of 18 digits and capital letters"
    return None


def _spelled(forms: Iterable[tuple[str, Firm]]) -> Iterator[tuple[str, Firm]]:
    """The forms as texts may have them, with brackets of either width; all are folded at once, since a single name does
    not tell whether it is traditional."""
    made = list(forms)
    for (_, firm), form in zip(made, fold("\n".join(form for form, _ in made)).split("\n"), strict=bool(made)):
        yield form.translate(_NARROW), firm
        yield form.translate(_WIDE), firm


_WIDE, _NARROW = str.maketrans("()", "（）"), str.maketrans("（）", "()")
