"""Sentences with other names in them, so that the model learns where names stand and how they are made, not which."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from parkfacts.ner import words
from parkfacts.ner.corpus import Sentence

FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司", "集团有限公司", "集团", "公司", "厂")
SEVERED, LEFT = 0.08, 6
"""The share of sentences that are cut as a layout cuts them, and the least that is left of one. Other noise needs none:
wraps are mended, full-width and traditional characters are plain in the view that a model sees."""

_BODIES = {"park": "park", "government": "office", "organization": "institution"}


class Namer:
    """Makes up names; ``real`` are firms' short names of a list to draw from at times."""

    def __init__(self, chance: random.Random, real: Sequence[str] = ()) -> None:
        self.chance = chance
        self.real = real
        self.trades = words.classes()["trade"]

    def _some(self, table: str, sizes: Sequence[int]) -> str:
        return "".join(self.chance.choices(words.make(table), k=self.chance.choice(sizes)))

    def short(self) -> str:
        """A short name: coined, transliterated, a common word, a founder's name or letters, with a trade or without."""
        chance = self.chance
        if self.real and chance.random() < 0.5:
            return chance.choice(self.real)
        kind = chance.random()
        if kind < 0.14:
            core = self._some("transliteration", (2, 3, 3, 4))
        elif kind < 0.22:
            core = chance.choice(words.make("word"))
        elif kind < 0.26:
            core = chance.choice(words.make("surname")) + chance.choice(("氏", "记", *words.make("given")))
        elif kind < 0.30:
            core = "".join(chance.choices("ABCDEFGHKLMNPRSTXYZ", k=chance.choice((1, 2, 3))))
            return core + (chance.choice(self.trades) if len(core) < 3 or chance.random() < 0.7 else "")
        else:
            core = self._some("syllable", (2, 2, 2, 3))
        if chance.random() < 0.08:
            core = chance.choice(words.make("region")) + core
        return core + chance.choice(self.trades) if chance.random() < 0.5 else core

    def legal(self) -> str:
        """A legal name."""
        chance, regions = self.chance, words.make("region")
        dice = chance.random()
        place = (
            chance.choice(regions) + chance.choice(("", "", "市", "省"))
            if dice < 0.5
            else self.town()
            if dice < 0.6
            else ""
        )
        core = self._some("syllable", (2, 2, 3)) if chance.random() < 0.8 else self._some("transliteration", (2, 3, 4))
        inner = f"（{chance.choice(regions)}）" if not place and chance.random() < 0.3 else ""
        trades = "".join(chance.sample(self.trades, chance.choice((1, 1, 2))))
        return place + core + (inner + trades if chance.random() < 0.3 else trades + inner) + chance.choice(FORMS)

    def town(self) -> str:
        """A place's own name, with what it is or without."""
        return self._some("town", (2,)) + self.chance.choice(("", "", "县", "市", "区", "镇", "乡", "村"))

    def like(self, name: str) -> str:
        """A firm's name of the same sort."""
        if name.endswith(("公司", "厂", "（有限合伙）")):
            return self.legal()
        country = self.chance.choice(words.classes()["country"]) if self.chance.random() < 0.3 else ""
        return f"{country}{self.short()}集团" if name.endswith("集团") else self.short()

    def other(self, kind: str) -> str | None:
        """A name of another kind, None for the kinds that are not made up."""
        chance = self.chance
        if kind == "place":
            return self.town() if chance.random() < 0.6 else chance.choice(words.make("region"))
        if kind == "person":
            return chance.choice(words.make("surname")) + self._some("given", (1, 2, 2))
        if kind in _BODIES:
            place = self.town() if chance.random() < 0.7 else chance.choice(words.make("region"))
            middle = self._some("syllable", (2,)) if kind == "organization" and chance.random() < 0.2 else ""
            return place + middle + chance.choice(words.make(_BODIES[kind]))
        return None


class Augmenter:
    """Other sentences from given ones: names of firms made up, other names swapped among sentences."""

    def __init__(self, sentences: Sequence[Sentence], chance: random.Random, real: Sequence[str] = ()) -> None:
        self.chance = chance
        self.namer = Namer(chance, real)
        self.pools: dict[str, list[str]] = defaultdict(list)
        for sentence in sentences:
            for start, end, kind in sentence.names:
                self.pools[kind].append(sentence.text[start:end])

    def __call__(self, sentence: Sentence) -> Sentence:
        """The sentence with some of its names exchanged; one name in it stays one name."""
        chosen: dict[tuple[str, str], str] = {}
        text, names, at = "", [], 0
        for start, end, kind in sentence.names:
            old = sentence.text[start:end]
            if (old, kind) not in chosen:
                chosen[old, kind] = self._other(old, kind)
            text += sentence.text[at:start]
            names.append((len(text), len(text) + len(chosen[old, kind]), kind))
            text += chosen[old, kind]
            at = end
        return self._severed(Sentence(text + sentence.text[at:], tuple(names)))

    def _severed(self, sentence: Sentence) -> Sentence:
        """Now and then what a column's end leaves of a sentence: its beginning or its rest, cut at no name."""
        size = len(sentence.text)
        if size < 2 * LEFT or self.chance.random() >= SEVERED:
            return sentence
        cut = self.chance.randrange(LEFT, size - LEFT + 1)
        if any(start < cut < end for start, end, _ in sentence.names):
            return sentence
        if self.chance.random() < 0.5:
            return Sentence(sentence.text[:cut], tuple(name for name in sentence.names if name[1] <= cut))
        rest = ((start - cut, end - cut, kind) for start, end, kind in sentence.names if start >= cut)
        return Sentence(sentence.text[cut:], tuple(rest))

    def _other(self, old: str, kind: str) -> str:
        dice = self.chance.random()
        if kind == "company":
            return old if dice < 0.35 else self.chance.choice(self.pools[kind]) if dice < 0.5 else self.namer.like(old)
        if kind in ("person", "place", "park", "government", "organization") and dice < 0.3:
            return self.chance.choice(self.pools[kind])
        return (self.namer.other(kind) or old) if dice < 0.5 else old
