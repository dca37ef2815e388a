"""ZIP archives: each member that is read keeps under its folder, and is read or refused by itself."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path, PurePosixPath

from fuzz.mutate import of_package, packed
from fuzz.target import Target, typed
from fuzz.targets._reading import LIMITS, reports, source
from hostile import docx, p
from parkfacts.read import READERS, archive

FILE = Path(tempfile.gettempdir()) / f"parkfacts-fuzz-{os.getpid()}.zip"


def one(data: bytes) -> None:
    FILE.write_bytes(data)
    try:
        for member in typed(lambda: archive.members(FILE, "some.zip", LIMITS, READERS)) or ():
            place = PurePosixPath(archive.safe(member))
            assert not place.is_absolute() and ".." not in place.parts and str(place).strip(), place
            content = typed(lambda member=member: archive.load(FILE, member, "some.zip", LIMITS))
            if content is not None:
                source(content, Path(member[-1]).suffix)
    finally:
        FILE.unlink()


def seeds() -> list[bytes]:
    text = reports(1, 200)[0].encode()
    inner = packed([("内/甲.txt", text), ("b.html", b"<p>" + text), ("c.docx", docx(p("园区")))])
    return [inner, packed([("x.zip", inner), ("乙.md", text)])]


TARGET = Target("archive", one, seeds, of_package)
