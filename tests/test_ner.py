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
from hypothesis import given, settings
from hypothesis import strategies as st

from parkfacts.errors import ParkfactsError
from parkfacts.find import names
from parkfacts.find.ner import NerStage, recognizer
from parkfacts.ner import chain, columns, corpus, cut, decode, features, model, train
from parkfacts.ner.asked import Asked
from parkfacts.ner.augment import Augmenter
from parkfacts.segment import Document, Segmenter, segment
from parkfacts.text import Source, Span, Text

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


def test_labels_of_names() -> None:
    labels = chain.encode(9, [(0, 1, "place"), (2, 6, "company"), (6, 8, "company")])
    assert " ".join(chain.LABELS[label][0] for label in labels) == "S O B I I E B E O"


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


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_marginals_are_those_of_all_labels_one_by_one(seed: int, size: int) -> None:
    """Against their definition; other kinds are impossible."""
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
    labels, _ = chain.marginals(chain.sums(scores, moves, lengths))
    for y in inner:
        assert labels[0, 0, y] == pytest.approx(sum(w for path, w in weight.items() if path[0] == y) / total, abs=1e-6)


# ---- names from scores ------------------------------------------------------------------------------------------

UNIT = 1 / 256


def choices(size: int) -> list[list[tuple[int, int, str]]]:
    """Every choice of names of two kinds in a text, without overlap."""
    found: list[list[tuple[int, int, str]]] = [[]]
    for start in range(size - 1, -1, -1):
        one = [(start, end, kind) for end in range(start + 1, size + 1) for kind in ("company", "park")]
        found += [[name, *rest] for name in one for rest in found if not rest or rest[0][0] >= name[1]]
    return found


def gain(names: list[tuple[int, int, str]], scores: np.ndarray, moves: np.ndarray) -> int:
    """What a choice adds to a text without names by its labels and their moves, each name between two O."""
    over = np.rint((moves - moves[0, 0]) / UNIT).astype(int)
    total = 0
    for name in names:
        labels = [0, *chain.encode(len(scores), [name])[name[0] : name[1]], 0]
        total += sum(int(over[a, b]) for a, b in itertools.pairwise(labels))
        total += sum(int(scores[i, y] - scores[i, 0]) for i, y in zip(range(*name[:2]), labels[1:-1], strict=True))
    return total


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.sampled_from((100, 600)))
def test_names_are_the_choice_that_gains_most(seed: int, size: int, spread: int) -> None:
    """Against every choice of names, with their probabilities, between two other sentences that have names too."""
    dice = np.random.default_rng(seed)
    moves = dice.normal(size=(SIZE, SIZE)) / 2
    scores = np.full((size + 4, SIZE), -25000, np.int16)
    two = [0, *(n for n, label in enumerate(chain.LABELS) if label.endswith(("company", "park")))]
    scores[:, two] = (dice.normal(size=(len(scores), len(two))) * spread).astype(np.int16)
    apart = np.zeros(len(scores), bool)
    apart[[1, size + 2, size + 3]] = True
    held = scores[2 : size + 2].astype(int)
    weights = [(gain(choice, held, moves), choice) for choice in choices(size)]
    most = max(total for total, _ in weights)
    found = list(decode.names(scores, apart, decode.Moves.of(moves, UNIT)))
    assert not any(apart[start:end].any() for start, end, *_ in found)
    inside = [(start - 2, end - 2, kind) for start, end, kind, _ in found if 2 <= start < size + 2]
    assert gain(inside, held, moves) == most
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(decode, "_LEAST", -100.0)
        patched.setattr(decode, "_BEATEN", 100.0)
        exact = {name[:3]: name[3] for name in decode.names(scores, apart, decode.Moves.of(moves, UNIT))}
    total = sum(np.exp((w - most) * UNIT) for w, _ in weights)
    for name in inside:
        likely = sum(np.exp((w - most) * UNIT) for w, choice in weights if name in choice)
        assert exact[name[0] + 2, name[1] + 2, name[2]] == pytest.approx(likely / total, abs=0.001)


def test_a_name_has_an_end() -> None:
    """No name is longer than ``LONGEST``, however much it gained."""
    scores = np.full((200, SIZE), -100, np.int16)
    scores[:, chain.LABELS.index("I-park")] = 50
    scores[0, chain.LABELS.index("B-park")] = scores[150, chain.LABELS.index("E-park")] = 500
    apart = np.arange(200) == 199
    found = list(decode.names(scores, apart, decode.Moves.of(np.zeros((SIZE, SIZE)), UNIT)))
    assert found and all(end - start <= decode.LONGEST for start, end, *_ in found)


# ---- what is seen -----------------------------------------------------------------------------------------------


def buckets(text: str) -> np.ndarray:
    return np.concatenate(list(features.extract(cut.of(text, Segmenter().cut(text)))), 1)


def test_features_are_those_of_the_place_and_not_of_the_text() -> None:
    """A line has the same features whatever lines stand around it, and however many."""
    line = "丰堰轴承（苏州）有限公司2024年在禾坪高新区投产。\n"
    alone = buckets(line)
    text = "全县\n" + "上年\n" * features.CHUNK + line + "说。"
    among = buckets(text)
    assert alone.shape == (len(features.TEMPLATES), len(line))
    at = text.index(line) + 5
    assert (alone[:, 5:-5] == among[:, at : at + len(line) - 10]).all()
    assert alone.min() >= 0
    assert alone.max() < features.BUCKETS


