"""The name model's parts that need no training: its text, its labels, what it sees."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkfacts.ner import corpus, decode, features
from parkfacts.ner.augment import Augmenter
from parkfacts.segment import Segmenter

LINE = "{r|周远帆}说，{j|{c|丰堰轴承}二期项目}落在{z|禾坪高新区}，{c|丰堰轴承}明年搬家。"


def test_a_line_of_training_text() -> None:
    sentence = corpus.parse(LINE)
    assert sentence.text == "周远帆说，丰堰轴承二期项目落在禾坪高新区，丰堰轴承明年搬家。"
    assert [(sentence.text[a:b], kind) for a, b, kind in sentence.names] == [
        ("周远帆", "person"), ("丰堰轴承", "company"), ("禾坪高新区", "park"), ("丰堰轴承", "company"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "what"), [("{c|丰堰", "not closed"), ("丰堰}", "closes nothing"), ("{k|丰堰}", "x is")]
)
def test_a_malformed_line_is_told(line: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        corpus.parse(line)


def test_labels_and_back() -> None:
    names = [(0, 1, "place"), (2, 6, "company"), (6, 8, "company")]
    labels = decode.encode(9, names)
    assert list(decode.spans(labels)) == names
    sure = np.full((9, len(decode.LABELS)), -9.0, np.float32)
    sure[np.arange(9), labels] = 0.0
    assert decode.viterbi(sure) == labels


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
def test_what_is_decoded_is_well_formed(seed: int, size: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, len(decode.LABELS))).astype(np.float32)
    labels = decode.viterbi(scores)
    assert decode.encode(size, list(decode.spans(labels))) == labels


def test_features_are_one_a_character() -> None:
    view = "丰堰轴承2024年在禾坪投产。\n"
    found = features.extract(view, Segmenter().cut(view), {"丰": 2})
    assert {len(one) for one in found} == {len(view)}
    assert found.char[0] == 2 and found.char[1] == 1
    assert all(one.min() >= 0 for one in found)
    assert found.left.max() < features.BIGRAMS and found.word.max() < features.WORDS


def test_augmentation_keeps_every_name_where_it_says() -> None:
    sentence = corpus.parse(LINE)
    augment = Augmenter([sentence], random.Random(1))
    for _ in range(50):
        other = augment(sentence)
        assert [kind for *_, kind in other.names] == [kind for *_, kind in sentence.names]
        firms = {other.text[a:b] for a, b, kind in other.names if kind == "company"}
        assert len(firms) == 1 and firms.pop()


# ---- the training text ------------------------------------------------------------------------------------------

CORPUS = Path(__file__).parents[1] / "corpus"


def firms(sentences: list[corpus.Sentence]) -> set[str]:
    return {s.text[a:b] for s in sentences for a, b, kind in s.names if kind == "company"}


def test_the_training_text_is_sound() -> None:
    """Every line reads, none stands twice, and with the names masked no more than three share a frame."""
    sentences = corpus.read(CORPUS / "ner")
    assert len(sentences) > 3000
    assert [text for text, count in Counter(s.text for s in sentences).items() if count > 1] == []
    assert [frame for frame, count in Counter(map(masked, sentences)).items() if count > 3] == []


def masked(sentence: corpus.Sentence) -> str:
    frame, at = "", 0
    for start, end, kind in sentence.names:
        frame += sentence.text[at:start] + f"<{kind}>"
        at = end
    return frame + sentence.text[at:]


def test_no_firm_of_a_report_that_is_scored_stands_in_the_training_text() -> None:
    gold = [json.loads(path.read_bytes()) for path in CORPUS.glob("*/*/gold.json")]
    scored = {name for g in gold for company in g["companies"] for name in (company["name"], *company["aliases"])}
    assert len(firms(corpus.read(CORPUS / "ner")) & scored) == 0  # the names themselves are not shown
