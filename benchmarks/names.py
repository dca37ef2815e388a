"""The name model on text that it was not written for, and its speed. The sets are no part of this project.

python benchmarks/names.py FOLDER    FOLDER holds finre/finre_test.txt, uner_gsdsimp/uner_test.iob2, fewfc/dev_base.json
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from parkfacts.ner import corpus
from parkfacts.ner.model import NameModel, shipped
from parkfacts.ner.score import score
from parkfacts.segment import Document, Segmenter, segment
from parkfacts.text import Source, Text

CORPUS = Path(__file__).parents[1] / "corpus" / "ner"
SURE = 0.5
FIRMS = frozenset(("sub-org", "obj-org", "target-company"))  # the roles of FewFC that only firms play
SEGMENTER = Segmenter()


def document(text: str) -> Document:
    return segment(Text.whole(Source.from_text(text)), (), SEGMENTER)


def firms(model: NameModel, text: str) -> set[tuple[int, int]]:
    found = model.candidates(document(text))
    return {(start, end) for start, end, kind, sure in found if kind == "company" and (sure or 0.0) >= SURE}


def finre(path: Path, model: NameModel) -> str:
    """Names by their text: every place of a marked name counts as marked."""
    marked: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            head, tail, _, sentence = line.split("\t")
            marked[sentence] |= {head, tail}
    right = found = sought = 0
    for sentence, names in marked.items():
        held = {sentence[a:b] for a, b in firms(model, sentence)}
        right, found, sought = right + len(held & names), found + len(held), sought + len(names)
    return f"FinRE test: P {right / found:.3f} R {right / sought:.3f} of {sought} names (not all are marked)"


def uner(path: Path, model: NameModel) -> str:
    wrong = count = 0
    for text, bodies in sentences(path):
        count += 1
        wrong += sum(not any(a < y and x < b for x, y in bodies) for a, b in firms(model, text))
    return f"UNER: {1000 * wrong / count:.0f} firms found that overlap no organization, in 1,000 sentences"


def sentences(path: Path) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Sentences with the ranges of their organizations' words."""
    text, bodies = "", []
    for line in (*path.read_text("utf-8").splitlines(), ""):
        if line.startswith("#"):
            continue
        if not line and text:
            yield text, bodies
            text, bodies = "", []
        elif line:
            _, word, tag, *_ = line.split("\t")
            if tag.endswith("ORG"):
                bodies.append((len(text), len(text) + len(word)))
            text += word


def fewfc(path: Path, model: NameModel) -> str:
    right = sought = 0
    for line in path.read_text("utf-8").splitlines():
        held = json.loads(line)
        mentions = [m for event in held["events"] for m in event["mentions"] if m["role"] in FIRMS]
        names = {tuple(m["span"]) for m in mentions}
        right, sought = right + len(names & firms(model, held["content"])), sought + len(names)
    return f"FewFC: R {right / sought:.3f} of {sought}"


def speed(model: NameModel) -> str:
    """Characters in a CPU second; words are cut before."""
    text, best = "\n".join(s.text for s in corpus.read(CORPUS)), 0.0
    for _ in range(3):
        doc = document(text)
        assert doc.words
        start = time.process_time()
        assert list(model.candidates(doc))
        best = max(best, len(text) / (time.process_time() - start))
    return f"{best:,.0f} characters a CPU second"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    folder, model = arguments.parse_args().folder, shipped()
    print(speed(model))
    seen = frozenset(s.text[a:b] for s in corpus.read(CORPUS) for a, b, kind in s.names if kind == "company")
    for least in (0.0, SURE, 0.7, 0.9):
        print(
            f"blind sentences, probability {least}:",
            "; ".join(score(model, corpus.read(CORPUS / "test"), seen, least).lines()),
        )
    print(finre(folder / "finre" / "finre_test.txt", model))
    print(uner(folder / "uner_gsdsimp" / "uner_test.iob2", model))
    print(fewfc(folder / "fewfc" / "dev_base.json", model))


if __name__ == "__main__":
    main()
