"""Documents for benchmarks: sentences of the corpus drawn by a document's number, with other numbers in them.

No two documents are alike, and the same number gives the same bytes. One of every hundred is broken or harmful.
"""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
BROKEN_IN = 100
SHORT, LONG = 100, 300
_COUNTED = re.compile(r"\d+(?:\.\d+)?(?=\s*(?:亿元|万元|家|个|人|%|平方公里))")
_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


@cache
def sentences() -> tuple[str, ...]:
    """Those of the reports that the rules were written with, each once."""
    lines = [line for file in sorted((ROOT / "corpus/dev").glob("*/report.txt")) for line in _lines(file)]
    cut = [one.strip() for line in lines for one in re.findall(r"[^。！？]+[。！？]", line)]
    return tuple(dict.fromkeys(one for one in cut if 10 <= len(one) <= 150))


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8", "replace").splitlines()


def prose(number: int, least: int = SHORT, most: int = LONG) -> str:
    """The text of a number: whole sentences, until it has as many characters as that number is given."""
    chance, made = random.Random(number), ""
    wanted = chance.randint(least, most)
    while len(made) < wanted:
        made += _other_numbers(chance.choice(sentences()), chance) + chance.choice(("", "", "\n"))
    return made.rstrip() + "\n"


def _other_numbers(sentence: str, chance: random.Random) -> str:
    return _COUNTED.sub(lambda found: _another(found[0], chance), sentence)


def _another(number: str, chance: random.Random) -> str:
    whole, point, rest = number.partition(".")
    made = str(chance.randrange(1, 10 ** min(len(whole), 4)))
    return made + point + "".join(str(chance.randrange(10)) for _ in rest)


def _packed(text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", _WORD.format(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))
    return file.getvalue()


BROKEN: tuple[tuple[str, Callable[[str], bytes]], ...] = (
    (".txt", lambda text: b""),
    (".txt", lambda text: gzip.compress(text.encode(), mtime=0)),
    (".html", lambda text: ("<div>" * 5000 + text).encode()),
    (".docx", lambda text: _packed(text)[:-40]),
    (".docx", lambda text: _packed(text * 20_000)),  # unpacks to more than 200 times its bytes
)
"""What no record comes of: a suffix, and how a text becomes such a file."""


def broken(number: int) -> bool:
    """Whether the document of this number gives no record."""
    return number % BROKEN_IN == BROKEN_IN // 2


def document(number: int) -> tuple[str, bytes]:
    """The suffix and the bytes of a number's document; one of ten is GB 18030, all others are UTF-8."""
    text = prose(number)
    if broken(number):
        suffix, spoil = BROKEN[number // BROKEN_IN % len(BROKEN)]
        return suffix, spoil(text)
    return ".txt", text.encode("gb18030" if number % 10 == 3 else "utf-8")


def write(folder: Path, count: int) -> int:
    """Writes so many documents, a thousand a folder, and returns the characters of those that give records."""
    return sum(_write(folder, number) for number in range(count))


def _write(folder: Path, number: int) -> int:
    place = folder / f"{number // 1000:03}"
    if number % 1000 == 0:
        place.mkdir(parents=True)
    suffix, data = document(number)
    (place / f"{number:06}{suffix}").write_bytes(data)
    return 0 if broken(number) else len(prose(number))


def long(chars: int) -> str:
    """A text of so many characters, of which no paragraph stands twice."""
    return "".join(_paragraphs(chars))[:chars]


def _paragraphs(chars: int) -> Iterator[str]:
    made, number = 0, 0
    while made < chars:
        text = prose(number)
        yield text
        made, number = made + len(text), number + 1
