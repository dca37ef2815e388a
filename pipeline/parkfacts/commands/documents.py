"""Which documents the arguments of ``extract`` mean, and what their results are called."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from parkfacts.batch import store
from parkfacts.batch.store import is_url
from parkfacts.errors import IsFolder, MissingFile, ParkfactsError, printable
from parkfacts.read import ARCHIVES, Limits, archive, is_folder

STDIN = "-"
_UNWRITTEN = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")  # what a document may be called, and a record is not


@dataclass(frozen=True, slots=True)
class Document:
    """A document to extract. ``path`` is None for standard input and a string for an address of fsspec's; ``name`` is
    the result's, without its suffix; ``member`` leads to it in the archive at ``path``; ``error`` says
    why the argument means no document; ``clash`` is the name that it would have had."""

    shown: str
    path: Path | str | None
    name: str = ""
    error: ParkfactsError | None = None
    member: tuple[str, ...] = ()
    clash: str | None = None


def find(
    arguments: Sequence[str], suffixes: Collection[str], skip: Path | None = None, limits: Limits | None = None
) -> list[Document]:
    """The documents in the order of the arguments, each once; ``skip`` is a folder that is not searched (the output).

    A folder is searched for files with a known suffix. A result is named by the document's path under the common
    parent of the arguments: folders themselves, the folders of files.
    """
    found: dict[str, Document] = {}
    parents: list[str] = []
    for argument in _expand(arguments):
        if isinstance(argument, Document):
            found[argument.shown] = argument
        elif isinstance(argument, str):
            parents.append(argument)
            found |= {document.shown: document for document in _listed(argument, suffixes)}
        elif is_folder(argument):
            parents.append(_absolute(argument))
            for document in _search(argument, suffixes, skip):
                found.setdefault(_absolute(document.shown), document)
        else:
            parents.append(_absolute(argument.parent))
            found.setdefault(_absolute(argument), Document(argument.as_posix(), argument))
    documents = [one for document in found.values() for one in _unpacked(document, suffixes, limits or Limits())]
    return _named(documents, _common(parents))


def _unpacked(document: Document, suffixes: Collection[str], limits: Limits) -> Iterator[Document]:
    """The documents in an archive, or why there are none; any other document is itself."""
    if not isinstance(document.path, Path) or document.path.suffix.lower() not in ARCHIVES:
        yield document
        return
    try:
        members = archive.members(document.path, document.shown, limits, suffixes)
    except ParkfactsError as error:
        yield replace(document, error=error)
        return
    yield from (replace(document, shown=f"{document.shown}/{archive.safe(one)}", member=one) for one in members)


def _common(places: Sequence[str]) -> str:
    """The folder, or the address, under which all places lie; the root of names where they have none in common."""
    if any(map(is_url, places)):
        first, last = min(places).rstrip("/") + "/", max(places).rstrip("/") + "/"
        alike = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
        return first[:alike].rpartition("/")[0]
    return os.path.commonpath(places) if places else os.curdir


def _listed(address: str, suffixes: Collection[str]) -> Iterator[Document]:
    """The documents under an address of fsspec's, or why there are none."""
    try:
        objects = [one for one in store.find(address) if PurePosixPath(one).suffix.lower() in suffixes]
    except ParkfactsError as error:
        yield Document(address, None, error=error)
        return
    yield from (Document(one, one) for one in objects)
    if not objects:
        problem = f"no object under this address that is read ({', '.join(sorted(suffixes))})"
        yield Document(address, None, error=IsFolder(address, problem, "name the objects themselves"))


def _absolute(path: str | Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100  a link keeps the place that it was named at


def _expand(arguments: Sequence[str]) -> Iterator[Path | str | Document]:
    """Paths, with the patterns that the shell left, and addresses; an argument that means no path is a document by
    itself."""
    for argument in arguments:
        if argument == STDIN:
            yield Document("stdin", None)
        elif is_url(argument):
            yield argument
        elif glob.has_magic(argument) and not os.path.lexists(argument):
            matches = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207  absolute patterns too
            yield from map(Path, matches)
            if not matches:
                yield Document(argument, None, error=MissingFile(argument, "matches no file", "check the pattern"))
        else:
            yield Path(argument)


def _search(folder: Path, suffixes: Collection[str], skip: Path | None) -> Iterator[Document]:
    """The folder's readable files in the order of their paths, without what is hidden."""
    files: list[Path] = []
    wanted = {*suffixes, *ARCHIVES}
    for at, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and not _same(Path(at, name), skip)]
        files += [Path(at, name) for name in names if not name.startswith(".") and Path(name).suffix.lower() in wanted]
    yield from (Document(file.as_posix(), file) for file in sorted(files))
    if not files:
        problem = f"no file in this folder that is read ({', '.join(sorted(wanted))})"
        error = IsFolder(folder.as_posix(), problem, "name the files themselves")
        yield Document(folder.as_posix(), None, error=error)


def _same(folder: Path, other: Path | None) -> bool:
    return other is not None and other.exists() and folder.samefile(other)


def _named(documents: Collection[Document], parent: str) -> list[Document]:
    """Gives each document a name of its own, whether or not the file system tells letters' cases apart."""
    taken: set[str] = set()
    named: list[Document] = []
    for document in documents:
        wanted = name = "stdin" if document.path is None else _name(document.path, parent, document.member)
        count = 1
        while name.casefold() in taken:
            count += 1
            name = f"{wanted}-{count}"
        if document.error is None:
            taken.add(name.casefold())
        named.append(
            replace(document, shown=printable(document.shown), name=name, clash=None if name == wanted else wanted)
        )
    return named


def _name(path: Path | str, parent: str, member: Sequence[str] = ()) -> str:
    if isinstance(path, str):
        path = path.removeprefix(parent).lstrip("/")
        return path.removesuffix(PurePosixPath(path).suffix)
    relative = PurePosixPath(Path(os.path.relpath(path, parent)).as_posix())
    named = relative / archive.safe(member) if member else relative
    return _UNWRITTEN.sub("_", named.with_suffix("").as_posix())
