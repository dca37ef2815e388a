"""Small changes to inputs: of bytes, of Chinese text, of JSON, of markup, and of the members of an archive."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

Mutate = Callable[[bytes, random.Random], bytes]

WORDS = (
    *"零一二两三十百千万亿点几数半0１9年月日号个家元亩％%，。、；：“”（）《》\n\t \u3000-—~至到约近超余多前后今去第每",
    *(
        "\r\n",
        "\x00",
        "\u2028",
        "\ufeff",
        "😀",
        "é",
        "萬",
        "……",
        "99999999999999999999",
        "－",
        "(",
        ")",
        "1e9",
        ".",
        ",",
    ),
    *(
        "2023年6月",
        "去年",
        "“十四五”",
        "至今",
        "农历",
        "上半年",
        "季度",
        "二〇二三",
        "百分之",
        "分之",
        "千瓦时",
        "平方米",
    ),
    *(
        "3.5亿元",
        "1,234.5",
        "第三",
        "个百分点",
        "翻一番",
        "增长8.1%",
        "元/亩",
        "块五",
        "有限公司",
        "签约",
        "投产",
        "项目",
        "园区",
    ),
)
NUMBERS = (0, -1, 1, 2**31, 2**63, 10**30, -(10**9), 0.5, 1e308, float("inf"), float("nan"))


def of_bytes(data: bytes, rng: random.Random) -> bytes:
    """A bit, a byte, or a range: changed, gone, or there twice."""
    made = bytearray(data or b"\x00")
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        start = rng.randrange(len(made) + 1)
        end = min(len(made), start + rng.choice((1, 1, 2, 4, 16, 64)))
        what = rng.randrange(5)
        if what == 0 and start < len(made):
            made[start] ^= 1 << rng.randrange(8)
        elif what == 1:
            made[start:end] = rng.randbytes(end - start)
        elif what == 2:
            del made[start:end]
        elif what == 3:
            made[start:start] = made[start:end] * rng.choice((1, 1, 2, 50))
        else:
            made[start:end] = rng.choice((b"\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x00\x00\x00\x80"))
    return bytes(made)


def of_text(data: bytes, rng: random.Random) -> bytes:
    """Words put in, taken out, moved, and said again and again."""
    text = data.decode("utf-8", "replace")
    for _ in range(rng.choice((1, 1, 2, 4, 12))):
        start = rng.randrange(len(text) + 1)
        end = min(len(text), start + rng.choice((1, 1, 2, 5, 20)))
        what = rng.randrange(5)
        if what <= 1:
            text = text[:start] + rng.choice(WORDS) + text[start if what else end :]
        elif what == 2:
            text = text[:start] + text[end:]
        elif what == 3:
            text = text[:end] + text[start:end] * rng.choice((1, 1, 3, 40)) + text[end:]
        else:
            at = rng.randrange(len(text) + 1)
            text = text[:at] + text[start:end] + text[at:]
    return text.encode("utf-8")


def of_json(data: bytes, rng: random.Random) -> bytes:
    """A value of a JSON text replaced, taken out, said twice, or moved under another key."""
    try:
        tree = [json.loads(data)]
    except (ValueError, RecursionError):
        return of_bytes(data, rng)
    for _ in range(rng.choice((1, 1, 2, 4))):
        places = list(_places(tree))
        holder, key = rng.choice(places)
        what = rng.randrange(6)
        if what == 0 and len(places) > 1 and holder is not tree:
            del holder[key]
        elif what == 1 and isinstance(holder, list):
            holder.insert(key, holder[key])
        elif what == 2:
            other, name = rng.choice(places)
            holder[key] = json.loads(json.dumps(other[name]))
        elif what == 3 and isinstance(holder, dict):
            holder[rng.choice((*holder, *WORDS))] = holder[key]
        else:
            holder[key] = _value(holder[key], rng)
    return json.dumps(tree[0], ensure_ascii=bool(rng.randrange(2))).encode("utf-8", "surrogatepass")


def _places(tree: Any) -> Any:
    for key, value in enumerate(tree) if isinstance(tree, list) else list(tree.items()):
        yield tree, key
        if isinstance(value, list | dict):
            yield from _places(value)


def _value(value: Any, rng: random.Random) -> Any:
    if isinstance(value, str) and rng.randrange(2):
        return of_text(value.encode("utf-8", "replace"), rng).decode()
    if isinstance(value, int) and not isinstance(value, bool) and rng.randrange(2):
        return value + rng.choice((-1, 1, -2, 7))
    return rng.choice((None, True, [], {}, "", [[]], [value], {"id": value}, *NUMBERS, *WORDS))


_TAG = re.compile(rb"<[^<>]*>")
_TAGS = tuple(
    b"<p> </p> <div> </div> <br> <table> </table> <tr> <td> <td\x20colspan=3> <td\x20rowspan=9> <!-- --> <script> "
    b"</script> <pre> <ul> <li> <h1> <span\x20style='display:none'> <svg> <![CDATA[ ]]> &nbsp; &#x0; &#xD800; "
    b"&#99999999; &lt; <meta\x20charset=gbk> <base> <template> <select> <title>".split(b" ")
)


def of_markup(data: bytes, rng: random.Random, tags: tuple[bytes, ...] = _TAGS) -> bytes:
    """Tags put in, taken out, nested in themselves, and moved; text between them changed."""
    found = [match.span() for match in _TAG.finditer(data)]
    for _ in range(rng.choice((1, 1, 2, 4, 12))):
        start, end = rng.choice(found) if found else (0, 0)
        if end > len(data):
            continue
        what = rng.randrange(6)
        if what == 0:
            data = data[:start] + data[end:]
        elif what == 1:
            data = data[:start] + rng.choice(tags) * rng.choice((1, 1, 1, 30)) + data[start:]
        elif what == 2:
            other, stop = rng.choice(found) if found else (0, 0)
            data = data[:start] + data[min(start, other) : max(end, stop)][:2000] + data[start:]
        elif what == 3:
            at = rng.randrange(len(data) + 1)
            data = data[:at] + rng.choice(WORDS).encode() + data[at:]
        elif what == 4:
            data = data[:start] + of_bytes(data[start:end], rng) + data[end:]
        else:
            data = data[:start] + rng.choice(tags) + data[end:]
    return data


def of_package(data: bytes, rng: random.Random, tags: tuple[bytes, ...] = _TAGS) -> bytes:
    """A member changed within, renamed, taken out, or there twice; now and then the archive's own bytes."""
    if rng.randrange(8) == 0:
        return of_bytes(data, rng)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, NotImplementedError, OSError, EOFError):
        return of_bytes(data, rng)
    if not members:
        return of_bytes(data, rng)
    at = rng.randrange(len(members))
    name, content = members[at]
    what = rng.randrange(10)
    if what == 0:
        del members[at]
    elif what == 1:
        members[at] = of_text(name.encode("utf-8", "replace"), rng).decode()[:80] or "a", content
    elif what == 2:
        members.append((name, rng.choice(members)[1]))
    elif name.endswith((".xml", ".rels", ".html")):
        members[at] = name, of_markup(content, rng, tags)
    elif name.endswith((".zip", ".docx", ".xlsx")):
        members[at] = name, of_package(content, rng, tags)
    else:
        members[at] = name, of_text(content, rng)
    return packed(members)


def packed(members: list[tuple[str, bytes]]) -> bytes:
    """An archive of members, which may have a name twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.fp.tell()  # type: ignore[union-attr]
            archive.NameToInfo.pop(name, None)  # said twice without a warning
            archive.writestr(info, content)
    return out.getvalue()
