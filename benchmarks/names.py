"""The name model beside its runner-up, a linear CRF with n-gram features, on the blind sentences.

Both are trained on corpus/ner: the network by ``parkfacts train``, the CRF here. Needs the extra parkfacts[train].

    parkfacts train corpus/ner -o FOLDER && python benchmarks/names.py FOLDER
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pycrfsuite

from parkfacts.ner import corpus, decode
from parkfacts.ner.corpus import Sentence
from parkfacts.ner.model import CharModel, load
from parkfacts.ner.score import score
from parkfacts.segment import Document, Segmenter, fold, segment
from parkfacts.text import Source, Text

CORPUS = Path(__file__).parents[1] / "corpus" / "ner"


class Crf:
    """Characters, bigrams and words within two characters."""

    def __init__(self, path: str) -> None:
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(path)

    def names(self, doc: Document) -> Iterator[tuple[int, int, str, float]]:
        labels = [decode.LABELS.index(label) for label in self._tagger.tag(list(_features(doc)))]
        yield from ((a, b, kind, 1.0) for a, b, kind in decode.spans(labels))


def _features(doc: Document) -> Iterator[list[str]]:
    view = doc.view
    words = {
        at: (view[w.start : w.end], w.tag, at - w.start, w.end - w.start)
        for w in doc.words
        for at in range(w.start, w.end)
    }
    for at in range(len(view)):
        near = [view[i] if 0 <= i < len(view) else "|" for i in range(at - 2, at + 3)]
        word, tag, place, size = words[at]
        yield [
            *(f"c{i}={char}" for i, char in enumerate(near)),
            *(f"b{i}={near[i]}{near[i + 1]}" for i in range(4)),
            f"w={word}", f"t={tag}", f"p={place}/{min(size, 4)}", f"tp={tag}{place}/{min(size, 4)}",
        ]  # fmt: skip


def _document(sentence: Sentence, segmenter: Segmenter) -> Document:
    return segment(Text.whole(Source.from_text(sentence.text)), (), segmenter)


def trained_crf(sentences: Sequence[Sentence], path: str) -> None:
    trainer, segmenter = pycrfsuite.Trainer(verbose=False), Segmenter()
    trainer.set_params({"c1": 0.1, "c2": 0.01, "max_iterations": 60, "feature.possible_transitions": True})
    for sentence in sentences:
        labels = decode.encode(len(fold(sentence.text)), list(sentence.names))
        trainer.append(list(_features(_document(sentence, segmenter))), [decode.LABELS[label] for label in labels])
    trainer.train(path)


def speed(model: CharModel | Crf, sentences: Sequence[Sentence]) -> float:
    """Characters per CPU second, words included."""
    text, segmenter = "\n".join(s.text for s in sentences), Segmenter()
    best = 0.0
    for _ in range(3):
        doc = _document(Sentence(text, ()), segmenter)
        start = time.process_time()
        assert list(model.names(doc))
        best = max(best, len(text) / (time.process_time() - start))
    return best


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("model", type=Path, help="folder of weights that parkfacts train wrote")
    given = arguments.parse_args().model
    sentences, test = corpus.read(CORPUS), corpus.read(CORPUS / "test")
    seen = frozenset(s.text[a:b] for s in sentences for a, b, kind in s.names if kind == "company")
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "names.crf")
        start = time.process_time()
        trained_crf(sentences, path)
        print(f"CRF: trained in {time.process_time() - start:.0f} s CPU, {Path(path).stat().st_size / 1e6:.1f} MB")
        for name, model in (("network", load(given)), ("CRF", Crf(path))):
            print(f"{name}: {speed(model, test):,.0f} characters per CPU second")
            for line in score(model, test, seen).lines():
                print("   ", line)


if __name__ == "__main__":
    main()
