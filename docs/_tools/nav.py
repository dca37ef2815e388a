"""A hook of mkdocs: the navigation holds the pages that there are.

A page that ``nav`` names and that is not there is left out; one that ``nav`` does not name stands at the end, so that
a new page is seen without a change of mkdocs.yml.
"""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Mends the navigation before it is built."""
    pages = [file.src_uri for file in files.documentation_pages() if file.inclusion.is_included()]
    nav = _there(config.nav, set(pages))
    rest = [page for page in pages if page not in set(_named(nav))]
    config.nav = nav + ([{"More": rest}] if rest else [])
    return files


def _there(item: Any, pages: set[str]) -> Any:
    """The part of a navigation whose pages are there."""
    if isinstance(item, list):
        return [kept for one in item if (kept := _there(one, pages))]
    if isinstance(item, dict):
        kept = {title: below for title, one in item.items() if (below := _there(one, pages))}
        return kept
    return item if item in pages or "://" in item else None


def _named(item: Any) -> list[str]:
    """The pages that a navigation names."""
    if isinstance(item, str):
        return [item]
    return [page for one in (item.values() if isinstance(item, dict) else item) for page in _named(one)]
