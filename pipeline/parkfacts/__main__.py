"""``python -m parkfacts`` is the command ``parkfacts``."""

from parkfacts.cli import main

if __name__ == "__main__":
    main()
