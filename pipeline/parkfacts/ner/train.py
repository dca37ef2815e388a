"""Trains the model: the only module that imports torch. The same text, seed and machine give the same weights."""

from __future__ import annotations

import hashlib
import io
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from parkfacts.ner import decode, features
from parkfacts.ner.augment import Augmenter
from parkfacts.ner.corpus import Sentence
from parkfacts.ner.features import BIGRAMS, SHAPES, TAG_COUNT, WORDS
from parkfacts.segment import Segmenter, fold


@dataclass(frozen=True)
class Settings:
    """What the training is made with."""

    seed: int = 7
    epochs: int = 40
    batch: int = 24  # sentences
    rate: float = 2e-3
    width: int = 128
    dilations: tuple[int, ...] = (1, 2, 4, 1)
    dropout: float = 0.3
    hide: float = 0.08  # share of characters, bigrams and words that are hidden; more of them within names of firms
    hide_names: float = 0.25


Inputs = list[np.ndarray[Any, Any]]


def network(vocabulary: int, settings: Settings) -> Any:
    """Embeddings, residual blocks that see further and further, log probabilities of labels."""
    import torch
    from torch import nn

    class Block(nn.Module):  # type: ignore[misc]
        """A dilated convolution of width three, written as one product so that it quantises well."""

        def __init__(self, width: int, dilation: int) -> None:
            super().__init__()
            self.dilation = dilation
            self.mix = nn.Linear(3 * width, width)
            self.norm = nn.LayerNorm(width)
            self.drop = nn.Dropout(settings.dropout)

        def forward(self, x: Any) -> Any:
            pad = torch.zeros_like(x[:1]).expand(self.dilation, -1)
            padded = torch.cat([pad, x, pad])
            size = x.shape[0]
            near = torch.cat([padded[:size], x, padded[2 * self.dilation :]], 1)
            return self.norm(x + self.drop(torch.relu(self.mix(near))))

    class Network(nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            sizes = ((vocabulary, 48), (BIGRAMS, 24), (BIGRAMS, 24), (WORDS, 24), (TAG_COUNT, 16), (SHAPES, 8))
            self.tables = nn.ModuleList(nn.Embedding(count, size) for count, size in sizes)
            for table in self.tables:
                nn.init.normal_(table.weight, std=0.1)
            self.enter = nn.Linear(sum(size for _, size in sizes), settings.width)
            self.blocks = nn.ModuleList(Block(settings.width, dilation) for dilation in settings.dilations)
            self.drop = nn.Dropout(settings.dropout)
            self.leave = nn.Linear(settings.width, len(decode.LABELS))

        def forward(self, *inputs: Any) -> Any:
            x = torch.cat([table(one) for table, one in zip(self.tables, inputs, strict=True)], 1)
            x = torch.relu(self.enter(self.drop(x)))
            for block in self.blocks:
                x = block(x)
            return torch.log_softmax(self.leave(x), 1)

    return Network()


def vocabulary_of(sentences: Sequence[Sentence]) -> list[str]:
    """Characters that stand at least twice in the text, the commonest first."""
    counts = Counter(char for sentence in sentences for char in fold(sentence.text))
    return [char for char, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])) if count > 1]


def prepared(
    sentences: Sequence[Sentence], segmenter: Segmenter, vocabulary: dict[str, int]
) -> tuple[Inputs, np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Sentences as one text, a line each: features, labels, and where the names of firms stand."""
    text, labels = "", []
    for sentence in sentences:
        text += fold(sentence.text) + "\n"
        labels += [*decode.encode(len(sentence.text), list(sentence.names)), 0]
    found = features.extract(text, segmenter.cut(text), vocabulary)
    numbers = np.array(labels, np.int64)
    firms = np.isin(numbers, [i for i, label in enumerate(decode.LABELS) if label.endswith("-company")])
    return list(found), numbers, firms


def train(
    sentences: Sequence[Sentence],
    settings: Settings = Settings(),
    real: Sequence[str] = (),
    told: Callable[[str], None] = lambda line: None,
) -> tuple[bytes, dict[str, Any]]:
    """Weights (int8 ONNX) and settings of a model. ``real`` is a list of real names to draw from in augmentation."""
    import torch

    torch.manual_seed(settings.seed)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(2)
    chance = random.Random(settings.seed)
    dice = np.random.default_rng(settings.seed)
    characters = vocabulary_of(sentences)
    vocabulary = {char: number for number, char in enumerate(characters, 2)}
    model = network(len(characters) + 2, settings)
    optimiser = torch.optim.AdamW(model.parameters(), lr=settings.rate, weight_decay=0.01)
    steps = settings.epochs * (len(sentences) // settings.batch + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, total_steps=steps, pct_start=0.1)
    augment, segmenter = Augmenter(sentences, chance, real), Segmenter()
    loss_of = torch.nn.NLLLoss()
    for epoch in range(settings.epochs):
        model.train()
        total = 0.0
        for batch in _batches(sentences, settings.batch, chance):
            inputs, labels, firms = prepared([augment(s) for s in batch], segmenter, vocabulary)
            _hide(inputs, firms, settings, dice)
            loss = loss_of(model(*map(torch.from_numpy, inputs)), torch.from_numpy(labels))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(labels)
        told(f"epoch {epoch + 1}/{settings.epochs}: loss {total / sum(len(s.text) + 1 for s in sentences):.4f}")
    return exported(model.eval(), characters), {
        "vocabulary": "".join(characters),
        "settings": asdict(settings),
        "text_sha256": digest(sentences),
        "real_names": len(real),
    }


def digest(sentences: Sequence[Sentence]) -> str:
    """A fingerprint of training text."""
    held = json.dumps([(s.text, s.names) for s in sentences], ensure_ascii=False)
    return hashlib.sha256(held.encode()).hexdigest()


def _batches(sentences: Sequence[Sentence], size: int, chance: random.Random) -> Iterator[list[Sentence]]:
    order = list(sentences)
    chance.shuffle(order)
    for at in range(0, len(order), size):
        yield order[at : at + size]


def _hide(inputs: Inputs, firms: np.ndarray[Any, Any], settings: Settings, dice: np.random.Generator) -> None:
    """Hides what would let the model know names by heart: characters, bigrams and words, each by its own dice."""
    for one in inputs[:4]:
        share = np.where(firms, settings.hide_names, settings.hide)
        one[dice.random(len(one)) < share] = 0


def exported(model: Any, characters: Sequence[str]) -> bytes:
    """The model as ONNX, its products quantised to eight bits."""
    import onnx
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    names = list(features.Features._fields)
    inputs = tuple(torch.ones(7, dtype=torch.int64) for _ in names)
    raw = io.BytesIO()
    torch.onnx.export(
        model, inputs, raw, input_names=names, output_names=["scores"], dynamo=False, opset_version=17,
        dynamic_axes={name: {0: "size"} for name in (*names, "scores")},
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
        onnx.save(onnx.load_from_string(raw.getvalue()), plain)
        quantize_dynamic(plain, small, weight_type=QuantType.QInt8)
        return small.read_bytes()
