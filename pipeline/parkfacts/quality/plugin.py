"""A pytest plugin: one test for each ``reports/*.txt`` that has its golden JSON beside it.

A report without a golden gets one, and fails, as pytest-regressions does it, once any other report of its folder has
one; ``--force-regen`` writes goldens anew where they differ (and fails, so that no one overlooks it), ``--regen-all``
writes them and passes. The folder's name is the setting ``parkfacts_reports``.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

NAME = "parkfacts"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The folder's name; and the option of pytest-regressions where that is not installed."""
    parser.addini("parkfacts_reports", "name of the folders with reports and goldens", default="reports")
    if find_spec("pytest_regressions") is None:
        parser.getgroup(NAME).addoption("--force-regen", action="store_true", help="Write goldens that differ anew.")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ReportFile | None:
    """Collects a report of a tested folder."""
    folder = parent.config.getini("parkfacts_reports")
    if file_path.suffix != ".txt" or file_path.parent.name != folder:
        return None
    if not (_asked(parent.config, "force_regen", "regen_all") or _has_goldens(file_path.parent)):
        return None
    return ReportFile.from_parent(parent, path=file_path)


def _has_goldens(folder: Path) -> bool:
    return any(path.with_suffix(".json").exists() for path in folder.glob("*.txt"))


def _asked(config: pytest.Config, *options: str) -> bool:
    return any(config.getoption(option, False) for option in options)


class ReportFile(pytest.File):
    """A report; it holds one test."""

    def collect(self) -> Iterator[pytest.Item]:
        """The test, named like the document."""
        yield ReportTest.from_parent(self, name=self.path.stem)


class GoldenFailure(Exception):
    """What differs, fact by fact."""


class ReportTest(pytest.Item):
    """Extracts a report and compares it with its golden, fact by fact."""

    def runtest(self) -> None:
        """Passes if nothing differs."""
        from parkfacts import extract
        from parkfacts.quality.gold import read_source
        from parkfacts.quality.golden import differences
        from parkfacts.write import dump

        report, source = extract(self.path), read_source(self.path, self.name)
        golden = self.path.with_suffix(".json")
        lines = (
            differences(golden, report, source.text)
            if golden.exists()
            else ["there is no golden yet; it was written now"]
        )
        if not lines:
            return
        if not golden.exists() or _asked(self.config, "force_regen", "regen_all"):
            golden.write_text(dump(report), encoding="utf-8")
            lines.append(f"written anew: {golden.name}; look at it before you commit it")
            if _asked(self.config, "regen_all"):
                return
        raise GoldenFailure("\n".join(lines))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The list of differences alone; a traceback for anything else."""
        if isinstance(excinfo.value, GoldenFailure):
            return f"{self.path.name} differs from {self.path.stem}.json:\n{excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the test stands."""
        return self.path, 0, f"report {self.name}"
