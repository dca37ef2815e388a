"""Firms, bodies that are none, and named projects.

``find`` reads in order: atoms, legal names, bodies, definitions, short names by vote, the model's candidates, the
filter, the user's ledger, then the spread of what passed it to the whole document, and projects. The words are in
``rules/_lexicon.toml``, what stands beside a name is in ``rules/names_*.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from parkfacts.find.names import atoms as words
from parkfacts.find.names import forms, legal, organizations, projects, registered, short, sites, spread
from parkfacts.find.names.atoms import Atoms
from parkfacts.find.names.lexicon import lexicon
from parkfacts.find.names.model import Candidate, Found, Name, Recognizer
from parkfacts.ledger import Ledger
from parkfacts.ner.asked import Asked
from parkfacts.segment import Document
from parkfacts.text import Mention, Span

__all__ = ["Name", "Recognizer", "find"]

_COMPANY, _PROJECT = Name("company"), Name("project")
_SURE = 0.9  # a firm that the model alone finds
_PREPOSITIONS = "由被把"
_SHORTEST = 2  # characters of a name
_SKIPPED_ZONES = frozenset(("byline", "boilerplate"))
# what is built, and not yet a park: told with its builder, its money, or the contract for it
_BUILT = re.compile(
    r"由[^，。；\n]{2,40}?(?:建设|投资|打造)|[，（(：]?(?:项目)?(?:计划|预计)?总投资|投资协议|项目(?!建设|部)"
    r"|[^\S\n]*\n\s*+(?:建设|业主|投资|施工)(?:单位|方|主体)"
)
_BUILDS = re.compile(r"(?:(?<![在加快])建设|谋划|打造|兴建|投建|签订|签约)(?:了|的)?\Z|投资[^，。；\n]{1,14}元的\Z")


def find(
    doc: Document, taken: Sequence[Span] = (), ner: Recognizer | None = None, ledger: Ledger | None = None
) -> list[Mention[Name]]:
    """Names in text order; a project's range may hold a firm's. No short name overlaps a ``taken`` range."""
    view, atoms = doc.view, words.cut(doc)
    found = _whole_names(view, atoms)
    places = _places(atoms, found)
    found += spread.definitions(view, found)
    held = [Span(f.start, f.end) for f in found]
    known = _known(atoms, places, found)
    votes = short.Votes(view, atoms, known, [*held, *taken])
    said = [_named(view, c) for c in ner.candidates(doc, _asked(votes, held))] if ner is not None else []
    heard = {(start, end): _heard(kind, sure) for start, end, kind, sure in said if view[start:end] not in places}
    found += [Found(s, e, "vote", _COMPANY, score) for s, e, score in votes.firms(heard)]
    found += _from_model(said, doc, atoms, places, found)
    found = _widened(view, found, known.forms | known.cores)
    if ledger is not None:
        found = registered.correct(view, atoms, found, ledger)
    found = _with_called(found, spread.called(view, found))
    found = _built_parks(doc, _named_by_firms(atoms, found))
    found += spread.everywhere(view, atoms, found, places)
    firms = [(f.start, f.end) for f in found if f.name == _COMPANY]
    found = _with_projects(found, projects.find(view, atoms, firms))
    return [Mention(f.start, f.end, f.rule, f.name, f.score) for f in sorted(found) if _readable(doc, f.start)]


def _whole_names(view: str, atoms: Atoms) -> list[Found]:
    """Legal names and bodies; where the two overlap, a body that goes on behind a group is the body (X集团研究院), and
    a firm with its form of law stays one (X公司研发中心)."""
    firms = [Found(s, e, "legal-form", _COMPANY) for s, e in legal.find(view, atoms)]
    bodies = [Found(b.start, b.end, b.type, Name("organization", b.type)) for b in organizations.find(view, atoms)]
    bodies += [Found(s.start, s.end, s.type, Name("organization", s.type)) for s in sites.find(view, atoms)]
    kept: list[Found] = []
    for f in sorted((*firms, *bodies), key=lambda f: (f.start, f.name != _COMPANY, -f.end)):
        last = kept[-1] if kept else None
        if last is None or f.start >= last.end:
            kept.append(f)
        elif f.end > last.end and last.name == _COMPANY != f.name and not _lawful(view, last):
            kept[-1] = f
    return kept


def _lawful(view: str, firm: Found) -> bool:
    return view.endswith(("公司", "厂"), firm.start, firm.end)


def _places(atoms: Atoms, found: Iterable[Found]) -> frozenset[str]:
    """The document's own place names, which the dictionary does not know: 康屿 of 康屿高新区, 康屿县."""
    names: set[str] = set()
    counts = Counter(atoms.view[f.start : f.end] for f in found)
    for f in found:
        text = atoms.view[f.start : f.end]
        # a park that is named once may be called after a firm: X智能装备产业园
        if f.name.type in ("government", "town") or (f.name.type == "park" and (counts[text] > 1 or text[-1] == "区")):
            inner = atoms.inside(f.start, f.end)
            first = next((i for i, a in enumerate(inner) if a.kind in "KE"), len(inner))
            core = "".join(a.text for a in takewhile(lambda a: a.kind in "KEs", inner[first:]))
            names |= {core, core.rstrip("市县区省镇")}
    return frozenset(name for name in names if len(name) > 1)


def _known(atoms: Atoms, places: frozenset[str], found: Sequence[Found]) -> short.Known:
    """What the legal names tell of the short ones."""
    cores: set[str] = set()
    shorts: set[str] = set()
    for f in found:
        if f.name == _COMPANY:
            core, rest, place = forms.core(atoms, f.start, f.end, places)
            cores.add(core)
            shorts |= forms.short(core, rest, place)
    ends = frozenset(f.end for f in found if f.name == _COMPANY and atoms.view.endswith("公司", f.start, f.end))
    return short.Known(places, frozenset(cores), frozenset(shorts), ends)


