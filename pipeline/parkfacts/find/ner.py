"""The place of a named-entity model: any spaCy pipeline, run on our words. The one module that imports spaCy, and only
when a stage is made; none ships yet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from parkfacts.segment import Document, Segmenter, Word
from parkfacts.text import Span

# the labels of common models, in our words; a label that is not named here is passed over
LABELS: Mapping[str, str] = {"ORG": "company", "COMPANY": "company", "company": "company"}


class NerStage:
    """A spaCy pipeline that gives candidates; its ``nlp`` gets documents that are cut into our words already."""

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

    def candidates(self, doc: Document) -> Iterator[tuple[int, int, str, float | None]]:
        """Ranges (start, end) of names with their kind in our words, and no score, sentence by sentence."""
        sentences = [s for s in doc.sentences if s.start < s.end]
        made = self.nlp.pipe(self._cut(doc, sentence) for sentence in sentences)
        for sentence, analysed in zip(sentences, made, strict=True):
            for entity in analysed.ents:
                kind = self.labels.get(entity.label_)
                if kind is not None:
                    yield sentence.start + entity.start_char, sentence.start + entity.end_char, kind, None

    def _cut(self, doc: Document, sentence: Span) -> Any:
        """A sentence as spaCy's document of our words; its text is the sentence, so offsets carry over."""
        texts = [doc.view[max(w.start, sentence.start) : min(w.end, sentence.end)] for w in _words(doc, sentence)]
        return _doc(self.nlp.vocab, texts)


def _words(doc: Document, sentence: Span) -> Iterator[Word]:
    """The words of a sentence; one that begins before it is cut by the caller."""
    at = bisect_right(doc.word_starts, sentence.start) - 1
    while 0 <= at < len(doc.words) and doc.words[at].start < sentence.end:
        yield doc.words[at]
        at += 1


def _doc(vocab: Any, texts: list[str]) -> Any:
    from spacy.tokens import Doc

    return Doc(vocab, words=texts, spaces=[False] * len(texts))


class _Tokenizer:
    """Our words for texts that spaCy itself cuts, such as the patterns of an entity ruler."""

    def __init__(self, vocab: Any) -> None:
        self._vocab, self._segmenter = vocab, Segmenter()

    def __call__(self, text: str) -> Any:
        return _doc(self._vocab, [text[word.start : word.end] for word in self._segmenter.cut(text)])
