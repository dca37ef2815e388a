"""Reads a table of rules and finds where they match.

A table is a TOML file::

    starts = '[0-9今去]'           # where a match can begin: a cheap scan that passes over everything else
    [words]                        # parts that are lexicons: {unit} is any of the words in the rows of units.toml
    unit = "units"
    [parts]                        # named parts, written {name} in patterns; _parts.toml holds the common ones
    year = '(?P<year>\\d{4})年'
    [[rule]]
    name = "month-end"
    pattern = '{year}(?P<month>{month})月[底末]'
    produce = "ten_days_last"      # a function of the room that uses the table; None from it means: not here
    examples = ["计划【2024年6月底】投产 => 2024-06-21/2024-06-30 ~"]
    never = ["6月底薪上调"]         # texts in which this rule must find nothing
    known_failures = []            # examples that fail today, and are meant to pass one day

Rules vote in the order of the file: at one place the first rule that matches and does not abstain wins, and the next
match is looked for behind it. So the longer construction stands before the shorter one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple, TypeVar

from parkfacts.rules.needs import Need, needs
from parkfacts.rules.openings import ByFirst, beginning, by_first, openings, seconds
from parkfacts.text import Mention

from re import _parser  # type: ignore[attr-defined]  # isort: skip

V = TypeVar("V")
Produce = Callable[[re.Match[str]], V | None]

_PART = re.compile(r"\{([a-z][a-z_]*)\}")
_GROUP = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Rule:
    """One row of a table; ``source`` is its pattern with the parts put in, ``opens`` what a match can begin with,
    ``needs`` what stands in every match."""

    name: str
    source: str
    produce: str
    examples: tuple[str, ...]
    never: tuple[str, ...]
    known_failures: tuple[str, ...]
    opens: ByFirst
    needs: tuple[Need, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when first needed, with its named groups: a run meets a part of the rules only."""
        return re.compile(self.source)


class Hit(NamedTuple):
    """A rule, and the match that it made."""

    rule: Rule
    match: re.Match[str]


Shelf = tuple[dict[str, tuple[Rule, ...]], tuple[Rule, ...]]


class _Shelves(dict[str, Shelf]):
    """By its first character, the rules that a match can begin with: by the second one, and those for any other. A
    shelf is put together when its character is first met."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, first: str) -> Shelf:
        behind = [(rule, seconds(rule.opens, first)) for rule in self._rules]
        told = {char for _, chars in behind for char in chars or ()}
        by_second = {char: tuple(rule for rule, chars in behind if chars is None or char in chars) for char in told}
        self[first] = by_second, tuple(rule for rule, chars in behind if chars is None)
        return self[first]


@dataclass(frozen=True)
class Table:
    """The rules of one dimension, compiled into one scan."""

    name: str
    rules: tuple[Rule, ...]
    _starts: re.Pattern[str]

    @cached_property
    def _shelves(self) -> _Shelves:
        return _Shelves(self.rules)

    def may_start(self, view: str, position: int) -> bool:
        """Whether the table's ``starts`` matches at a position: a cheap question before a dear one."""
        return self._starts.match(view, position) is not None

    def at(self, view: str, position: int) -> Iterator[Hit]:
        """The rules that match at a position, in their order."""
        by_second, others = self._shelves[view[position : position + 1]]
        for rule in by_second.get(view[position + 1 : position + 2], others):
            match = rule.pattern.match(view, position)
            if match is not None and match.end() > position:
                yield Hit(rule, match)

    def scan(self, view: str, produce: Mapping[str, Produce[V]]) -> Iterator[Mention[V]]:
        """Non-overlapping mentions from left to right, with the values that ``produce`` made of them."""
        end, shelves = 0, self._shelves
        for start in self._starts.finditer(view):
            position = start.start()
            if position < end or position == len(view):
                continue
            by_second, others = shelves[view[position]]
            for rule in by_second.get(view[position + 1 : position + 2], others):
                for char, within in rule.needs:
                    if char not in view[position : position + within]:
                        break
                else:
                    match = rule.pattern.match(view, position)
                    if match is not None and (value := produce[rule.produce](match)) is not None:
                        end = match.end()
                        yield Mention(position, end, rule.name, value)
                        break


@cache
def load(name: str) -> Table:
    """The table ``rules/<name>.toml``. Raises ``ValueError`` naming the table and the rule that is malformed."""
    table = data(name)
    lexicons = {part: alternation(words(file)) for part, file in table.get("words", {}).items()}
    parts = {**data("_parts")["parts"], **lexicons, **table.get("parts", {})}
    rules = tuple(_rule(name, row, parts) for row in table["rule"])
    names = [rule.name for rule in rules]
    if len(set(names)) != len(names):
        raise ValueError(f"rules/{name}.toml: a rule's name is used twice")
    starts = _expand(table.get("starts", "."), parts, name)
    return Table(name, rules, re.compile(starts if starts.startswith("[") else guarded(starts)))


@cache
def data(name: str) -> dict[str, Any]:
    """The content of ``rules/<name>.toml``; shared, so not to be changed."""
    with (files(__package__) / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def words(name: str) -> list[str]:
    """The ``words`` of every row of a lexicon; a word may carry look-arounds that say where it is none."""
    return [word for rows in data(name).values() for row in rows for word in row["words"]]


def bare(word: str) -> str:
    """A lexicon's word without its look-arounds."""
    while "(" in word:
        word = _GROUP.sub("", word)
    return word


def alternation(lexicon: Sequence[str]) -> str:
    """A pattern for any of the words, longer ones first. Words that begin alike stand together, and groups of them
    behind a look at the first character: a place where no word begins is passed over at once."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(lexicon, key=lambda word: -len(bare(word))):
        by_first.setdefault(bare(word)[0], []).append(word)
    firsts = sorted(by_first)
    size = max(1, int(len(firsts) ** 0.5))
    shelves = [firsts[at : at + size] for at in range(0, len(firsts), size)]
    options = (
        f"(?=[{re.escape(''.join(shelf))}])(?:{'|'.join(w for f in shelf for w in by_first[f])})" for shelf in shelves
    )
    return f"(?=[{re.escape(''.join(firsts))}])(?:{'|'.join(options)})"


def guarded(pattern: str) -> str:
    """A pattern to be searched for, behind a look at its first character: most places are passed over at once."""
    begins = beginning(pattern)
    return f"(?={begins})(?:{pattern})" if begins else pattern


def _rule(table: str, row: Mapping[str, Any], parts: Mapping[str, str]) -> Rule:
    where = f"rules/{table}.toml, rule {row.get('name')!r}"
    unknown = set(row) - {"name", "pattern", "produce", "examples", "never", "known_failures"}
    if unknown:
        raise ValueError(f"{where}: unknown keys {sorted(unknown)}")
    try:
        source = _expand(str(row["pattern"]), parts, where)
        tree = _parser.parse(source)
    except (re.error, KeyError) as error:
        raise ValueError(f"{where}: {error}") from error
    examples, never, failures = (tuple(row.get(key, ())) for key in ("examples", "never", "known_failures"))
    return Rule(row["name"], source, row["produce"], examples, never, failures, by_first(openings(tree)), needs(tree))


def _expand(pattern: str, parts: Mapping[str, str], where: str) -> str:
    """Puts named parts in, parts within parts too."""
    for _ in range(8):
        pattern, count = _PART.subn(lambda m: f"(?:{parts[m[1]]})", pattern)
        if not count:
            return pattern
    raise ValueError(f"{where}: parts refer to each other in a circle")