def _asked(votes: short.Votes, held: Sequence[Span]) -> Asked:
    """Where a model can change the answer: at candidates that the votes leave open, and outside of what is found."""
    return Asked(votes.unsure(), [*held, *(Span(start, end) for start, end, _ in votes.firms())])


def _named(view: str, said: Candidate) -> Candidate:
    """What a model found without a preposition in front: 由海桐资本领投."""
    start, end, kind, sure = said
    return (start + 1, end, kind, sure) if view[start] in _PREPOSITIONS and end - start > _SHORTEST else said


def _heard(kind: str, sure: float | None) -> float:
    """What a model says of a range, from -1 (surely the name of something else) to 1 (surely a firm)."""
    probability = 1.0 if sure is None else sure
    return probability if kind == "company" else -probability


def _from_model(
    said: Iterable[Candidate], doc: Document, atoms: Atoms, places: frozenset[str], found: Sequence[Found]
) -> Iterator[Found]:
    """The firms that the model is sure of, through the filter that the rules' own pass, where nothing was found yet."""
    held = {position for f in found for position in range(f.start, f.end)}
    generic = lexicon().generic
    for start, end, kind, sure in said:
        if kind != "company" or (sure is not None and sure < _SURE) or _within_a_word(doc.view, end):
            continue
        if short.among_projects(doc.view, start, end):
            continue
        inner = atoms.inside(start, end)
        named = any(a.kind == "K" or a.text not in generic for a in inner if a.kind in "KNVTM")
        if named and doc.view[start:end] not in places and held.isdisjoint(range(start, end)):
            yield Found(start, end, "ner", _COMPANY, sure)


def _widened(view: str, found: list[Found], forms: Iterable[str]) -> list[Found]:
    """Short names that are only a part of a known form of a firm take all of it: 华鑫 in 时代华鑫."""
    held = {position for f in found for position in range(f.start, f.end)}
    known = sorted({*forms, *(view[f.start : f.end] for f in found if f.name == _COMPANY)}, key=len, reverse=True)
    joined = "\n".join(known)

    def whole(f: Found) -> Found:
        text = view[f.start : f.end]
        if f.rule not in ("vote", "ner") or joined.count(text) < 2:  # it stands among the known itself
            return f
        for form in known:
            if text not in form or len(form) == len(text):
                continue
            start = f.start - form.find(text)
            stop = start + len(form)
            larger = view.startswith(form, max(start, 0))
            if larger and held.isdisjoint((*range(start, f.start), *range(f.end, stop))):
                return f._replace(start=start, end=stop, rule="again")
        return f

    return [whole(f) for f in found]


def _within_a_word(view: str, end: int) -> bool:
    """Whether a works is only the beginning of a word: 电缆厂区, 电缆厂房."""
    return view.endswith("厂", 0, end) and view[end : end + 1] in ("区", "房", "长")


def _with_called(found: list[Found], called: Iterable[Found]) -> list[Found]:
    """English names and brands take the place of what the votes made of them; no legal name gives way."""
    told = sorted(called)
    inside = {position for f in told for position in range(f.start, f.end)}
    kept = [f for f in found if f.rule == "legal-form" or inside.isdisjoint(range(f.start, f.end))]
    held = {position for f in kept for position in range(f.start, f.end)}
    return kept + [f for f in told if held.isdisjoint(range(f.start, f.end))]


def _named_by_firms(atoms: Atoms, found: list[Found]) -> list[Found]:
    """Parks that begin with a firm's name are its projects (X智能装备产业园)."""
    view = atoms.view
    firms = {view[f.start : f.end] for f in found if f.name == _COMPANY}
    kept: list[Found] = []
    for f in found:
        size = (
            next((k for k in range(8, 1, -1) if view[f.start : f.start + k] in firms), 0)
            if f.name.type == "park"
            else 0
        )
        kept.append(Found(f.start, f.end, "project", _PROJECT) if size else f)
        if size:
            kept.append(Found(f.start, f.start + size, "again", _COMPANY))
    return kept


def _built_parks(doc: Document, found: list[Found]) -> list[Found]:
    """Parks that are told of as something to be built are projects (签订新型建材产业园投资协议), unless the title names
    them; all mentions of one are."""
    view = doc.view
    titles = "\n".join(view[line.start : line.end] for line in doc.paragraphs if line.kind == "title")
    parks = [f for f in found if f.name.type == "park" and view.endswith(("园", "城"), f.start, f.end)]
    built = {
        view[f.start : f.end]
        for f in parks
        if view[f.start : f.end] not in titles
        and (_BUILT.match(view, f.end) or _BUILDS.search(view, max(0, f.start - 20), f.start))
    }
    return [
        Found(f.start, f.end, "project", _PROJECT) if f in parks and view[f.start : f.end] in built else f
        for f in found
    ]


def _with_projects(found: list[Found], ranges: Iterable[tuple[int, int]]) -> list[Found]:
    """A project takes the place of a body that is a part of its name (X科技产业园)."""
    made = {(s, e) for s, e in ranges}
    inside = {position for s, e in made for position in range(s, e)}
    ends = {e for _, e in made}
    kept = [
        f
        for f in found
        if f.name == _COMPANY or f.name.type == "government" or not (f.end in ends or f.end - 1 in inside)
    ]
    return kept + [Found(s, e, "project", _PROJECT) for s, e in sorted(made)]


def _readable(doc: Document, position: int) -> bool:
    return doc.paragraph_at(position).kind not in _SKIPPED_ZONES
