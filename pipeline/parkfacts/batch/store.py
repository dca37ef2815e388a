"""Where documents are read from and records are written to: a folder, or whatever fsspec has a name for.

A place is a path, or a URL such as ``s3://bucket/reports``; the latter needs the extra ``parkfacts[cluster]`` and
fsspec's driver for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from parkfacts.errors import MissingFile, Unreadable, WriteError
from parkfacts.files import PARTS, write_together

_WITHOUT_FOLDERS = frozenset("s3 s3a gs gcs abfs abfss az oss".split())  # to make one there is to make a bucket
_CHECK = "check address and credentials"
_ADVICE = {"hdfs": "it needs Java and Hadoop's client: set HADOOP_HOME and CLASSPATH=$(hadoop classpath --glob)"}
_AT_ONCE = 256  # objects asked for together


class Store(Protocol):
    """Files under a place, by their relative names."""

    def read(self, name: str) -> bytes | None:
        """The file's bytes, or None where there is no such file."""

    def write(self, files: Mapping[str, bytes]) -> None:
        """Writes whole files, the last of them last. Raises ``WriteError``."""

    def has(self, name: str) -> bool:
        """Whether there is such a file."""

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder, sorted; none where there is no such folder."""

    def all_names(self) -> set[str]:
        """The names of all files under the place, in folders too: few requests, however many files there are."""

    def read_all(self, folder: str) -> Iterator[bytes]:
        """The bytes of the files in a folder, in the order of their names."""

    def remove(self, name: str) -> None:
        """Removes a file, if there is one."""

    def remove_all(self, folder: str) -> None:
        """Removes the files in a folder."""

    def sweep(self) -> None:
        """Removes what writers that were killed left half written."""


def open_store(place: str) -> Store:
    """The store at a place. Raises ``WriteError`` where fsspec or its driver is missing."""
    return Remote(place) if is_url(place) else Local(Path(place))


def is_url(place: str) -> bool:
    """Whether a place is a URL, and no path."""
    return "://" in place


def read_bytes(url: str) -> bytes:
    """The bytes of an object. Raises ``ReadError`` in one of its kinds."""
    fs, path = _filesystem(url)
    try:
        data: bytes = fs.cat_file(path)
    except FileNotFoundError:
        raise MissingFile(url, "no such object", "check the address") from None
    except Exception as error:  # every driver has errors of its own
        raise Unreadable(url, f"cannot be read ({error})", _CHECK) from error
    return data


def find(url: str) -> list[str]:
    """The addresses of all objects under an address, sorted; the address itself where it is one."""
    fs, path = _filesystem(url)
    root = path.strip("/")
    try:
        found = sorted(url.rstrip("/") + one.strip("/").removeprefix(root) for one in fs.find(path))
        if not found:
            fs.info(path)  # for find passes over what went wrong
    except FileNotFoundError:
        return []
    except Exception as error:
        raise Unreadable(url, f"cannot be listed ({error})", _CHECK) from error
    return found


class Local:
    """A folder of this machine; every file appears whole or not at all."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, name: str) -> bytes | None:
        """The file's bytes, or None where there is no such file."""
        try:
            return (self.root / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def write(self, files: Mapping[str, bytes]) -> None:
        """Writes whole files, in their order. Raises ``WriteError``."""
        write_together({self.root / name: data for name, data in files.items()})

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return (self.root / name).is_file()

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder, sorted; what a killed writer left is none."""
        place = self.root / folder
        found = (file for file in place.iterdir() if file.is_file()) if place.is_dir() else ()
        return sorted(file.name for file in found if not file.match(PARTS))

    def all_names(self) -> set[str]:
        """The names of all files under the folder."""
        return {f"{at}/{name}" if at else name for at, names in self._walk() for name in names}

    def _walk(self) -> Iterator[tuple[str, list[str]]]:
        for at, _, names in os.walk(self.root):
            where = Path(at).relative_to(self.root).as_posix()
            yield "" if where == "." else where, names

    def read_all(self, folder: str) -> Iterator[bytes]:
        """The bytes of the files in a folder, in the order of their names."""
        found = (self.read(f"{folder}/{name}") for name in self.names(folder))
        yield from (data for data in found if data is not None)  # one that went meanwhile is not there

    def remove(self, name: str) -> None:
        """Removes a file, if there is one."""
        (self.root / name).unlink(missing_ok=True)

    def remove_all(self, folder: str) -> None:
        """Removes the files in a folder."""
        for name in self.names(folder):
            self.remove(f"{folder}/{name}")

    def sweep(self) -> None:
        """Removes what writers that were killed left half written."""
        for part in self.root.rglob(PARTS):
            part.unlink(missing_ok=True)


class Remote:
    """A prefix of an object store; objects are put whole, so that a reader sees all of one or nothing."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._fs, self._root = _filesystem(self._url)
        self._folders = self._url.partition("://")[0] not in _WITHOUT_FOLDERS

    def read(self, name: str) -> bytes | None:
        """The file's bytes, or None where there is no such file."""
        with self._asked(), suppress(FileNotFoundError):
            data: bytes = self._fs.cat_file(f"{self._root}/{name}")
            return data
        return None

    @contextmanager
    def _asked(self, what: str = "does not answer") -> Iterator[None]:
        """Every driver has errors of its own: they are told as ``WriteError``."""
        try:
            yield
        except Exception as error:
            raise WriteError(self._url, f"{what} ({error})", _CHECK) from error

    def write(self, files: Mapping[str, bytes]) -> None:
        """Writes whole files, in their order. Raises ``WriteError``."""
        with self._asked("cannot be written"):
            for name, data in files.items():
                path = f"{self._root}/{name}"
                if self._folders:
                    self._fs.makedirs(path.rpartition("/")[0], exist_ok=True)
                self._fs.pipe_file(path, data)

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        with self._asked():
            return bool(self._fs.exists(f"{self._root}/{name}"))

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder, sorted."""
        return [path.rpartition("/")[2] for path in self._paths(folder)]

    def _paths(self, folder: str) -> list[str]:
        with self._asked(), suppress(FileNotFoundError):
            return sorted(self._fs.find(f"{self._root}/{folder}", maxdepth=1))
        return []

    def all_names(self) -> set[str]:
        """The names of all objects under the prefix."""
        root = self._root.strip("/") + "/"
        with self._asked(), suppress(FileNotFoundError):
            return {path.strip("/").removeprefix(root) for path in self._fs.find(self._root)}
        return set()

    def read_all(self, folder: str) -> Iterator[bytes]:
        """The bytes of the objects in a folder, in the order of their names."""
        paths = self._paths(folder)
        for at in range(0, len(paths), _AT_ONCE):
            some = paths[at : at + _AT_ONCE]
            with self._asked():
                found: dict[str, bytes] = self._fs.cat(some, on_error="omit")
            yield from (found[path] for path in some if path in found)

    def remove(self, name: str) -> None:
        """Removes a file, if there is one."""
        path = f"{self._root}/{name}"
        with self._asked("cannot be written"):
            if self._fs.exists(path):
                self._fs.rm_file(path)

    def remove_all(self, folder: str) -> None:
        """Removes the objects in a folder."""
        if paths := self._paths(folder):
            with self._asked("cannot be written"):
                self._fs.rm(paths)

    def sweep(self) -> None:
        """Nothing: an object is there as a whole or not at all."""


def _filesystem(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        fs, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        advice = "pip install 'parkfacts[cluster]', and the driver of the store"
        raise WriteError(url, f"cannot be opened ({error})", advice) from None
    except Exception as error:  # a driver that connects at once, or looks for libraries outside of Python
        told = str(error)[:200]  # libhdfs names every place where it looked
        raise WriteError(url, f"cannot be opened ({told})", _ADVICE.get(url.partition("://")[0], _CHECK)) from None
    return fs, path.rstrip("/")
