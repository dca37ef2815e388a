"""One history out of many reports: milestones folded, indicators as series over the years, contradictions shown."""

from parkfacts.history.chart import svg
from parkfacts.history.choose import Choice
from parkfacts.history.events import Happening, happenings
from parkfacts.history.series import Point, Series, series
from parkfacts.history.source import Read

__all__ = ["Choice", "Happening", "Point", "Read", "Series", "happenings", "series", "svg"]
