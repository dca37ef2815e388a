"""Sixty files that nobody should have to read: each gets its error or a sound record, within bounds of time and memory,
and a run over all of them goes to its end and lists every one."""

from __future__ import annotations

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


# ru_maxrss would hold what the tests' own process had before, since a new process begins as a copy of it
RUN = """
import atexit, pathlib, re, sys
peak, sys.argv = pathlib.Path(sys.argv[1]), sys.argv[1:]
status = pathlib.Path("/proc/self/status")
if status.exists():
    atexit.register(lambda: peak.write_text(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]))
from parkfacts.cli import main
main()
"""


def test_a_run_over_all_of_them(files: dict[str, Path], tmp_path: Path) -> None:
    peak = tmp_path / "peak"
    command = [sys.executable, "-c", RUN, str(peak), "extract", "--ner-model", "none", "-o", str(tmp_path / "out")]
    done = subprocess.run([*command, *map(str, files.values())], capture_output=True)
    told = done.stderr.decode()
    assert done.returncode == 3, told[-2000:]
    if Path("/proc/self/status").exists():
        assert int(peak.read_text()) < PEAK
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
