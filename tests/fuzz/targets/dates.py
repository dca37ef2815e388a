"""The date grammar: mentions in order within the text, and values that are days of the calendar and valid EDTF."""

from __future__ import annotations

import re
from itertools import pairwise

from fuzz.mutate import of_text
from fuzz.target import Target
from fuzz.targets._found import document, examples
from parkfacts.find import dates
from parkfacts.link.calendar import DateValue, parse_reference
from parkfacts.link.reference import Reference
from parkfacts.link.timeline import resolve

_ONE = r"(?:\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(?:\d\d|XX)(?:-(?:\d\d|XX))?)?[~?%]?"
EDTF = re.compile(rf"{_ONE}|(?:{_ONE}|\.\.)/(?:{_ONE}|\.\.)")
PERIOD = re.compile(
    r"P(?!\Z)(?:\d+(?:\.\d+)?Y)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?W)?(?:\d+(?:\.\d+)?D)?"
    r"(?:T(?!\Z)(?:[\d.]+H)?(?:[\d.]+M)?(?:[\d.]+S)?)?"
)
REFERENCES = (None, *(Reference(parse_reference(day), "given") for day in ("1000", "2023-10-08", "8999-12-31")))


def one(data: bytes) -> None:
    doc = document(data)
    found = dates.find(doc)
    assert all(0 <= m.start < m.end <= len(doc.view) for m in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for reference in REFERENCES:
        for mention in resolve(doc, found, reference):
            _check(mention.value)


def _check(value: DateValue) -> None:
    assert (value.start is None) == (value.end is None) or ".." in (value.edtf or ""), value
    assert value.start is None or value.end is None or value.start <= value.end, value
    assert value.edtf is None or EDTF.fullmatch(value.edtf), value
    for period in (value.duration, value.duration_high):
        assert period is None or PERIOD.fullmatch(period), value
    if value.kind in ("date", "range"):  # a day of the lunar calendar is left without one of ours
        assert value.duration is None and (value.edtf is not None or value.start is None), value


TARGET = Target("dates", one, lambda: examples("dates")[::5], of_text)
