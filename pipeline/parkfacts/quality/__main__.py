"""``python -m parkfacts.quality GOLD_DIR``: the evaluation without the rest of the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from parkfacts.quality.gold import QualityError
from parkfacts.quality.render import as_table
from parkfacts.quality.scoring import evaluate


def main(arguments: list[str] | None = None) -> int:
    """Prints the figures; 2 where they could not be made."""
    parser = argparse.ArgumentParser(prog="python -m parkfacts.quality", description=__doc__)
    parser.add_argument("gold_dir", type=Path)
    parser.add_argument("--pred", type=Path, help="folder with <id>.json; without it the pipeline runs now")
    parser.add_argument("--only", action="append", default=[], metavar="ID")
    parser.add_argument("--errors", action="store_true", help="list every error in its sentence")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    try:
        found = evaluate(chosen.gold_dir, chosen.pred, chosen.only)
    except QualityError as error:
        print(error, file=sys.stderr)
        return 2
    print(found.to_json() if chosen.json else as_table(found, errors=chosen.errors))
    return 0


if __name__ == "__main__":
    sys.exit(main())
