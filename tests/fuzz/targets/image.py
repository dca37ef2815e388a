"""Pictures, up to what is given to recognition."""

from __future__ import annotations

import io
from typing import Any
from unittest.mock import patch

from PIL import Image

from fuzz.target import Target
from fuzz.targets._reading import source
from parkfacts.read import image, ocr
from parkfacts.read.pages import Line


def _seen(pixels: Any) -> list[Line]:
    assert pixels.ndim == 3 and pixels.shape[2] == 3 and pixels.size
    return []


def one(data: bytes) -> None:
    with (
        patch.object(ocr, "lines", _seen),
        patch.object(ocr, "require", lambda *_: None),
        patch.object(image, "PIXELS", 4_000_000),
    ):
        source(data, ".png")


def seeds() -> list[bytes]:
    made = []
    picture = Image.new("RGB", (24, 16), "white")
    picture.putpixel((3, 4), (0, 0, 0))
    for form, mode in (
        ("PNG", "RGB"),
        ("PNG", "P"),
        ("JPEG", "L"),
        ("TIFF", "1"),
        ("BMP", "RGB"),
        ("WEBP", "RGB"),
        ("GIF", "P"),
    ):
        out = io.BytesIO()
        more: dict[str, Any] = (
            {"save_all": True, "append_images": [picture.convert(mode)]} if form in ("TIFF", "GIF") else {}
        )
        picture.convert(mode).save(out, form, **more)
        made.append(out.getvalue())
    return made


TARGET = Target("image", one, seeds)
