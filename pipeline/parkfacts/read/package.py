"""ZIP archives, and the Office files that are such: members within bounds, whatever their headers say."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from lxml import etree

from parkfacts.errors import Damaged, Encrypted, OverLimit, unquoted
from parkfacts.read.limits import Meter

_SMALL = 2**20  # bytes: a member that unpacks to less is no bomb, whatever its ratio
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # Word's other name for its own elements
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CHUNK = 2**18
_BROKEN = "open it in its program and save it again"


class Package:
    """An archive in memory; what is unpacked of it is counted by the meter."""

    def __init__(self, data: bytes | IO[bytes], meter: Meter) -> None:
        self.name, self.meter = meter.name, meter
        with self._mending(""):
            self._archive = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
        self._members = {_name(info): info for info in self._archive.infolist()}
        meter.spend("members", len(self._archive.infolist()))
        self._check_promise()

    def _check_promise(self) -> None:
        """Refuses an archive that says itself that it is too large."""
        infos = self._archive.infolist()
        self.meter.check("bytes", sum(info.file_size for info in infos))

    @property
    def members(self) -> list[str]:
        """The names of all members that are files, in the archive's order."""
        return [name for name, info in self._members.items() if not info.filename.endswith("/")]

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def read(self, member: str) -> bytes:
        """A member's bytes. Raises ``Damaged``, ``Encrypted`` or ``OverLimit``."""
        info = self._members.get(member)
        if info is None:
            raise Damaged(self.name, f"there is no {member!r} in it", _BROKEN)
        if info.flag_bits & 1:
            raise Encrypted(
                f"{self.name} > {member}", "encrypted, it opens with a password only", "pack it without one"
            )
        with self._mending(member), self._archive.open(info) as file:
            parts = []
            size = 0
            while part := file.read(_CHUNK):
                size += len(part)
                self.meter.spend("bytes", len(part), member)
                if size > _SMALL:
                    self.meter.check("ratio", size / max(info.compress_size, 1), member)
                parts.append(part)
            return b"".join(parts)

    def xml(self, member: str) -> etree._Element:
        """The root of a part. Nothing is loaded for it, and no entity is put in."""
        data = self.read(member).replace(_STRICT, _USUAL)
        self.meter.spend("elements", data.count(b"<") - data.count(b"</"), member)
        return parse(data, f"{self.name} > {member}")

    def size(self, member: str) -> int:
        """What the archive says that a member unpacks to."""
        return self._members[member].file_size

    @contextmanager
    def _mending(self, member: str) -> Iterator[None]:
        """Tells what is broken in the archive."""
        try:
            yield
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            where = f"{self.name} > {member}" if member else self.name
            raise Damaged(where, f"broken ZIP archive ({error})", _BROKEN) from None


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; Chinese Windows writes them in GBK and does not say so."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def parse(data: bytes, where: str) -> etree._Element:
    """The root of an XML part of an Office file. Raises ``Damaged``, and ``OverLimit`` for one that is nested too
    deeply."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error) or "huge" in str(error).lower() or "limit" in str(error).lower():
            raise OverLimit(
                where, f"too much for its reader ({unquoted(error)})", "save its text as a .txt file"
            ) from None
        raise Damaged(where, f"broken XML ({unquoted(error)})", _BROKEN) from None
    except ValueError as error:
        raise Damaged(where, f"broken XML ({unquoted(error)})", _BROKEN) from None
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise Damaged(where, "declares entities or a DTD, which no Office file does", "do not trust this file")
    return root
