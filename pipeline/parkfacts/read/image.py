"""Pictures of pages (PNG, JPEG, TIFF of many pages, BMP, WebP, GIF): their characters are recognized."""

from __future__ import annotations

import io
import warnings as python_warnings
from collections.abc import Iterator
from typing import Any

from parkfacts.errors import Damaged, OverLimit, ParkfactsError
from parkfacts.read import flow, ocr
from parkfacts.read.limits import Limits, Meter
from parkfacts.read.pages import Page
from parkfacts.read.reading import Reading

PIXELS = 50_000_000  # of one picture: a newspaper page at 300 dpi has less
SAVE = "save it anew as PNG or JPEG"


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The text of a picture. Raises ``MissingExtra``, ``Damaged`` or ``OverLimit``."""
    ocr.require(name, "a picture")
    meter = Meter(limits, name)
    pages, warnings = [], []
    for n, size, pixels in _frames(data, name, meter):
        meter.recognizes(f"page {n}")
        found = ocr.lines(pixels)
        warnings += ocr.warnings(found, f"page {n}")
        pages.append(Page(n, float(size[0]), float(size[1]), found))
    return flow.reading(pages, warnings)


def _frames(data: bytes, name: str, meter: Meter) -> Iterator[tuple[int, tuple[int, int], Any]]:
    """Number, width and height, and pixels of each page."""
    from PIL import Image, UnidentifiedImageError

    try:
        with python_warnings.catch_warnings():
            python_warnings.simplefilter("ignore")  # of damaged tags, and of a size that our own bound decides on
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")) as picture:
                count = getattr(picture, "n_frames", 1)
                for n in range(1, count + 1):
                    meter.check("pages", max(n, count), f"page {n}")
                    yield n, *_frame(picture, n, name)
    except Image.DecompressionBombError:
        raise _too_large(name, 1) from None
    except UnidentifiedImageError:
        raise Damaged(name, "no picture of a kind that is read (PNG, JPEG, TIFF, BMP, WebP, GIF)", SAVE) from None
    except ParkfactsError:
        raise
    except Exception as error:  # Pillow raises whatever its code runs into in a broken file
        what = " ".join(str(error).split()) or type(error).__name__
        raise Damaged(name, f"a broken picture ({what[:100]})", SAVE) from None


def _frame(picture: Any, n: int, name: str) -> tuple[tuple[int, int], Any]:
    import numpy

    picture.seek(n - 1)
    if picture.width * picture.height > PIXELS:
        raise _too_large(name, n, picture.size)
    return picture.size, numpy.asarray(picture.convert("RGB"))[:, :, ::-1]


def _too_large(name: str, page: int, size: tuple[int, int] | None = None) -> OverLimit:
    what = "" if size is None else f", {size[0]} x {size[1]}"
    return OverLimit(name, f"page {page} has more than {PIXELS} pixels{what}", "save it smaller, or cut it in parts")
