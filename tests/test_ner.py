"""The name model: its text, its labels, what it sees, its training, its use, and other models in its place."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkfacts.errors import ParkfactsError
from parkfacts.find.ner import NerStage, recognizer
from parkfacts.ner import chain, corpus, features, model, train
from parkfacts.ner.augment import Augmenter
from parkfacts.segment import Document, Segmenter, segment
from parkfacts.text import Source, Text

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
    assert list(chain.spans(chain.encode(9, names))) == names


SIZE = len(chain.LABELS)


def paths(size: int) -> list[tuple[int, ...]]:
    """Every well-formed sequence over the labels of firms and O."""
    inner = [chain.LABELS.index(label) for label in ("O", "B-company", "I-company", "E-company", "S-company")]
    return [
        path
        for path in itertools.product(inner, repeat=size)
        if chain.FIRST[path[0]]
        and chain.LAST[path[-1]]
        and all(chain.ALLOWED[a, b] for a, b in itertools.pairwise(path))
    ]


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_sums_are_those_of_all_labels_one_by_one(seed: int, size: int) -> None:
    """Marginals, best labels and the chance of a name, against their definitions; other kinds are impossible."""
    dice = np.random.default_rng(seed)
    scores, moves = np.full((2, size + 1, SIZE), -60.0), dice.normal(size=(SIZE, SIZE))
    inner = [chain.LABELS.index(label) for label in ("O", "B-company", "I-company", "E-company", "S-company")]
    scores[0, :size, inner] = dice.normal(size=(len(inner), size))
    lengths = np.array([size, size + 1])  # a longer neighbour changes nothing
    weight = {
        path: np.exp(
            sum(scores[0, i, y] for i, y in enumerate(path)) + sum(moves[a, b] for a, b in itertools.pairwise(path))
        )
        for path in paths(size)
    }
    total = sum(weight.values())
    held = chain.sums(scores, moves, lengths)
    labels, _ = chain.marginals(held)
    for y in inner:
        assert labels[0, 0, y] == pytest.approx(sum(w for path, w in weight.items() if path[0] == y) / total, abs=1e-6)
    best = chain.best(scores, moves, lengths)[0]
    assert weight[tuple(best)] == pytest.approx(max(weight.values()))
    for start, end, _ in chain.spans(best):
        sought = sum(w for path, w in weight.items() if list(path[start:end]) == best[start:end])
        assert chain.chance(held, 0, start, end, best) == pytest.approx(sought / total, abs=1e-6)


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
def test_what_is_decoded_is_well_formed(seed: int, size: int) -> None:
    dice = np.random.default_rng(seed)
    scores, moves = dice.normal(size=(1, size, SIZE)), dice.normal(size=(SIZE, SIZE))
    (labels,) = chain.best(scores, moves, np.array([size]))
    assert chain.encode(size, list(chain.spans(labels))) == labels


def test_features_are_those_of_the_place_and_not_of_the_text() -> None:
    """A line has the same features whatever lines stand around it."""
    line = "丰堰轴承（苏州）有限公司2024年在禾坪高新区投产。\n"
    alone = features.extract(line, Segmenter().cut(line))
    text = "全县\n" + "上年\n" * 3 + line + "说。"
    among = features.extract(text, Segmenter().cut(text))
    assert alone.shape == (len(line), len(features.TEMPLATES))
    at = text.index(line) + 5
    assert (alone[5:-5] == among[at : at + len(line) - 10]).all()
    assert alone.min() >= 0
    assert alone.max() < features.BUCKETS


def test_a_text_of_no_character_has_no_feature() -> None:
    assert features.extract("", []).shape == (0, len(features.TEMPLATES))


def test_augmentation_keeps_every_name_where_it_says() -> None:
    sentence = corpus.parse(LINE)
    augment = Augmenter([sentence], random.Random(1))
    for _ in range(50):
        other = augment(sentence)
        firms = {other.text[a:b] for a, b, kind in other.names if kind == "company"}
        assert len(firms) < 2 and all(firms)
        if len(other.names) == len(sentence.names):
            assert [kind for *_, kind in other.names] == [kind for *_, kind in sentence.names] and firms


def test_a_severed_sentence_keeps_whole_names() -> None:
    sentence = corpus.parse(LINE)
    augment = Augmenter([sentence], random.Random(2))
    made = [augment(sentence) for _ in range(400)]
    cut = [one for one in made if len(one.names) < len(sentence.names)]
    assert 5 < len(cut) < 80
    for one in made:
        assert all(0 <= a < b <= len(one.text) for a, b, _ in one.names)
        assert all(one.text[a:b].endswith("项目") for a, b, kind in one.names if kind == "project")


# ---- training and use -------------------------------------------------------------------------------------------

FEW = [
    corpus.parse(line)
    for line in (
        LINE,
        "{c|瑾帆电子}与{g|禾坪县政府}签约。", "昨天，{c|瑾帆电子}的新厂房封顶。", "{z|禾坪高新区}里，机床企业不少。",
        "走进{c|卓澜}的车间，看不到几个人。", "{g|禾坪县政府}昨天开会。", "{r|周远帆}是{c|卓澜}的董事长。",
        "上年全县工业产值增长两成。",
    )
]  # fmt: skip
SMALL = train.Settings(passes=6, settle=2, batch=4, seen=1, hide=0.0, rate=0.2)


def document(text: str) -> Document:
    return segment(Text.whole(Source.from_text(text)), (), Segmenter())


def test_training_is_the_same_bit_for_bit() -> None:
    once = train.train(FEW, SMALL).to_bytes()
    assert once == train.train(FEW, SMALL).to_bytes()
    assert once != train.train(FEW, replace(SMALL, seed=8)).to_bytes()


def test_what_was_learnt_is_found() -> None:
    learnt = model.NameModel(model.Weights.from_bytes(train.train(FEW, SMALL).to_bytes()))
    text = "走进卓澜的车间，看不到几个人。\n禾坪县政府昨天开会。"
    assert [(text[a:b], kind) for a, b, kind, _ in learnt.candidates(document(text))] == [
        ("卓澜", "company"), ("禾坪县政府", "government"),
    ]  # fmt: skip


def test_a_file_that_holds_no_weights_is_refused(tmp_path: Path) -> None:
    (tmp_path / "names.npz").write_bytes(b"no weights")
    with pytest.raises(ValueError):
        model.load(tmp_path / "names.npz")


def test_the_model_that_ships_was_trained_on_the_text_that_ships() -> None:
    data = (Path(model.__file__).parent / model.WEIGHTS).read_bytes()
    assert len(data) < 10_000_000
    if model.Weights.from_bytes(data).text_sha256 != train.digest(corpus.read(CORPUS / "ner")):
        pytest.skip(
            "corpus/ner has grown since: parkfacts train -o pipeline/parkfacts/ner --replace renews the weights"
        )


def test_the_model_that_ships_finds_names_that_it_never_saw() -> None:
    text = "昨天，珩屹微电与禾坪县人民政府签约，落户禾坪经济开发区。\n上年全县机床产业产值增长两成，中小企业贡献最大。"
    found = {text[a:b]: kind for a, b, kind, _ in model.shipped().candidates(document(text))}
    assert found == {"珩屹微电": "company", "禾坪县人民政府": "government", "禾坪经济开发区": "park"}


def test_a_name_is_the_same_wherever_its_line_stands() -> None:
    line = "昨天，珩屹微电与禾坪县人民政府签约。"
    alone = list(model.shipped().candidates(document(line)))
    among = list(model.shipped().candidates(document("上年增长两成。\n\n" + line)))
    assert alone and [(a + 9, b + 9, kind, score) for a, b, kind, score in alone] == among


# ---- another model ----------------------------------------------------------------------------------------------


def pipeline(folder: Path, label: str) -> Path:
    """A small spaCy pipeline in a folder, which knows one name."""
    import spacy

    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": "云起"}])  # type: ignore[attr-defined]
    nlp.to_disk(folder)
    return folder


def test_any_pipeline_that_is_installed_takes_the_place_of_the_model(tmp_path: Path) -> None:
    text = "近日，云起在园区开业。"
    found = recognizer(pipeline(tmp_path / "own", "ORG").as_posix(), {}).candidates(document(text))
    assert [(text[a:b], kind) for a, b, kind, _ in found] == [("云起", "company")]


def test_its_labels_are_told_in_our_words(tmp_path: Path) -> None:
    folder = pipeline(tmp_path / "own", "FIRM").as_posix()
    text = "近日，云起在园区开业。"
    assert list(recognizer(folder, {}).candidates(document(text))) == []
    assert [kind for *_, kind, _ in recognizer(folder, {"FIRM": "company"}).candidates(document(text))] == ["company"]


def test_a_pipeline_that_is_not_there_is_told() -> None:
    with pytest.raises(ParkfactsError, match="nowhere_to_be_found"):
        recognizer("nowhere_to_be_found", {})


def test_names_that_cross_our_words_keep_their_ranges() -> None:
    stage = NerStage.blank({"ORG": "company"})
    stage.nlp.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "云起科技"}])
    text = "去年开工。云起科技投产。"
    assert [(text[a:b], kind) for a, b, kind, _ in stage.candidates(document(text))] == [("云起科技", "company")]


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
