"""Plain text in the encodings that Chinese reports come in. Line ends stay as they stand."""

from __future__ import annotations

from parkfacts.errors import UnreadFormat
from parkfacts.read.encoding import decode
from parkfacts.read.magic import known_format


def read(data: bytes, name: str) -> tuple[str, str]:
    """The text and its encoding. Raises ``UnreadFormat``, ``BinaryFile`` or ``Undecodable``."""
    format = known_format(data)
    if format is not None:
        raise UnreadFormat(name, f"{format} from byte 0 on, which is not read yet", "save its text as a .txt file", 0)
    return decode(data, name)
