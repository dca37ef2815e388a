"""What the tests share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import fake_pipeline
import parkfacts
from faulty import content, corpus
from parkfacts.batch import run
from parkfacts.batch.work import Job

NO_SKIPS = "PARKFACTS_NO_SKIPS"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Puts the stand-in in the place of the pipeline."""
    monkeypatch.setitem(sys.modules, "parkfacts.pipeline", fake_pipeline)
    monkeypatch.setattr(parkfacts, "pipeline", fake_pipeline, raising=False)
    yield


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    (tmp_path / "marks").mkdir()
    return tmp_path / "marks"


@pytest.fixture
def serial(tmp_path: Path) -> dict[str, str]:
    """What a run without faults writes of the short reports."""
    run(corpus(tmp_path / "in"), Job(str(tmp_path / "serial")))
    return content(tmp_path / "serial")


CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    sync = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install 'parkfacts[dev]'"
    )
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: apt-get install chromium")
    with sync.sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield started
        started.close()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where everything that a test needs is there (in CI), a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get(NO_SKIPS) and exitstatus == 0 and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line(f"{NO_SKIPS} is set, and tests were skipped: that is a failure here", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
