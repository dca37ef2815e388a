"""Known vulnerabilities of what the constraints pin, by pip-audit, where its data can be had.

    python tools/audit.py

Status 0: every library was looked up and nothing is known; 1: something is known; 3: not checked, which is not the
same as passed. pip-audit itself says "No known vulnerabilities found" where it could look up nothing, so what it
skipped is counted here, and a library with a known hole (``CANARY``) must be reported before anything is believed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CLEAN, KNOWN, NOT_CHECKED = 0, 1, 3
CANARY = "jinja2==2.10"
SERVICES = ("pypi", "osv")


def ask(service: str, requirements: str) -> list[dict[str, Any]] | None:
    """What a service knows of pinned libraries, a row each; None where it does not answer."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "pinned.txt")
        file.write_text(requirements, "utf-8")
        command = [sys.executable, "-m", "pip_audit", "-r", str(file), "--no-deps", "--disable-pip", "-s", service,
                   "-f", "json", "--progress-spinner", "off"]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
            rows: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
        except (subprocess.TimeoutExpired, ValueError, KeyError):
            return None
        return rows


def audit(service: str, requirements: str) -> tuple[int, list[str]]:
    """The status of one service, and lines that tell of it."""
    canary = ask(service, CANARY)
    if not canary or not canary[0].get("vulns"):
        return NOT_CHECKED, [f"{service} does not know of {CANARY}, or does not answer"]
    rows = ask(service, requirements)
    if rows is None:
        return NOT_CHECKED, [f"{service} does not answer"]
    known = [f"{row['name']} {row['version']}: {hole['id']}" for row in rows for hole in row.get("vulns", ())]
    skipped = [row["name"] for row in rows if "skip_reason" in row]
    if known:
        return KNOWN, known
    if skipped:
        return NOT_CHECKED, [f"{service} knows nothing of {', '.join(skipped)}"]
    return CLEAN, [f"{len(rows)} libraries looked up at {service}: nothing known"]


def main(requirements: str | None = None) -> int:
    """The command."""
    pinned = (ROOT / "constraints.txt").read_text("utf-8") if requirements is None else requirements
    why = []
    for service in SERVICES:
        status, lines = audit(service, pinned)
        if status != NOT_CHECKED:
            print("\n".join(lines))
            return status
        why += lines
    print(f"NOT CHECKED for known vulnerabilities: {'; '.join(why)}")
    return NOT_CHECKED


if __name__ == "__main__":
    sys.exit(main())
