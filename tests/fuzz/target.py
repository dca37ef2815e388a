"""What a target is, and what may come of an input: the property, or a typed error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fuzz.mutate import Mutate, of_bytes
from parkfacts.errors import ParkfactsError
from parkfacts.quality.gold import QualityError

TYPED = (ParkfactsError, QualityError)


@dataclass(frozen=True)
class Target:
    """``one`` takes an input and raises where the contract is broken; ``seeds`` are inputs to begin with."""

    name: str
    one: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]
    mutate: Mutate = of_bytes


def check_error(error: Exception, name: str = "") -> None:
    """A typed error is one line that names the file and says what to do."""
    told = str(error)
    if isinstance(error, ParkfactsError):
        assert "; " in told and not any(char in told for char in "\n\r\0\u2028"), told
    assert name in told, told


def typed(call: Callable[[], Any]) -> Any:
    """What a call gives; None where it raises a typed error."""
    try:
        return call()
    except TYPED as error:
        check_error(error)
        return None
