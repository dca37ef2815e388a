"""Characters recognized in a picture, by rapidocr (PP-OCR on onnxruntime); its models ship inside its wheel.

One thread, so that the same picture gives the same lines on every machine of a kind.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from typing import Any

from parkfacts.errors import MissingExtra
from parkfacts.read.pages import Line

UNSURE = 0.8  # a line recognized with less is told in a warning
MOST_SIDE = 4000  # pixels; a larger picture is made smaller before it is looked at
_SEARCHED = 2600  # pixels of the side at which lines are looked for; they are read at full size. At 4000 it took 2 GiB


def installed() -> bool:
    """Whether the extra is there."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def require(name: str, what: str) -> None:
    """Raises ``MissingExtra`` where the extra is not there; ``what`` says what needs it."""
    if not installed():
        advice = "pip install 'parkfacts[ocr]' reads it, or give the document as text"
        raise MissingExtra(name, f"{what}, which needs character recognition", advice)


@cache
def _engine() -> Any:
    # else onnxruntime (1.32) sends its maker word of every session; it looks for this when it is imported
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime
    from rapidocr import RapidOCR

    onnxruntime.disable_telemetry_events()  # where someone imported it before
    one = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    size = {"Global.max_side_len": MOST_SIDE, "Det.limit_type": "max", "Det.limit_side_len": _SEARCHED}
    return RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False, **size, **one})


def lines(picture: Any) -> list[Line]:
    """The lines of a picture (pixels, height x width x 3), boxes in its pixels."""
    found = _engine()(picture)
    if found.boxes is None or found.txts is None:
        return []
    made = []
    for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        box = (min(xs), min(ys), max(xs), max(ys))
        if text.strip():
            tall = box[3] - box[1] > 2 * (box[2] - box[0]) and len(text) > 2
            size = _size(box, text, tall)
            made.append(Line(text.strip(), box, size, round(float(score), 3), vertical=tall))
    return made


def _size(box: tuple[float, float, float, float], text: str, tall: bool) -> float:
    """Of the type: what a Chinese character takes of the line, else its height (boxes come with some margin)."""
    wide = sum(1.0 if char > "\u2e7f" else 0.5 for char in text)
    return float((box[3] - box[1] if tall else box[2] - box[0]) / max(wide, 1.0))


def warnings(found: list[Line], where: str) -> list[str]:
    """A warning for the lines of a page that a person should compare with the picture."""
    unsure = [line.text for line in found if line.score is not None and line.score < UNSURE]
    if not unsure:
        return []
    return [f"{where}: {len(unsure)} of {len(found)} lines recognized with less than {UNSURE}: {unsure[0][:20]} …"]