def test_a_feature_is_told_by_what_its_template_looks_at() -> None:
    """Every template by its definition, one place and one hash at a time."""
    text = "丰堰轴承（苏州）有限公司2024年在“禾坪高新区”投产，甲、乙等3家企业。\n"
    whole = cut.of(text, Segmenter().cut(text))
    seen = {name: [int(value) for value in column] for name, column in columns.columns(whole).items()}
    found = buckets(text)
    for number, template in enumerate(features.TEMPLATES, 1):
        for at in range(len(text)):
            value = number
            for name, offset in template:
                here = at + offset
                value = (value + (seen[name][here] if 0 <= here < len(text) else 0)) * int(columns.BASE) % (1 << 64)
            assert found[number - 1, at] == columns.bucket(np.array([value], np.uint64), features.BUCKETS)[0]


def test_pieces_have_the_words_that_they_had_and_those_around_them() -> None:
    text = "上年增长两成。丰堰轴承在禾坪投产。\n全县“禾坪高新区”签约。"
    doc = document(text)
    whole = cut.of(doc.view, doc.words)
    for chosen in (doc.sentences[1:], doc.sentences[::2], doc.sentences):
        part, begins = cut.pieces(whole, chosen)
        assert part.sizes.min() > 0 and len(part.tags) == len(part.starts)
        for span, at in zip(chosen, begins, strict=True):
            for number, (start, tag) in enumerate(zip(whole.starts, whole.tags, strict=True)):
                if span.start <= start < span.end:
                    there = int(np.flatnonzero(part.starts == start - span.start + at)[0])
                    near = slice(max(0, number - cut.WORDS), number + cut.WORDS + 1)
                    seen = slice(there - min(number, cut.WORDS), there + cut.WORDS + 1)
                    assert part.tags[there] == tag
                    assert part.sizes[seen][: len(whole.sizes[near])].tolist() == whole.sizes[near].tolist()


def test_no_piece_sees_what_is_looked_at_beside_it() -> None:
    doc = document("上年增长两成。丰堰轴承在禾坪投产。\n全县“禾坪高新区”签约。\n珩屹微电搬家。")
    whole = cut.of(doc.view, doc.words)
    among, places = cut.pieces(whole, doc.sentences)
    for sentence, there in zip(doc.sentences, places, strict=True):
        alone, (at,) = cut.pieces(whole, [sentence])
        size = sentence.end - sentence.start
        one, two = (np.concatenate(list(features.extract(part)), 1) for part in (alone, among))
        assert (one[:, at : at + size] == two[:, there : there + size]).all()


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


# ---- where it is asked ------------------------------------------------------------------------------------------

ASKING = "昨天下午，珩屹微电与禾坪县人民政府签约。\n上年全县机床产业产值增长两成，比前年快，中小企业贡献最大。"


def looked_at(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the model looks at."""
    found: list[str] = []

    def seen(whole: cut.Cut, chosen: list[Span]) -> tuple[cut.Cut, list[int]]:
        found.extend(whole.view[span.start : span.end] for span in chosen)
        return apart(whole, chosen)

    apart = cut.pieces
    monkeypatch.setattr(cut, "pieces", seen)
    model.shipped().candidates(document(ASKING), asked)
    return found


def test_only_clauses_are_looked_at_that_may_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    first = "珩屹微电与禾坪县人民政府签约。"
    firm, body = (Span(ASKING.index(name), ASKING.index(name) + len(name)) for name in ("珩屹微电", "禾坪县人民政府"))
    assert looked_at(Asked([], [body]), monkeypatch) == [first]  # at first glance there is a firm
    assert looked_at(Asked([], [firm, body]), monkeypatch) == []  # which is known
    assert looked_at(Asked([firm.start], [firm, body]), monkeypatch) == [first]  # or is not sure
    unsure = [ASKING.index(word) for word in ("机床", "贡献")]
    assert looked_at(Asked(unsure, [firm, body]), monkeypatch) == [
        "上年全县机床产业产值增长两成，",
        "中小企业贡献最大。",
    ]
    unsure = [ASKING.index(word) for word in ("昨天", "机床", "前年")]
    assert looked_at(Asked(unsure, [body]), monkeypatch) == [  # side by side, within a sentence
        ASKING[: ASKING.index("\n")], "上年全县机床产业产值增长两成，比前年快，"
    ]  # fmt: skip


def test_what_is_not_looked_at_changes_no_answer() -> None:
    asked = model.shipped().candidates(document(ASKING), Asked([], []))
    assert asked and asked == [name for name in model.shipped().candidates(document(ASKING)) if name[0] < 20]


class Everywhere:
    """The model that ships, asked of everything."""

    def candidates(self, doc: Document, asked: Asked | None = None) -> list[tuple[int, int, str, float | None]]:
        return model.shipped().candidates(doc)


def test_asking_less_changes_no_firm_of_the_corpus() -> None:
    def firms(ner: names.Recognizer | None) -> set[tuple[int, int]]:
        return {(name.start, name.end) for name in names.find(doc, (), ner) if name.value.kind == "company"}

    added = 0
    for path in sorted(CORPUS.glob("dev/*/report.txt")):
        doc = document(path.read_text("utf-8"))
        more = firms(Everywhere())
        assert firms(model.shipped()) == more, path.parent.name
        added += len(more ^ firms(None))
    assert added > 5  # what there is to lose


def test_a_document_without_a_sentence_has_no_name() -> None:
    assert model.shipped().candidates(document(" \n")) == []
    assert model.shipped().candidates(document(""), Asked([], [])) == []


def test_long_documents_are_looked_at_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = document(ASKING + "\n" + ASKING)
    whole = model.shipped().candidates(doc)
    monkeypatch.setattr(model, "_BLOCK", 1)
    assert model.shipped().candidates(doc) == whole


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
