"""What tests/examples.py does with a page: what does not hold is noticed."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from examples import Page, Wrong, agreed


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def worked(text: str) -> str:
    return Page(text, duckdb.connect).worked()


def block(language: str, body: str, mark: str = "") -> str:
    return f"{mark}```{language}\n{body}```\n"


@pytest.mark.parametrize(
    "page",
    [
        block("console", "$ parkfacts extract nothing-here.txt\n"),
        block("console", "$ parkfacts extract --no-such-option\n"),
        block("console", "$ cat nothing-here.txt\n"),
        block("console", "an output without its command\n"),
        block("console", "$ parkfacts extract s3://lake -o out --no-such-option\n", "<!-- not run: no lake -->\n"),
        block("console", "$ parkfacts no-such-command\n", "<!-- not run: no such command -->\n"),
        block("console", "$ pip install 'parkfacts[no-such-extra]'\n", "<!-- not run: no network -->\n"),
        block("console", "$ make no-such-target\n", "<!-- not run: a clone -->\n"),
        block("text", "parkfacts extract PATHS... --no-such-option\n", "<!-- synopsis -->\n"),
        block("text", "$ parkfacts extract page.txt\n"),
        block("python", "assert False\n"),
        block("python", "no python\n", "<!-- not run: needs a file -->\n"),
        block("json", "{\n"),
        block("toml", "a =\n"),
        block("yaml", "a: [\n"),
        block("sql", "selekt\n"),
        block("cobol", "\n"),
    ],
)
def test_what_does_not_hold_is_told_with_its_line(page: str) -> None:
    text = "a first line\n" if page.startswith("<!--") else "two\nlines\n"
    with pytest.raises(Wrong, match="line 3: "):
        worked(text + page)


@pytest.mark.parametrize(
    "page",
    [
        block("console", "$ echo one\none\n$ parkfacts extract --no\n…\n$ echo $?\n2\n"),
        block('text title="a/b.txt"', "held\n") + block("console", "$ cat a/b.txt\nheld\n"),
        block("python", "print(1 + 1)\n") + block("text", "2\n", "<!-- prints -->\n"),
        block("console", "$ parkfacts review outputs\n", "<!-- not run: it serves until it is stopped -->\n"),
    ],
)
def test_what_holds_stays(page: str) -> None:
    assert worked(page) == page


def test_an_output_that_is_another_is_put_right() -> None:
    assert worked(block("console", "$ echo one\ntwo\n")) == block("console", "$ echo one\none\n")


@pytest.mark.parametrize(
    ("expected", "holds"),
    [
        ("a\nb\nc\n", True), ("a\n…\n", True), ("…\nc\n", True), ("a\n…\nc\n", True), ("…\n", True),
        ("a\n…\nd\n", False), ("…\nb\n", False), ("a\nb\n", False),
    ],
)  # fmt: skip
def test_an_ellipsis_stands_for_lines(expected: str, holds: bool) -> None:
    assert (agreed(expected, "a\nb\nc\n") == expected) is holds


def test_an_ellipsis_in_a_line_stands_within_it() -> None:
    assert agreed("2 passed in …s\n", "2 passed in 0.31s\n") == "2 passed in …s\n"
    assert agreed("2 passed …\n", "2 passed\nin all\n") != "2 passed …\n"
