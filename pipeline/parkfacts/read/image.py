"""Pictures of pages (PNG, JPEG, TIFF of many pages, BMP, WebP, GIF): their characters are recognized."""

from __future__ import annotations

import io
import warnings as python_warnings
from typing import Any

from parkfacts.errors import Damaged, OverLimit
from parkfacts.read import flow, ocr
from parkfacts.read.limits import Limits, Meter
from parkfacts.read.pages import Page
from parkfacts.read.reading import Reading

PIXELS = 50_000_000  # of one picture: a newspaper page at 300 dpi has less
SAVE = "save it anew as PNG or JPEG"


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a picture. Raises ``MissingExtra``, ``Damaged`` or ``OverLimit``."""
    ocr.require(name, "a picture")
    from PIL import Image, UnidentifiedImageError

    meter = Meter(limits, name)
    try:
        with python_warnings.catch_warnings():
            python_warnings.simplefilter("ignore")  # of damaged tags, and of a size that our own bound decides on
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")) as picture:
                return _read(picture, name, meter)
    except Image.DecompressionBombError:
        raise _too_large(name, 1) from None
    except UnidentifiedImageError:
        raise Damaged(name, "no picture of a kind that is read (PNG, JPEG, TIFF, BMP, WebP, GIF)", SAVE) from None
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        what = " ".join(str(error).split()) or type(error).__name__
        raise Damaged(name, f"a broken picture ({what[:100]})", SAVE) from None


def _read(picture: Any, name: str, meter: Meter) -> Reading:
    import numpy

    count = getattr(picture, "n_frames", 1)
    meter.check("pages", count)
    pages, warnings = [], []
    for n in range(count):
        meter.check("pages", n + 1, f"page {n + 1}")
        picture.seek(n)
        if picture.width * picture.height > PIXELS:
            raise _too_large(name, n + 1, picture.size)
        found = ocr.lines(numpy.asarray(picture.convert("RGB"))[:, :, ::-1])
        warnings += ocr.warnings(found, f"page {n + 1}")
        pages.append(Page(n + 1, float(picture.width), float(picture.height), found))
    return flow.reading(pages, warnings)


def _too_large(name: str, page: int, size: tuple[int, int] | None = None) -> OverLimit:
    what = "" if size is None else f", {size[0]} x {size[1]}"
    return OverLimit(name, f"page {page} has more than {PIXELS} pixels{what}", "save it smaller, or cut it in parts")
