"""HTML pages."""

from __future__ import annotations

from fuzz.mutate import of_markup
from fuzz.target import Target
from fuzz.targets._reading import reports, source
from hostile import html


def one(data: bytes) -> None:
    source(data, ".html")


def seeds() -> list[bytes]:
    text = reports(1)[0]
    table = "<table><tr><th>指标<th colspan=2>2023年<tr><td rowspan=2>产值<td>12<td>3%<tr><td>4<td>5</table>"
    body = "".join(f"<p>{line}</p>" for line in text.split("\n") if line)
    page = (
        f"<div class=nav><a>首页</a></div><h1>{text[:12]}</h1>{table}<ul><li>一<li>二</ul><pre>a\n b</pre>{body}<br>尾"
    )
    return [
        html(page, "<title>园区</title><meta charset=utf-8>"),
        html(table),
        f"<!doctype html>{page}".encode("gbk", "ignore"),
    ]


TARGET = Target("html", one, seeds, of_markup)
