"""Peers and floors: what others take for a part of our work, and what no extraction in Python is faster than.

Each peer has an environment of its own, made where it is missing (this takes a package index): one of them imports
only with an old emoji, another brings a package under the GPL, so neither is ever a dependency of parkfacts.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import rjieba
from table import Row


class Peer(NamedTuple):
    """What a peer needs, and what it does of our work."""

    needs: tuple[str, ...]
    does: str


PEERS = {
    "jionlp": Peer(("jionlp",), "dates, money"),
    "recognizers": Peer(("recognizers-text-suite", "emoji==1.7.0"), "dates, money, percents, dimensions"),
    "jiagu": Peer(("jiagu", "setuptools<80"), "words, names of three kinds"),
    "spacy": Peer(("spacy", "jieba"), "words alone: spaCy blank with jieba"),
    "ahocorasick": Peer(("pyahocorasick", "jieba", "setuptools<80"), "a floor: where 350,000 words stand"),
}
TOGETHER = (("jionlp", "jiagu"), ("recognizers", "jiagu"))  # those that together do some of what we do


def interpreter(folder: Path, peer: str) -> Path:
    """The Python of a peer's own environment, which is made where it is missing."""
    home = folder / peer
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS[peer].needs], check=True)
    return python


def ask(folder: Path, peer: str, texts: Sequence[str]) -> Any:
    """What a peer takes for the texts, read line by line, once: ``seconds``, ``found``, lines that ``failed``."""
    command = [interpreter(folder, peer), Path(__file__).with_name("peers.py"), peer]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def peers(folder: Path, texts: Sequence[str], chosen: Sequence[str] = tuple(PEERS)) -> Iterator[Row]:
    """A row for each peer, and for those that together do our work, one after the other."""
    chars, seconds = sum(map(len, texts)), {}
    for peer in chosen:
        told = ask(folder, peer, texts)
        seconds[peer] = told["seconds"]
        note = f"{PEERS[peer].does}; {told['found']:,} found, {told['failed']} lines failed"
        yield Row(peer, chars / told["seconds"], told["seconds"], note=note)
    for group in TOGETHER:
        if all(peer in seconds for peer in group):
            total = sum(seconds[peer] for peer in group)
            yield Row(" + ".join(group), chars / total, total, note="one after the other")


def floors(texts: Sequence[str]) -> Iterator[Row]:
    """Passes that know nothing."""
    data, jieba = [text.encode() for text in texts], rjieba.Jieba()
    digits, chars = re.compile(r"\d+(?:\.\d+)?[万亿]?"), sum(map(len, texts))
    passes: dict[str, Callable[[], Any]] = {
        "utf-8 decode": lambda: [one.decode() for one in data],
        "one regex pass": lambda: [digits.findall(text) for text in texts],
        "rjieba": lambda: [jieba.cut(text) for text in texts],
    }
    for name, call in passes.items():
        times, begin = 0, time.process_time()
        while time.process_time() - begin < 0.5:
            call()
            times += 1
        seconds = (time.process_time() - begin) / times
        yield Row(name, chars / seconds, seconds)
