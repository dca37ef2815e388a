"""Commands that are shown and cannot be run here: whether they could be run elsewhere."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import click
from typer.main import get_command

from parkfacts.cli import app

ROOT = Path(__file__).parents[1]


def known(command: str) -> None:
    """Whether a command is one: ours are parsed, extras and targets of make are looked up."""
    words = shlex.split(command)
    if "parkfacts" in words[0]:
        parse(words[1:])
    elif words[0] == "make":
        targets = re.findall(r"(?m)^([\w./-]+):", (ROOT / "Makefile").read_text("utf-8"))
        assert set(words[1:]) <= {*targets, *(word for word in words if "=" in word)}, command
    for extras in re.findall(r"parkfacts\[([\w,-]+)\]", command):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        assert set(extras.split(",")) <= set(project["optional-dependencies"]), command


def parse(words: list[str]) -> None:
    """Our command line takes the words; files that are not there may be named."""
    group: Any = get_command(app)
    while isinstance(group, click.Group) or hasattr(group, "resolve_command"):
        name, group, words = group.resolve_command(click.Context(group), words)
        assert group is not None, name
    try:
        group.make_context(name, list(words))
    except Exception as error:
        if "does not exist" not in str(error):
            raise


def synopsis(body: str) -> None:
    """Each line that begins with ``parkfacts`` names a command of ours, and only options that it has."""
    for line in body.splitlines():
        words = re.findall(r"[\w-]+", line)
        if not words or words[0] != "parkfacts":
            continue
        group: Any = get_command(app)
        for word in words[1:]:
            group = group.commands.get(word, group) if hasattr(group, "commands") else group
        assert not hasattr(group, "commands"), line
        options = {option for one in group.params for option in one.opts}
        assert {word for word in words if re.fullmatch(r"--?[a-z][\w-]*", word)} <= options, line
