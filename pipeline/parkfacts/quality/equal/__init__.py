"""When two facts are the same: one module a dimension, each a list of ``Dimension``."""

from parkfacts.quality.equal.amounts import AMOUNTS
from parkfacts.quality.equal.dates import DATES
from parkfacts.quality.equal.layout import BLOCKS, DUPLICATES, JOINS, OPEN
from parkfacts.quality.equal.milestones import MILESTONES
from parkfacts.quality.equal.names import COMPANIES, ORGANIZATIONS, PROJECTS

DIMENSIONS = (DATES, AMOUNTS, COMPANIES, ORGANIZATIONS, PROJECTS, MILESTONES, DUPLICATES, JOINS, OPEN, BLOCKS)

__all__ = ["COMPANIES", "DIMENSIONS", "DUPLICATES", "ORGANIZATIONS", "PROJECTS"]
