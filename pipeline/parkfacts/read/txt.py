"""Plain text in the encodings that Chinese reports come in. Line ends stay as they stand."""

from __future__ import annotations

from parkfacts.read.encoding import decode
from parkfacts.read.limits import Limits
from parkfacts.read.reading import Reading


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text as it stands. Raises ``BinaryFile`` or ``Undecodable``."""
    return Reading(*decode(data, name))
