"""Run by ``against``, as a script, with another revision's package on the path: it imports nothing of today's.

``_extract_into.py PACKAGE_ROOT OUT ID=REPORT...`` writes ``OUT/ID.json`` for each report.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(package_root: str, out: str, *reports: str) -> None:
    """Extracts each report; any failure ends the process with a traceback."""
    sys.path[0] = package_root  # in place of this script's folder
    import parkfacts

    if Path(package_root).resolve() not in Path(str(parkfacts.__file__)).resolve().parents:
        raise SystemExit(f"parkfacts was imported from {parkfacts.__file__}, not from {package_root}")
    for one in reports:
        id, _, path = one.partition("=")
        Path(out, f"{id}.json").write_text(parkfacts.extract(Path(path)).model_dump_json(), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
