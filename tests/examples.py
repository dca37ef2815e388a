"""The examples of a page of documentation: each fenced block is run, written to a file or checked, by its language.

A page is worked through from top to bottom in a folder of its own. What is done with a block is told by its language, a
``title`` and a comment in front of it::

    console    ``$ command`` lines are run and their output is compared; a line ``…`` stands for any lines, ``…``
               within a line for anything. A command that fails must be followed by ``$ echo $?``.
    python     run, all blocks of a page in one namespace
    sql        run on a database that ``parkfacts export --to duckdb`` made
    json, toml, yaml   parsed
    text, html, csv    left as they are; commands belong into console
    ```text title="page.txt"      the block is a file of the folder
    <!-- given: reports -->       that file or folder of docs/examples is put into the folder
    <!-- prints -->               what the Python block before printed
    <!-- fact: out/page.json#a01 -->   that fact of a record
    <!-- synopsis -->             commands with placeholders: their names and options are held against the command line
    <!-- not run: reason -->      commands are parsed and no more
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from typer.testing import CliRunner

from command_lines import known, synopsis
from parkfacts.cli import app

ROOT = Path(__file__).parents[1]
GIVEN = ROOT / "docs" / "examples"
BLOCK = re.compile(
    r"(?ms)^<!-- given: (?P<given>\S+) -->$|"
    r"^(?:<!-- (?P<mark>[^\n]*?) -->\n)?(?P<open>```(?P<language>\w+)[^\n]*)\n(?P<body>.*?)^```$"
)
TITLE = re.compile(r'title="([^"]+)"')
LEFT = {"text", "html", "csv", "diff", "xml"}
SHELL = set("|<>*;&`{}\\") | {"$("}
# What a command may know of this machine: settings of the tests and of a CI (``CI`` alone makes pytest print more)
# would show what no reader sees.
KEPT = ("LANG", "LC_ALL", "TMPDIR")


class Wrong(AssertionError):
    """An example that does not hold, with its place."""


@dataclass
class Page:
    """A page at work in the folder where it stands; ``worked`` is its text as it should be."""

    text: str
    database: Callable[[], Any]
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    printed: str = ""
    status: int = 0

    def worked(self) -> str:
        """The page with the output that its commands give now. Raises :class:`Wrong` for what does not hold."""
        return BLOCK.sub(self._block, self.text)

    def _block(self, match: re.Match[str]) -> str:
        if match["given"]:
            _put(match["given"])
            return match[0]
        mark, language, body = match["mark"] or "", match["language"], match["body"]
        try:
            made = self._made(mark, language, body, TITLE.search(match["open"]))
        except Exception as error:
            line = self.text.count("\n", 0, match.start("open")) + 1
            raise Wrong(f"line {line}: {error}\n{body}") from error
        return self.text[match.start() : match.start("body")] + made + self.text[match.end("body") : match.end()]

    def _made(self, mark: str, language: str, body: str, title: re.Match[str] | None) -> str:
        what, _, told = mark.partition(": ")
        if what == "not run":
            unrun(language, body)
        elif what == "synopsis":
            synopsis(body)
        elif what == "prints":
            return agreed(body, self.printed)
        elif what == "fact":
            return fact(told)
        elif title and language != "console":
            parsed(language, body)
            Path(title[1]).parent.mkdir(parents=True, exist_ok=True)
            Path(title[1]).write_text(body, "utf-8")
        elif language == "console":
            return "".join(self.session(body))
        elif language == "python":
            self.python(body)
        elif language == "sql":
            self.database().sql(body)
        else:
            parsed(language, body)
        return body

    def python(self, body: str) -> None:
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(compile(body, "<example>", "exec"), self.names)
        self.printed = out.getvalue()

    def session(self, body: str) -> Iterator[str]:
        """Each command with its output of now."""
        told = list(commands(body))
        for n, (shown, command, expected) in enumerate(told):
            output = self.run(command)
            asked = n + 1 < len(told) and told[n + 1][1] == "echo $?"
            if self.status and not asked:
                raise Wrong(f"{command}: exit status {self.status}\n{output}")
            yield shown + agreed(expected, output)

    def run(self, command: str) -> str:
        """What a command prints; ``status`` is then its exit status."""
        if command == "echo $?":
            printed, self.status = f"{self.status}\n", 0
            return printed
        words = shlex.split(command)
        if words[0] == "cd":
            os.chdir(words[1])
            return ""
        told, _, file = command.partition(" > ")
        if words[0] == "parkfacts" and not any(sign in told for sign in SHELL):
            result = CliRunner().invoke(app, shlex.split(told)[1:])
            if result.exception and not isinstance(result.exception, SystemExit):
                raise result.exception
            self.status = result.exit_code
            if file:
                Path(file).write_text(result.stdout, "utf-8")
            return result.stderr if file else result.output
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        ran = subprocess.run(
            ["bash", "-c", command],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600, check=False,
            env={**kept, "PATH": path, "HOME": str(Path.cwd()), "PYTHONPATH": str(ROOT / "pipeline")},
        )  # fmt: skip
        self.status = ran.returncode
        return ran.stdout


def commands(body: str) -> Iterator[tuple[str, str, str]]:
    r"""Of a session: each command as shown, bare, and its output as shown; ``\`` carries a command on."""
    shown, output = "", ""
    for line in body.splitlines(keepends=True):
        if shown.endswith("\\\n"):
            shown += line
        elif line.startswith("$ "):
            if shown:
                yield shown, _command(shown), output
            shown, output = line, ""
        elif not shown:
            raise Wrong(f"a session begins with “$ ”, not with {line!r}")
        else:
            output += line
    if shown:
        yield shown, _command(shown), output


def _command(shown: str) -> str:
    return re.sub(r"\s+#\s.*", "", shown[2:].replace("\\\n", " ")).strip()


def agreed(expected: str, output: str) -> str:
    """What was expected, if the output is that; else the output."""
    printed = "\n".join(line.rstrip() for line in output.splitlines())
    printed = printed.strip("\n") + "\n" if printed.strip() else ""
    pattern = re.escape(expected)
    pattern = re.sub(r"(?m)^…\\\n", "(?s:.*?)", pattern).replace("…", "[^\n]*")
    return expected if re.fullmatch(pattern, printed) else printed


def parsed(language: str, body: str) -> None:
    """Whether a block is what it says it is."""
    if language == "json":
        json.loads(body)
    elif language == "toml":
        tomllib.loads(body)
    elif language == "yaml":
        list(yaml.safe_load_all(body))
    elif language == "python":
        compile(body, "<example>", "exec")
    elif language not in LEFT:
        raise Wrong(f"a block in {language!r} is not checked by anything")
    elif re.search(r"(?m)^(?:\$ |parkfacts |pip install|make )", body):
        raise Wrong("commands belong into a block in console, or are marked as a synopsis")


def unrun(language: str, body: str) -> None:
    """Whether what cannot be run here could be run elsewhere."""
    if language != "console":
        return parsed(language, body)
    for _, command, _ in commands(body):
        known(command)
    return None


def fact(told: str) -> str:
    """A fact of a record, as it stands in the JSON."""
    path, _, id = told.partition("#")
    record = json.loads(Path(path).read_text("utf-8"))
    found = next(one for part in record.values() if isinstance(part, list) for one in part if one.get("id") == id)
    fields = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in found.items()]
    return "{\n" + ",\n".join(fields) + "\n}\n"


def _put(name: str) -> None:
    source = GIVEN / name
    if source.is_dir():
        shutil.copytree(source, name, dirs_exist_ok=True)
    else:
        shutil.copyfile(source, Path(name).name)
