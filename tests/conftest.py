"""What the tests share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

import fake_pipeline
import parkfacts

NO_SKIPS = "PARKFACTS_NO_SKIPS"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Puts the stand-in in the place of the pipeline."""
    monkeypatch.setitem(sys.modules, "parkfacts.pipeline", fake_pipeline)
    monkeypatch.setattr(parkfacts, "pipeline", fake_pipeline, raising=False)
    yield


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where everything that a test needs is there (in CI), a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get(NO_SKIPS) and exitstatus == 0 and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line(f"{NO_SKIPS} is set, and tests were skipped: that is a failure here", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
