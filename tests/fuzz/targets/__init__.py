"""The targets by name: one module each, which defines ``TARGET``."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from fuzz.target import Target

NAMES = tuple(sorted(module.name for module in iter_modules([str(Path(__file__).parent)]) if module.name[0] != "_"))


def load(name: str) -> Target:
    """The target; its library may be missing (``ImportError``)."""
    target: Target = import_module(f"{__name__}.{name}").TARGET
    return target
