"""Sixty files that nobody should have to read: each gets its error or a sound record, within bounds of time and memory,
and a run over all of them goes to its end and lists every one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hostile import RECORD, ROWS, Hostile
from parkfacts import read
from parkfacts.errors import ReadError, printable
from parkfacts.read import archive
from parkfacts.write import load_report

SECONDS = 20  # of one file, on a busy machine
PEAK = 2**20  # KiB of the whole run


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    for row in ROWS:
        (folder / row.name).write_bytes(row.make())
    return {row.name: folder / row.name for row in ROWS}


def _texts(path: Path) -> list[str]:
    if path.suffix not in read.ARCHIVES:
        return [read.read(path).text]
    members = archive.members(path, path.name, read.Limits(), read.READERS)
    loaded = ((one, archive.load(path, one, path.name, read.Limits())) for one in members)
    return [read.read_bytes(data, one[-1], Path(one[-1]).suffix).text for one, data in loaded]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: printable(row.name))
def test_each(row: Hostile, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader asks the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    began = time.process_time()
    if row.error is RECORD:
        assert all("岚渡" in text and "\0" not in text and text.encode() for text in _texts(files[row.name]))
    else:
        with pytest.raises(ReadError) as caught:
            _texts(files[row.name])
        assert caught.type is row.error
        message = str(caught.value)
        assert printable(row.name) in message and "; " in message and "\n" not in message
    assert time.process_time() - began < SECONDS


def test_a_run_over_all_of_them(files: dict[str, Path], tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from parkfacts.cli import main; main()",
        "extract",
        "--ner-model",
        "none",
        "-o",
        str(tmp_path / "out"),
    ]
    with subprocess.Popen([*command, *map(str, files.values())], stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        told = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 3, told[-2000:]
    assert usage.ru_maxrss < PEAK
    assert "this is a bug" not in told
    bad = [row for row in ROWS if row.error is not RECORD]
    for row in bad:
        assert any(line.startswith("error: ") and printable(row.name) in line for line in told.splitlines()), row.name
    records = sorted((tmp_path / "out").rglob("*.json"))
    assert len(records) >= len(ROWS) - len(bad)
    for record in records:
        assert all(part not in ("..", "") for part in record.relative_to(tmp_path).parts)
        load_report(record)
    assert not (tmp_path.parent / "a.json").exists()
