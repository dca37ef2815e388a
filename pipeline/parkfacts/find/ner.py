"""The stage of named entities: the model that ships, one that ``parkfacts train`` wrote, or any spaCy pipeline.

spaCy is imported only where a pipeline of the user's is asked for, so that an ordinary run starts quickly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from parkfacts.errors import ModelError
from parkfacts.find.names.model import Recognizer
from parkfacts.ner.asked import Asked
from parkfacts.ner.chain import KINDS
from parkfacts.ner.model import WEIGHTS, load, shipped
from parkfacts.segment import Document, Segmenter

# the labels of common models, in our words; a label that is not named here is passed over
LABELS: Mapping[str, str] = {"ORG": "company", "COMPANY": "company", **{kind: kind for kind in KINDS}}
NO_LABELS: Mapping[str, str] = {}
SHIPPED, NONE = "parkfacts", "none"


def recognizer(model: str = SHIPPED, labels: Mapping[str, str] = NO_LABELS) -> Recognizer | None:
    """The model that ships (``parkfacts``), no model (``none``), one that ``parkfacts train`` wrote (its folder or its
    ``.npz``), or a spaCy pipeline by its name or folder.

    ``labels`` are added to ``LABELS``. Raises ``ModelError`` where there is no such model.
    """
    if model == NONE:
        return None
    if model == SHIPPED:
        return shipped()
    weights = trained(model)
    return _installed(model, tuple(labels.items())) if weights is None else _read(weights)


def trained(model: str) -> Path | None:
    """The file of weights that a folder or a file names, None where it is something else (a spaCy pipeline)."""
    path = Path(model)
    if path.suffix == ".npz":
        return path
    return path / WEIGHTS if (path / WEIGHTS).is_file() else None


@cache
def _read(path: Path) -> Recognizer:
    try:
        return load(path)
    except OSError as error:
        raise ModelError(path.as_posix(), f"cannot be read ({error.strerror or error})", "check its path") from error
    except ValueError as error:
        raise ModelError(path.as_posix(), "holds no weights of ours", "make them with parkfacts train") from error


@cache
def _installed(model: str, labels: tuple[tuple[str, str], ...]) -> NerStage:
    try:
        return NerStage.load(model, {**LABELS, **dict(labels)})
    except OSError as error:
        raise ModelError(
            model,
            "is no spaCy pipeline, and no weights of ours",
            "install it, name its folder, or leave --ner-model out",
        ) from error


class NerStage:
    """A spaCy pipeline that gives candidates; it gets the document's sentences, and cuts them as it was made to."""

    def __init__(self, nlp: Any, labels: Mapping[str, str] = LABELS) -> None:
        self.nlp = nlp
        self.labels = dict(labels)

    @classmethod
    def blank(cls, labels: Mapping[str, str] = LABELS) -> NerStage:
        """An empty Chinese pipeline that cuts as we do, to which components can be added (``stage.nlp.add_pipe``)."""
        import spacy

        nlp = spacy.blank("zh")
        nlp.tokenizer = _Tokenizer(nlp.vocab)
        return cls(nlp, labels)

    @classmethod
    def load(cls, name_or_path: str, labels: Mapping[str, str] = LABELS) -> NerStage:
        """A pipeline that the user has installed, or saved in a folder. Raises ``OSError`` where there is none."""
        import spacy

        return cls(spacy.load(name_or_path), labels)

    def candidates(self, doc: Document, asked: Asked | None = None) -> Iterator[tuple[int, int, str, float | None]]:
        """Ranges (start, end) of names with their kind in our words, and no score, sentence by sentence; whatever is
        ``asked``, since only the pipeline knows where it may find a name."""
        made = self.nlp.pipe(doc.view[s.start : s.end] for s in doc.sentences)
        for sentence, analysed in zip(doc.sentences, made, strict=True):
            for entity in analysed.ents:
                kind = self.labels.get(entity.label_)
                if kind is not None:
                    yield sentence.start + entity.start_char, sentence.start + entity.end_char, kind, None


class _Tokenizer:
    """Our words, for a pipeline that is made here."""

    def __init__(self, vocab: Any) -> None:
        self._vocab, self._segmenter = vocab, Segmenter()

    def __call__(self, text: str) -> Any:
        from spacy.tokens import Doc

        words = [text[word.start : word.end] for word in self._segmenter.cut(text)]
        return Doc(self._vocab, words=words, spaces=[False] * len(words))
