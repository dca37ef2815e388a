"""By what a record can be told to be still right: the document's bytes, the rules and the options."""

from __future__ import annotations

import hashlib
from dataclasses import astuple
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from parkfacts.batch.task import Options

_MAKERS = ("assemble.py", "facts.py", "pipeline.py", "text.py", "find", "link", "ner", "read", "repair", "rules",
           "segment.py", "write")  # fmt: skip
_LIBRARIES = ("jieba", "rjieba", "opencc", "pydantic", "lxml", "markdown-it-py")
_EXTRAS = ("openpyxl", "pypdfium2", "rapidocr", "onnxruntime")  # of readers; absent ones have no part in a record


@cache
def rule_version() -> str:
    """A digest of all that makes a record of a document: the package's code, its tables and models, and the libraries
    whose dictionaries it reads or that read its files."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for library in (*_LIBRARIES, *(extra for extra in _EXTRAS if find_spec(extra))):
        digest.update(f"{library} {version(library)}\n".encode())
    for maker in _MAKERS:
        for file in sorted((package / maker).rglob("*") if (package / maker).is_dir() else [package / maker]):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(package).as_posix()}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def key(data: bytes, given: str | None, options: Options) -> str:
    """The key of a document's record; ``given`` is the reference date of its sidecar."""
    digest = hashlib.sha256(data)
    digest.update(repr((given, _ours(options))).encode())
    return digest.hexdigest()


@cache
def _ours(options: Options) -> str:
    """What the key of every document has in common."""
    from parkfacts.find.ner import trained

    weights = trained(options.ner_model)
    named = (options.companies, None if weights is None else weights.as_posix())
    files = tuple(_digest(path) for path in named if path is not None)
    return hashlib.sha256(repr((rule_version(), astuple(options), files)).encode()).hexdigest()


@cache
def _digest(path: str) -> str:
    """Of a file that an option names; it is read once a process."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()
